"""What holds for every source: the same log gives the same items, and no bytes are too broken to be told."""

import gzip
import random
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.events.decode import decode
from rules.events.instants import instant_of
from streams.sources import Bad, Filtered, Good
from tests.streams.sources.reading import SAMPLES, Read, read


class Source(NamedTuple):
    """A sample and the mapping it is read through."""

    sample: str
    mapping: str | None

    def read(self, path: Path | None = None, latest: int | None = None) -> Read:
        """Return what is read from the sample, or from another file in its place."""
        return read([path or SAMPLES / self.sample], SAMPLES / self.mapping if self.mapping else None, latest)


SOURCES = [
    Source("canonical.jsonl", None),
    Source("permits.csv", "permits.yaml"),
    Source("requests.csv", "requests.yaml"),
    Source("fines.xes", "fines.yaml"),
    Source("objects.jsonl", "objects.yaml"),
    Source("guangdong.jsonl", "guangdong.yaml"),
    Source("national/up_pro_accept.csv", "national.yaml"),
    Source("national/up_pro_process.csv", "national.yaml"),
    Source("national/up_pro_special_procedure.csv", "national.yaml"),
]
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.sample)


@every_source
def test_reading_again_gives_the_same(source: Source) -> None:
    assert source.read() == source.read()


@every_source
def test_the_bytes_of_an_event_give_the_event_again(source: Source) -> None:
    found = source.read()

    assert found.events
    assert found.events == [decode(raw) for raw in found.raws]


@every_source
def test_ids_are_unique_but_for_versions(source: Source) -> None:
    known = [(event.event_id, event.data_version) for event in source.read().events]

    assert len(set(known)) == len(known)


@every_source
def test_a_packed_file_reads_as_the_plain_one(source: Source, tmp_path: Path) -> None:
    packed = tmp_path / (Path(source.sample).name + ".gz")
    packed.write_bytes(gzip.compress((SAMPLES / source.sample).read_bytes()))

    assert source.read().raws == source.read(packed).raws


@every_source
def test_a_packed_file_cut_off_keeps_what_came_before_and_tells_the_rest_once(source: Source, tmp_path: Path) -> None:
    # Incompressible text behind the sample, so that the cut falls behind the sample.
    noise = random.Random(1).randbytes(200_000).hex().encode()
    content = (SAMPLES / source.sample).read_bytes() + b"\n" + noise
    packed = tmp_path / (Path(source.sample).name + ".gz")
    packed.write_bytes(gzip.compress(content)[:-20_000])

    found = source.read(packed)

    assert set(source.read().raws) <= set(found.raws)
    assert 1 == sum("截断" in bad.reason or "XML" in bad.reason for bad in found.bad)


@every_source
def test_of_a_past_before_everything_all_is_put_aside(source: Source) -> None:
    found = source.read(latest=instant_of("1970-01-01T00:00:00Z"))

    assert [] == found.events
    assert found.bad


@every_source
@settings(max_examples=40)
@given(data=st.data())
def test_no_damage_to_a_file_is_a_traceback(
    source: Source, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray((SAMPLES / source.sample).read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    path = tmp_path_factory.getbasetemp() / f"damaged-{Path(source.sample).name}"
    path.write_bytes(content)

    found = source.read(path)

    assert all(isinstance(item, Good | Bad | Filtered) for item in found.items)
    assert all(bad.reason and str(bad.where) for bad in found.bad)
    assert found.events == [decode(raw) for raw in found.raws]


@every_source
def test_an_empty_file_is_no_traceback(source: Source, tmp_path: Path) -> None:
    path = tmp_path / Path(source.sample).name
    path.write_bytes(b"")

    assert [] == source.read(path).events
