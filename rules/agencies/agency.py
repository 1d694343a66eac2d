"""The facts of an agency (部门)."""

from collections.abc import Sequence
from typing import Any

from rules.cases.case import Tampering
from rules.cases.filed import Filed
from rules.events.alerts import Alert
from rules.events.second import CardMoved


class Agency:
    """What is known of an agency: its cards, the instants it was heard of, what was said about its own cards."""

    __slots__ = (
        "alerts",
        "cards",
        "clocks",
        "days",
        "heard",
        "months",
        "org_code",
        "region_code",
        "tampering",
        "touched",
    )

    def __init__(self, org_code: str) -> None:
        self.org_code = org_code
        self.region_code: str | None = None
        self.cards: dict[str, Filed[CardMoved]] = {}
        self.months: dict[str, set[str]] = {}
        self.days: list[int] = []
        self.heard: dict[int, str] = {}
        """By the instants in ``days``, the id of the record heard then."""
        self.alerts: dict[str, list[Filed[Alert]]] = {}
        self.tampering: Sequence[Tampering] = ()
        self.clocks: dict[str, Any] = {}
        self.touched = ""
