import pytest
from aiokafka.partitioner import murmur2
from hypothesis import given
from hypothesis import strategies as st

from streams.log import partition_of

# The vectors of Kafka's own Java tests (org.apache.kafka.common.utils.UtilsTest), as signed 32 bits.
JAVA = {
    b"21": -973932308,
    b"foobar": -790332482,
    b"a-little-bit-long-string": -985981536,
    b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
    b"abc": 479470107,
}


@pytest.mark.parametrize(("key", "hashed"), JAVA.items())
def test_a_key_goes_where_the_java_client_puts_it(key: bytes, hashed: int) -> None:
    assert hashed & 0xFFFFFFFF == murmur2(key) & 0xFFFFFFFF
    assert [(hashed & 0x7FFFFFFF) % count for count in (1, 8, 12)] == [partition_of(key, at) for at in (1, 8, 12)]


@given(st.binary(), st.integers(1, 500))
def test_a_key_has_one_of_the_partitions(key: bytes, count: int) -> None:
    assert 0 <= partition_of(key, count) < count
