"""Late exculpation (事后免责材料): what was reported after a card was said does not clear it, a person decides.

A pause, extension, correction, void or new version reported at T excuses a finding late if, before T, the finding had
been said on all that was reported by then, and still holds with everything reported since except such excuses. Both are
functions of the set of events and their ``reported_at``, never of the order of arrival (``semantics.md`` §5).
"""

from collections.abc import Callable, Container, Iterable
from typing import Protocol

from rules.cases.log import Held
from rules.engine.docket import CardKey
from rules.events.data import EventCorrected, EventVoided
from rules.events.envelope import Event
from rules.events.handling import ExtensionGranted, PauseEnded, PauseStarted
from rules.events.words import Level
from rules.verdicts import Breach

EXCUSING = frozenset({PauseStarted, PauseEnded, ExtensionGranted, EventCorrected, EventVoided})

Judged = dict[CardKey, Breach]
Spoken = dict[CardKey, Level]
"""What had been said by an instant, with its level."""
LevelAt = Callable[[Breach, int], Level | None]


class JudgeLog(Protocol):
    """Judges a log afresh: folds it and asks every rule, or those of the numbers given."""

    def __call__(self, log: Iterable[Held], numbers: Container[int] | None = None) -> Judged:
        """Return the breaches."""


def excuses(event: Event) -> bool:
    """Return whether events of this type may excuse."""
    return type(event) in EXCUSING


def late_excuses(
    log: list[Held], judge: JudgeLog, level_at: LevelAt, spoken: dict[int, Spoken]
) -> dict[CardKey, tuple[Level, Breach]]:
    """Return what had been said when an excuse arrived and would still be true without it, with its level.

    ``spoken`` remembers what had been said at each arrival: what is reported later does not change it.
    """
    found: dict[CardKey, tuple[Level, Breach]] = {}
    for instant in _arrivals(log):
        before = instant - 1
        by_then = spoken.get(instant)
        if by_then is None:
            said = judge(_kept(log, instant, excuses_only=False))
            by_then = {key: level for key, breach in said.items() if (level := level_at(breach, before)) is not None}
            spoken[instant] = by_then
        if not by_then:
            continue
        held = judge(_kept(log, instant, excuses_only=True), {number for number, _ in by_then})
        for key, level in by_then.items():
            breach = held.get(key)
            still = level_at(breach, before) if breach is not None else None
            if breach is not None and still is not None:
                both = min(level, still)
                if key not in found or both > found[key][0]:
                    found[key] = (both, breach)
    return found


def _arrivals(log: list[Held]) -> list[int]:
    """Return the instants at which something excusing was reported: its kind, or a later version of a record."""
    found: set[int] = set()
    for held in log:
        first = min(one.reported for one in held)
        for one in held:
            if excuses(one.event) or one.reported > first:
                found.add(one.reported)
    return sorted(found)


def _kept(log: list[Held], before: int, *, excuses_only: bool) -> list[Held]:
    """Return the log without what was reported at ``before`` or later: of excuses only, or of everything.

    The first report of a record is no excuse, a later version is.
    """
    kept: list[Held] = []
    for held in log:
        first = min(one.reported for one in held)
        left = [
            one
            for one in held
            if one.reported < before or (excuses_only and not excuses(one.event) and one.reported == first)
        ]
        if left:
            kept.append(left)
    return kept
