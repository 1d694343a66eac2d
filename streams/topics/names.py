"""What each topic is called."""

from typing import NamedTuple, Self


class Topics(NamedTuple):
    """Names of the topics.

    ``events`` is what happens, keyed by case: the only clock. ``replies`` are agencies' answers, relayed into it.
    ``second`` is what the first tier tells the second, keyed by agency. ``cards`` is what was said. ``quarantine`` is
    what could not be read. ``state_cases`` and ``state_agencies`` are what is remembered of ``events`` and ``second``.
    """

    events: str
    replies: str
    second: str
    cards: str
    quarantine: str
    state_cases: str
    state_agencies: str

    @classmethod
    def of(cls, prefix: str) -> Self:
        """Return the names under a prefix."""
        return cls(*(f"{prefix}.{name.replace('_', '-')}" for name in cls._fields))
