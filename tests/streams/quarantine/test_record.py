from hypothesis import given
from hypothesis import strategies as st

from streams.log import Record
from streams.quarantine import aside_of, record_of_bad
from streams.quarantine.record import KEPT_HEAD, KEPT_WHOLE
from streams.sources import Where
from streams.sources.item import bad

HEADERS = st.lists(st.tuples(st.sampled_from(["reason", "size", "case", "key", "where", "x"]), st.binary(max_size=9)))


def test_what_a_source_could_not_give_comes_back_whole() -> None:
    found = bad("缺失", "case_id", b'{"a": 1}', Where("log.jsonl", 7), None)

    new = record_of_bad("abc", 7, found)
    one = aside_of(Record(0, 5, new.key, new.value, new.headers))

    assert ("feed-abc-0-7", "log.jsonl:7", "缺失", "case_id", "", b'{"a": 1}', 8, 5) == (
        one.id,
        one.where,
        one.reason,
        one.field,
        one.case_id,
        one.raw,
        one.size,
        one.stamp,
    )
    assert one.whole


def test_of_a_very_long_record_the_head_is_kept_and_said_to_be_one() -> None:
    new = record_of_bad("abc", 1, bad("记录过长", "", b"x" * (KEPT_WHOLE + 1), Where("f"), "C-1"))

    one = aside_of(Record(0, 5, new.key, new.value, new.headers))

    assert (KEPT_HEAD, KEPT_WHOLE + 1, False) == (len(one.raw), one.size, one.whole)


def test_what_a_worker_puts_aside_names_its_place() -> None:
    headers = (("reason", "不是 JSON".encode()), ("key", b"C-1"), ("size", b"3"), ("topic", b"jiancha.events"))

    one = aside_of(Record(4, 9, b"jiancha.events-2-17", b"xyz", headers))

    assert ("jiancha.events-2-17", "jiancha.events-2-17", b"C-1") == (one.id, one.where, one.key)


@given(HEADERS, st.one_of(st.none(), st.binary(max_size=9)), st.one_of(st.none(), st.binary(max_size=9)))
def test_whatever_lies_in_the_topic_can_be_looked_at(
    headers: list[tuple[str, bytes]], key: bytes | None, value: bytes | None
) -> None:
    one = aside_of(Record(3, 1, key, value, tuple(headers)))

    assert one.raw == (value or b"")
    assert one.id
