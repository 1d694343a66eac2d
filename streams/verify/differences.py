"""What a verification found: differences between what is stored and what was computed, one line each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from rules.catalog.index import Catalog
from rules.engine.cards import LEVEL_NAMES, STATE_NAMES, Card
from rules.events.instants import to_datetime
from sinks.clickhouse.stored import Run, StoredCard, StoredEvent, StoredTransition
from streams.replay.accounts import rule_versions

K = TypeVar("K")
T = TypeVar("T")


class Fault(StrEnum):
    """What differs (差异)."""

    EDITION = "版本"
    RECORD = "记录"
    COUNT = "数量"
    CASE = "办件"
    CARD = "信号"
    TRANSITION = "变动"


class Difference(msgspec.Struct, frozen=True):
    """One difference: of what kind, of which card, record or figure; what is stored and what was computed.

    A side is empty where there is nothing on it. ``str()`` is one line for people.
    """

    fault: Fault
    what: str
    stored: str
    computed: str

    def __str__(self) -> str:
        """Return the difference on one line."""
        return f"{self.fault.value} {self.what}：库中 {self.stored or '无'}，重算 {self.computed or '无'}"


class Verification(msgspec.Struct, frozen=True):
    """What was verified, and every difference found; none: the archive proves its cards."""

    run: str
    edition: str
    events: int
    cards: int
    transitions: int
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def editions(run: Run, law: Catalog) -> Iterator[Difference]:
    """Return in what the run and the catalogue or the rules at hand are of different editions."""
    if run.edition != law.edition:
        yield Difference(Fault.EDITION, "监察目录", run.edition, law.edition)
    now = rule_versions()
    for rule in sorted({*run.rules, *now}):
        if run.rules.get(rule) != now.get(rule):
            yield Difference(Fault.EDITION, f"规则 {rule}", _version(run.rules.get(rule)), _version(now.get(rule)))


def _version(number: int | None) -> str:
    return "" if number is None else f"第 {number} 版"


def name_of(stored: StoredEvent) -> str:
    """Return what people call a record."""
    line = f":{stored.line}" if stored.line is not None else ""
    return f"{stored.file}{line} {stored.case_id or '（无办件）'} {stored.event_id}"


def compared(
    fault: Fault, stored: Mapping[K, T], computed: Mapping[K, T], parts: Callable[[T], Mapping[str, Any]]
) -> Iterator[Difference]:
    """Return what is on one side alone, and what differs; ``parts`` names what a thing is made of."""
    for key in [*stored, *(key for key in computed if key not in stored)]:
        one, other = stored.get(key), computed.get(key)
        if one != other:
            name = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            left = None if one is None else parts(one)
            yield Difference(fault, name, *_both(left, None if other is None else parts(other)))


def by_id(cards: Iterable[StoredCard]) -> dict[str, StoredCard]:
    """Return cards by id."""
    return {one.card.card_id: one for one in cards}


def in_order(transitions: Iterable[StoredTransition]) -> dict[tuple[str, int], StoredTransition]:
    """Return transitions by card and number."""
    return {(one.transition.card.card_id, one.transition.card.seq): one for one in transitions}


def fields(stored: StoredCard) -> dict[str, Any]:
    """Return the parts of a card of the store."""
    return {**_named(stored.card), "首次": stored.raised_at, "历史": stored.historic}


def move_fields(stored: StoredTransition) -> dict[str, Any]:
    """Return the parts of a transition."""
    one = stored.transition
    before = (one.level_before, one.state_before)
    return {"变动": one.move.value, **_named(one.card), "之前": before, "起因": one.cause, "原因": one.reason}


def _named(card: Card) -> dict[str, Any]:
    """Return the parts of a card, those people look at first in their words."""
    return {
        "规则": card.rule_id,
        "级别": LEVEL_NAMES[card.level],
        "状态": STATE_NAMES[card.state],
        "条件成立": to_datetime(card.condition_at).isoformat(),
        "获知": to_datetime(card.known_at).isoformat(),
        **msgspec.structs.asdict(card),
    }


def _both(stored: Mapping[str, Any] | None, computed: Mapping[str, Any] | None) -> tuple[str, str]:
    """Return the parts in which two things differ; of one that stands alone the first few."""
    if stored is None or computed is None:
        return _few(stored), _few(computed)
    differing = [name for name, value in stored.items() if computed.get(name) != value]
    return _few({name: stored[name] for name in differing}), _few({name: computed.get(name) for name in differing})


def _few(parts: Mapping[str, Any] | None) -> str:
    return "" if parts is None else "、".join(f"{name} {value}" for name, value in list(parts.items())[:4])
