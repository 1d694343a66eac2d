"""What a rule answers (判定): clear, not applicable, undecided, or a breach with its rungs.

A rule is never told the time. It says from which instant which level holds and until when; what is true at any
``now``, and the next instant at which that changes, is read off the answer.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import msgspec

from rules.events.words import Level

NEVER = 1 << 62
"""An instant after all others."""


class Clear(msgspec.Struct, frozen=True):
    """Nothing is wrong (无违规). ``why`` names what was found in order, in the words of an officer."""

    why: str = ""


class NotApplicable(msgspec.Struct, frozen=True):
    """The rule does not speak of this case (不适用)."""

    why: str


class Undecided(msgspec.Struct, frozen=True):
    """The rule cannot say (无法判定): something is missing. Never a card.

    ``figures`` holds a provisional arithmetic where there is one. ``calendar``: what is missing is a working calendar.
    """

    missing: str
    figures: tuple[Any, ...] = ()
    calendar: bool = False


class Rung(msgspec.Struct, frozen=True, gc=False):
    """From ``since`` on (microseconds) a level holds; ``say_at`` is when it may be said: it waits for late reports."""

    since: int
    level: Level
    say_at: int


class Breach(msgspec.Struct, frozen=True):
    """Something is wrong (违规).

    ``rungs`` rise with time. ``events`` are the ids of the evidence, ``figures`` the numbers of the arithmetic in the
    order of the rule's ``figure_names``. ``ended``: the instant from which it is no longer so. ``missing`` names what
    keeps a further rung from being known. ``org`` is the agency responsible where it is not the agency of the case.
    """

    rungs: tuple[Rung, ...]
    events: tuple[str, ...] = ()
    figures: tuple[Any, ...] = ()
    ended: int = NEVER
    missing: str = ""
    org: str | None = None

    def level_at(self, now: int) -> Level | None:
        """Return the highest level that may be said at ``now``, None where nothing may be said yet."""
        best: Level | None = None
        for rung in self.rungs:
            if rung.say_at <= now and rung.say_at < self.ended and (best is None or rung.level > best):
                best = rung.level
        return best

    def condition_at(self, level: Level) -> int:
        """Return the instant at which the condition of a level became true."""
        return min(rung.since for rung in self.rungs if rung.level >= level)

    def next_after(self, now: int) -> int:
        """Return the next instant after ``now`` at which what may be said changes; NEVER where it does not."""
        soonest = NEVER
        for rung in self.rungs:
            if now < rung.say_at < soonest and rung.say_at < self.ended:
                soonest = rung.say_at
        if now < self.ended < soonest and self.level_at(now) is not None:
            return self.ended
        return soonest


Verdict = Clear | NotApplicable | Undecided | Breach


class Later(msgspec.Struct, frozen=True):
    """Nothing to say before ``until`` (microseconds) as the facts stand; ``judge`` says the rest when asked then.

    A shortcut, never a verdict of its own: ``until`` may be early, not late.
    """

    until: int
    judge: Callable[[], Verdict]


CLEAR = Clear()

Kinds = tuple[tuple[str, str], ...]
"""Names and kinds of the figures of a rule, as it declares them."""


def figures_of(plain: Iterable[Any], kinds: Kinds) -> tuple[Any, ...]:
    """Return figures that went through plain values as they were: amounts of money are Decimal again."""
    money = [kind == "yuan" for _, kind in kinds]
    return tuple(
        Decimal(value) if isinstance(value, str) and at < len(money) and money[at] else value
        for at, value in enumerate(plain)
    )
