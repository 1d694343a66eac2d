"""What is remembered, read by the program that wrote it and by another."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events.instants import HOUR
from streams.live.rows import LIVE, StateRows
from streams.live.state import (
    PARTITION,
    SCHEMA,
    Head,
    Position,
    StateSchemaError,
    docket_value,
    head_of,
    is_older,
    packed_of,
    position_of,
    position_value,
)
from streams.log import New, Record
from tests.streams.live.world import World
from tests.streams.replay.village import opened

COUNTS = st.dictionaries(st.sampled_from(["folded", "tick"]), st.integers(0, 2**40))


@given(st.binary(max_size=40), st.integers(0, 2**62), st.integers(0, 2**40), st.booleans())
def test_a_docket_comes_back_with_its_head(packed: bytes, review: int, offset: int, waiting: bool) -> None:
    value = docket_value(packed, Head(review, offset, waiting))

    assert (Head(review, offset, waiting), packed) == (head_of(value), packed_of(value))


@given(COUNTS, st.dictionaries(st.integers(0, 10**6), COUNTS, max_size=3))
def test_a_position_comes_back(total: dict[str, int], hours: dict[int, dict[str, int]]) -> None:
    position = Position(
        schema=SCHEMA, next_offset=3, counted=4, now=5, edition="e", total=total, hours=hours, marks={0: 9}
    )

    assert position == position_of(position_value(position))


@pytest.mark.parametrize("value", [b"", b"\x01", bytes([SCHEMA + 1]) + bytes(17), bytes([SCHEMA - 1]) + bytes(17)])
def test_a_docket_of_another_version_is_refused_and_both_versions_named(value: bytes) -> None:
    with pytest.raises(StateSchemaError, match=f"本程序读第 {SCHEMA} 版"):
        head_of(value)


def _position(counted: int, schema: int = SCHEMA) -> bytes:
    return position_value(
        Position(schema=schema, next_offset=counted, counted=counted, now=0, edition="", total={}, hours={}, marks={})
    )


def _docket(offset: int, schema: int = SCHEMA) -> bytes:
    return bytes([schema]) + docket_value(b"", Head(0, offset, waiting=False))[1:]


@pytest.mark.parametrize(("key", "at"), [(PARTITION, _position), (b"C1", _docket)])
def test_of_two_values_the_one_that_has_read_further_holds(key: bytes, at: Callable[..., bytes]) -> None:
    assert is_older(key, at(4), at(5))
    assert not is_older(key, at(5), at(5))
    assert not is_older(key, at(6), at(5))
    assert not is_older(key, None, at(5))
    assert not is_older(key, at(5), None)


@pytest.mark.parametrize(("key", "at"), [(PARTITION, _position), (b"C1", _docket)])
def test_of_two_versions_the_later_holds_so_that_what_was_built_again_stays(
    key: bytes, at: Callable[..., bytes]
) -> None:
    assert not is_older(key, at(4), at(5, SCHEMA - 1))
    assert not is_older(key, at(4, SCHEMA - 1), at(5))


async def _older(world: World) -> None:
    """Write all that is remembered again as another version would have written it."""
    for topic in (world.topics.state_cases, world.topics.state_agencies):
        for number in range(world.of):
            for one in await world.local.read(topic, number, 0, 10**6):
                value = one.value or b""
                if one.key == PARTITION:
                    value = value.replace(b"\xa6schema" + bytes([SCHEMA]), b"\xa6schema" + bytes([SCHEMA - 1]))
                elif one.key is not None and not one.key.startswith(b"\0"):
                    value = bytes([SCHEMA - 1]) + value[1:]
                await world.local.append(topic, number, [New(value, one.key)])


async def _rebuilt(folder: Path) -> None:
    world = World(folder, "2026-03-02T09:00:00")
    await world.start()
    await world.put([*opened("C1", 0), *opened("C2", 0)])
    await world.settle()
    due, sizes = world.next_due(), {number: desk.partition.size for number, desk in world.cases.items()}
    totals = {number: dict(desk.partition.total) for number, desk in world.cases.items()}
    await _older(world)

    await world.restart()

    assert any("版" in desk.rebuilt for desk in world.cases.values())
    assert due == world.next_due()
    assert sizes == {number: desk.partition.size for number, desk in world.cases.items()}
    assert totals == {number: dict(desk.partition.total) for number, desk in world.cases.items()}
    await world.restart()
    assert not any(desk.rebuilt for desk in world.cases.values())
    assert due == world.next_due()
    world.machine.now = world.broker.now = due + HOUR
    await world.settle()
    said = [f"{one.card.card_id}#{one.card.seq}" for one in await world.said()]
    assert said
    assert len(set(said)) == len(said)


def test_a_state_of_another_version_is_built_again_from_the_log_before_anything_else(tmp_path: Path) -> None:
    asyncio.run(_rebuilt(tmp_path))


async def _passed_over(folder: Path) -> None:
    world = World(folder, "2026-03-02T09:00:00")
    await world.start()
    await world.put([*opened("C1", 0), *opened("C2", 0)])
    await world.pump()
    current = [await world.local.read(world.topics.state_cases, number, 0, 100) for number in range(world.of)]
    await _older(world)
    rows = StateRows(world.catalog, LIVE, world.topics.events)

    for number in range(world.of):
        older: list[Record] = await world.local.read(world.topics.state_cases, number, 0, 100)
        assert ([], []) == rows.rows(older)
        assert [] == rows.metrics(number, older)
        assert len(rows.rows(current[number])[0]) == sum(
            not (one.key or b"").startswith(b"\0") for one in current[number]
        )


def test_the_sink_passes_over_what_another_version_remembered_for_it_is_remembered_again(tmp_path: Path) -> None:
    asyncio.run(_passed_over(tmp_path))
