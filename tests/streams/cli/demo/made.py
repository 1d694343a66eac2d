"""Cards and transitions made by hand, and what is shown of them in the example city."""

from functools import cache
from pathlib import Path
from typing import Any

from rules.catalog.index import Catalog
from rules.catalog.loading import load_documents
from rules.engine.cards import Card, Move, State, Transition, card_id
from rules.events.instants import DAY
from rules.events.words import Level
from rules.registry import BY_ID, PARAMS
from rules.verdicts import NEVER, Breach, Rung
from sinks.clickhouse.stored import Counts, Run, StoredCard
from streams.cli.demo.glance import Glance, Span
from streams.cli.demo.heard import Heard
from streams.cli.demo.scene import Scene, names_in
from streams.cli.demo.view import View
from streams.log import LocalLog
from tests.rules.calendar.national import day, instant


@cache
def city() -> Catalog:
    """Return the example city."""
    return Catalog(load_documents("shili"), PARAMS.values())


def card(rule_id: str, figures: dict[str, Any], *, case: str = "C1", level: Level = Level.RED, **more: Any) -> Card:
    """Return a card of a rule whose figures are given by name; those left out are empty."""
    names = [name for name, _ in BY_ID[rule_id].figures]
    unknown = set(figures) - set(names)
    assert not unknown, unknown
    at = instant("2026-03-01 00:00")
    finding = Breach((Rung(at, level, at),), ("e1",), tuple(figures.get(name) for name in names))
    fields: dict[str, Any] = {
        "card_id": card_id(rule_id, case, ""),
        "rule_id": rule_id,
        "rule_version": 1,
        "scope": case,
        "subject": "",
        "level": level,
        "peak": level,
        "state": State.OPEN,
        "condition_at": at,
        "known_at": at,
        "finding": finding,
        "digest": "",
        "grounds": (),
        "merged_into": "",
        "ended": NEVER,
        "org_code": None,
        "task_code": None,
        "region_code": None,
        "profile": "default",
        "seq": 1,
    }
    return Card(**(fields | more))


def stored(*cards: Card) -> tuple[StoredCard, ...]:
    """Return cards as the archive gives them."""
    return tuple(StoredCard(one, one.known_at, historic=False) for one in cards)


def view(*cards: Card, today: str = "2026-04-10") -> View:
    """Return the view of a run that left these cards."""
    catalog = city()
    run = Run(
        run="r",
        recorded_at=0,
        catalog="shili",
        edition=catalog.edition,
        rules={},
        profile="",
        as_of=None,
        now=instant(f"{today} 00:00"),
        zone=catalog.head.zone,
        mapping="",
        sources=(),
        counts=Counts(),
        filtered={},
        defective=0,
        cases=0,
        cards=len(cards),
        transitions=0,
        events=0,
        events_digest="",
        versions={},
    )
    return View(catalog, names_in(catalog), day(today), run, stored(*cards), ())


def transition(one: Card, move: Move = Move.RAISED, reason: str = "条件成立") -> Transition:
    """Return a transition that left a card as it is."""
    return Transition(one, move, None, None, one.known_at, "", reason)


def heard(*transitions: Transition) -> Heard:
    """Return what has been heard of these transitions."""
    catalog = city()
    listener = Heard(LocalLog(Path("nowhere"), read_only=True), "cards", catalog, names_in(catalog))
    listener.take(transitions)
    return listener


def glance(of: Heard, **more: Any) -> Glance:
    """Return a glance on the tenth of a hundred days."""
    begins = instant("2026-01-05 00:00")
    fields: dict[str, Any] = {
        "span": Span(begins, begins + 100 * DAY),
        "now": begins + 10 * DAY,
        "sent": 1200,
        "judged": 1000,
        "rate": 250.0,
        "unjudged": 200,
        "unstored": 30,
        "cases": 90,
        "heard": of,
    }
    return Glance(**(fields | more))


def scene() -> Scene:
    """Return the example city on the day of ``view``."""
    return Scene(city(), names_in(city()), day("2026-04-10"))
