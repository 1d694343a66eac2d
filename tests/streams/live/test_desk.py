"""Desks over a local log: what they say does not depend on batches, on memory, or on when they are broken off."""

import asyncio
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from rules.catalog.index import Catalog
from rules.engine.cards import STANDING, Card, Transition
from rules.events.decode import Unplaceable
from sinks.clickhouse.rows import Place
from streams.live.state import PARTITION, position_of
from streams.replay.outcome import outcome_of
from streams.replay.placing import Placing
from streams.replay.shard import Shard
from streams.replay.workers import load_catalog
from streams.simulate.options import SimOptions
from streams.simulate.run import simulate
from streams.sources import Where
from streams.sources.item import bad, case_of
from tests.streams.live.rig import PARTITIONS, Rig

pytestmark = pytest.mark.slow


@cache
def catalog() -> Catalog:
    return load_catalog("shili", None)


@cache
def city() -> tuple[bytes, ...]:
    options = SimOptions(seed=11, start=date(2026, 1, 5), months=1, cases=120, rounds=1)
    return tuple(simulate(catalog(), options).lines)


async def _live(
    folder: Path, seed: int, *, hot: int, most: int, chance: float = 0.0
) -> tuple[Mapping[str, Transition], Rig, dict[str, int]]:
    rig = Rig(folder, catalog())
    await rig.start()
    await rig.publish(city())
    await rig.judge(Random(seed), hot=hot, most=most, chance=chance)
    said = await rig.said()
    counts: dict[str, int] = {}
    for number in range(PARTITIONS):
        kept = await rig.log.read(rig.topics.state_cases, number, 0, 10**6)
        position = next(position_of(one.value) for one in kept if one.key == PARTITION and one.value is not None)
        for name, count in position.total.items():
            counts[name] = counts.get(name, 0) + count
    await rig.log.stop()
    return said, rig, counts


def _standing(said: Mapping[str, Transition]) -> dict[str, Card]:
    last: dict[str, Card] = {}
    for transition in said.values():
        card = transition.card
        if card.card_id not in last or last[card.card_id].seq < card.seq:
            last[card.card_id] = card
    return {name: card for name, card in last.items() if card.state in STANDING}


def test_batches_and_memory_do_not_show_in_what_is_said(tmp_path: Path) -> None:
    first, _, counts = asyncio.run(_live(tmp_path / "a", 1, hot=10**6, most=5000))
    second, _, again = asyncio.run(_live(tmp_path / "b", 2, hot=3, most=40))
    assert first
    assert second == first
    assert again == counts


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_broken_off_at_any_append_nothing_is_lost_and_nothing_said_otherwise(tmp_path: Path, seed: int) -> None:
    whole, _, counts = asyncio.run(_live(tmp_path / "a", 1, hot=10**6, most=5000))
    broken, rig, again = asyncio.run(_live(tmp_path / "b", seed, hot=5, most=300, chance=0.1))
    assert rig.broken_off > 5
    assert broken == whole
    assert again == counts


def test_live_ends_with_the_standing_cards_of_a_replay(tmp_path: Path) -> None:
    said, _, _ = asyncio.run(_live(tmp_path / "a", 1, hot=10**6, most=5000))
    shard = Shard(catalog())
    placing = Placing(catalog(), None)
    until = 0
    for seq, line in enumerate(city()):
        try:
            filed, record = placing.event_of(line)
        except Unplaceable as err:
            shard.put_aside(bad(err.reason, err.field, line, Where("-"), case_of(line)), 0, seq)
            continue
        until = max(until, filed.reported)
        shard.take(filed, Place("s", seq, "-", seq, ""), record)
    marks = max(transition.known_at for transition in said.values())
    replayed = outcome_of(catalog(), [shard.judge(max(until, marks))], max(until, marks))
    assert {name: _plain(card) for name, card in _standing(said).items()} == {
        name: _plain(one.card) for name, one in replayed.cards.items() if one.card.state in STANDING
    }


def _plain(card: Card) -> tuple[object, ...]:
    return card.rule_id, card.scope, card.subject, card.level, card.condition_at, card.finding, card.grounds
