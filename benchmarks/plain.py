"""The smallest right fold: the three rules in plain Python, judged once, when the event that decides comes.

Right on a feed in order; no cards, no reasons, nothing taken back, no timers: what is open is looked at in the end.
"""

from collections.abc import Sequence

import msgspec

from benchmarks.contender import Finding
from benchmarks.folding import ACTS, Facts, day_of, new_facts, stop
from benchmarks.terms import CHARGED, MISSING, OVER, Lookup
from rules.catalog.index import Catalog
from rules.events.instants import to_datetime
from rules.events.words import POSITIVE

ENDS = frozenset({"decision.made", "case.withdrawn", "case.closed"})


class Plain:
    """Takes the lines, keeps a dict a case; ``until`` (microseconds) is when open cases are looked at."""

    def __init__(self, catalog: Catalog, until: int) -> None:
        self._law = Lookup(catalog)
        self._cases: dict[str, Facts] = {}
        self._found: set[Finding] = set()
        self._certain = catalog.days.certain_through
        self._last_day = catalog.days.day_of(until) - 1
        self._until = to_datetime(until).isoformat()

    def take(self, lines: Sequence[bytes]) -> None:
        """Take the next lines; those that cannot be read are passed over."""
        decode, cases, law = msgspec.json.decode, self._cases, self._law
        for line in lines:
            try:
                event = decode(line)
                kind, day, _ = event["event_type"], day_of(event["occurred_at"]), event["event_id"]
            except (msgspec.DecodeError, ValueError, KeyError):
                continue
            case, act = event.get("case_id"), ACTS.get(kind)
            if act is None or case is None:
                continue
            facts = cases.get(case)
            if facts is None:
                facts = cases[case] = new_facts(case)
            act(facts, event, day, law)
            if kind in ENDS:
                self._over(facts)
                if kind == "case.closed":
                    self._missing(facts)
            elif kind == "fee.paid":
                self._charged(facts)
            elif kind == "fee.reversed":
                self._found.discard((CHARGED.id, case, facts["reversed"]))

    def finish(self) -> None:
        """Look at the cases that are open: those due before the last whole day are late."""
        for facts in self._cases.values():
            if facts["stop"] is None:
                stop(facts, self._last_day, self._until)
                self._over(facts)

    def found(self) -> frozenset[Finding]:
        """Return what was found."""
        return frozenset(self._found)

    def _over(self, facts: Facts) -> None:
        due, stopped = facts["due"], facts["stop"]
        if due is not None and stopped is not None and due < stopped and due <= self._certain:
            self._found.add((OVER.id, facts["case"], ""))

    def _missing(self, facts: Facts) -> None:
        if facts["closed"] in POSITIVE and not facts["withdrawn"]:
            missing = (code for code in facts["steps"] if code not in facts["done"])
            self._found.update((MISSING.id, facts["case"], code) for code in missing)

    def _charged(self, facts: Facts) -> None:
        number = facts.get("charge")
        if number is not None:
            amount, bound = facts["paid"][number]
            if bound is not None and amount > bound:
                self._found.add((CHARGED.id, facts["case"], number))
