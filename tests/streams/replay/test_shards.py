import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events.decode import Unplaceable, decode
from streams.replay.shards import case_in, shard_of

values = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["case_id", "project_no", "x"]), inner, max_size=2),
    ),
    max_leaves=4,
)
fields = st.dictionaries(
    st.sampled_from(["case_id", "reason", "attributes", "project_no", "x", '"case_id"', "extra"]), values, max_size=5
)


@given(fields, st.booleans(), st.sampled_from([None, (",", ":"), (" , ", " : ")]))
def test_the_case_told_from_the_bytes_is_the_one_that_is_decoded(
    more: dict[str, Any], ascii_only: bool, separators: tuple[str, str] | None
) -> None:
    record = {"event_id": "E", "event_type": "case.reopened", "occurred_at": "2026-03-02T09:00:00+08:00", **more}
    raw = json.dumps(record, ensure_ascii=ascii_only, separators=separators).encode()

    told = case_in(raw)

    if told is not None:
        try:
            assert decode(raw).case_id == told.decode()
        except Unplaceable:
            assert record["case_id"] == told.decode()


@pytest.mark.parametrize(
    "raw",
    [
        '{"event_id":"1","case_id":"C1","x":1}',
        '{"case_id" : "C1"}',
        '{"event_id":"1","case_id":"C1","materials":[{"x":1}]}',
        '{"event_id":"1","case_id":"C1","occurred_at":"2026-03-',
        '{"reason":"\\u4e2d","case_id":"C1"}',
    ],
)
def test_a_plain_case_is_told(raw: str) -> None:
    assert b"C1" == case_in(raw.encode())


@pytest.mark.parametrize(
    "raw",
    [
        '{"fields":{"case_id":"C1"}}',
        '{"attributes":{"x":"1"},"case_id":"C1"}',
        '{"case_id":"C1","case_id":"C2"}',
        '{"case_id":"C1","c\\u0061se_id":"C2"}',
        '{"case_id":"C\\"1"}',
        '{"case_id":null}',
        '{"case_id":""}',
        '{"case_id":"C1',
        '{"event_type":"source.heartbeat","case_id":"C1"}',
        "",
    ],
)
def test_what_is_not_certain_is_left_to_decoding(raw: str) -> None:
    assert case_in(raw.encode()) is None


@given(st.binary(), st.integers(1, 8))
def test_a_case_has_one_shard(case: bytes, of: int) -> None:
    assert shard_of(case, of) in range(of)
    assert 0 == shard_of(case, 1)
