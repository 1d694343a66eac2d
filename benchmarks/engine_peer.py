"""The same facts judged by a rule engine from the package index (``rule-engine``), as its users write it.

Facts in a dict, conditions as text, each asked again after every event that changed the facts it speaks of. What
matched is an alert; the engine knows of nothing that takes one back, and of no time that passes.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import rule_engine

from benchmarks.contender import Finding
from benchmarks.folding import ACTS, Facts, day_of, new_facts, stop
from benchmarks.terms import CHARGED, MISSING, OVER, Lookup
from rules.catalog.index import Catalog
from rules.events.instants import to_datetime

OVER_TEXT = "stop != null and due != null and stop > due and due <= certain"
MISSING_TEXT = (
    'closed in ["GRANTED", "DONE"] and not withdrawn and [code for code in steps if not (code in done)].length > 0'
)
WHICH_TEXT = "[code for code in steps if not (code in done)]"
CHARGED_TEXT = "bound != null and amount > bound"


class EnginePeer:
    """Takes the lines, keeps a dict a case, asks the engine; ``until`` (microseconds) is when open cases are asked."""

    def __init__(self, catalog: Catalog, until: int) -> None:
        context = rule_engine.Context(resolver=rule_engine.resolve_item, default_value=None)
        self._over = rule_engine.Rule(OVER_TEXT, context=context)
        self._missing = rule_engine.Rule(MISSING_TEXT, context=context)
        self._which = rule_engine.Rule(WHICH_TEXT, context=context)
        self._charged = rule_engine.Rule(CHARGED_TEXT, context=context)
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
                facts = cases[case] = {**new_facts(case), "certain": self._certain}
            act(facts, event, day, law)
            if kind.startswith("fee."):
                self._ask_charge(facts, kind)
            else:
                self._ask_case(facts)

    def finish(self) -> None:
        """Ask of the cases that are open, as if they stopped on the last whole day."""
        for facts in self._cases.values():
            if facts["stop"] is None:
                stop(facts, self._last_day, self._until)
                self._ask_case(facts)

    def found(self) -> frozenset[Finding]:
        """Return what matched."""
        return frozenset(self._found)

    def _ask_case(self, facts: Facts) -> None:
        if self._over.matches(facts):
            self._found.add((OVER.id, facts["case"], ""))
        if self._missing.matches(facts):
            missing: Any = self._which.evaluate(facts)
            self._found.update((MISSING.id, facts["case"], code) for code in missing)

    def _ask_charge(self, facts: Facts, kind: str) -> None:
        number = facts.get("charge")
        if kind == "fee.paid" and number is not None:
            amount, bound = facts["paid"][number]
            if self._charged.matches({"amount": amount, "bound": bound}):
                self._found.add((CHARGED.id, facts["case"], number))
        elif kind == "fee.reversed":
            self._found.discard((CHARGED.id, facts["case"], facts["reversed"]))
