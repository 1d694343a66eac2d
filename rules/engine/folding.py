"""From a new event to changed facts (归集): folded on top, or its strand folded again, or all of the log.

An event that is the last of its strand is one step. One that comes late has its own strand folded again, because
strands commute. Where events speak of events (corrections, voids, versions) those that are spoken of count anew, and
all is folded again. It is one fold in every case, so what comes out is a function of the log.
"""

from collections.abc import Iterable
from typing import Any, Generic, cast

from rules.cases import facts
from rules.cases.filed import Filed
from rules.cases.log import effective
from rules.cases.strands import STRAND, STRAND_FACTS
from rules.catalog.index import Catalog
from rules.engine.docket import Docket, F
from rules.engine.tiers import TierSpec
from rules.events.envelope import Event
from rules.events.kinds import Strand

DATA = Strand.DATA
OTHERS = Strand.OTHERS


class Folding(Generic[F]):
    """How the facts of one tier come about."""

    def __init__(self, tier: TierSpec[F], catalog: Catalog) -> None:
        self._catalog = catalog
        self._new_facts = tier.new_facts
        self._fold = tier.fold
        self._fold_strand = tier.fold_strand
        self._law_of = tier.law_of
        self._commutes = tier.commutes
        self._clock_facts = tier.clock_facts
        self._renewing = tier.clock_facts | facts.LAW

    def take(self, docket: Docket[F], filed: Filed[Event]) -> int:
        """Fold an event just put into the log of a docket and return the bits of the facts that may have changed."""
        strand = STRAND[type(filed.event)]
        key = filed.key
        if not self._commutes:
            if strand is DATA or (not docket.plain and filed.event.event_id in docket.targets):
                docket.plain = False
                self.again(docket)
                return facts.FACTS
            last = docket.last[strand]
            if last is not None and key < last and strand is not OTHERS:
                return self._late(docket, strand, filed)
            docket.last[strand] = key
        bits = self._fold(docket.facts, filed)
        if filed.day < docket.first_day:
            docket.first_day = filed.day
            bits |= facts.LAW
        if bits & self._renewing:
            bits = self.renew(docket, bits)
        docket.had |= bits
        return bits

    def _late(self, docket: Docket[F], strand: Strand, filed: Filed[Event]) -> int:
        """Fold again because of an event that came behind a later one of its strand."""
        fold_strand = self._fold_strand
        if fold_strand is None or not docket.plain:
            law = docket.law
            self.again(docket)
            return STRAND_FACTS[strand] & (~facts.LAW if docket.law is law else facts.FACTS)
        plain = cast("Iterable[Filed[Event]]", docket.held.values())
        log = sorted((one for one in plain if STRAND[type(one.event)] is strand), key=_key)
        bits = fold_strand(docket.facts, log, filed, strand)
        if filed.day < docket.first_day:
            docket.first_day = filed.day
            bits |= facts.LAW
        docket.had |= bits
        return self.renew(docket, bits) if bits & self._renewing else bits

    def renew(self, docket: Docket[F], bits: int) -> int:
        """Renew what rests on changed facts; return which did, the law among them only if another now holds."""
        if bits & facts.LAW or docket.law is None:
            law = self._law_of(self._catalog, docket.facts, docket.first_day)
            bits = bits & ~facts.LAW if law is docket.law else bits | facts.LAW
            docket.law = law
        if bits & self._clock_facts and docket.facts.clocks:
            docket.facts.clocks.clear()
        return bits

    def again(self, docket: Docket[F]) -> None:
        """Fold the whole log of a docket again: the same fold, from the sorted log."""
        log: list[Filed[Event]]
        if docket.plain:
            log = sorted((held for held in docket.held.values() if isinstance(held, Filed)), key=_key)
            docket.facts = self.folded(docket.key, log)
        else:
            log, tampering = effective(docket.all_held(), self._catalog.days.day_of)
            docket.facts = self.folded(docket.key, log)
            docket.facts.tampering = tampering
            docket.had |= facts.VERSIONS
            docket.targets = frozenset(one.target for one in tampering)
        last, had = docket.last, docket.had
        for filed in log:
            strand = STRAND[type(filed.event)]
            last[strand] = filed.key
            had |= STRAND_FACTS[strand]
        docket.had = had
        if log:
            docket.first_day = log[0].day
            docket.law = self._law_of(self._catalog, docket.facts, docket.first_day)

    def folded(self, key: str, log: Iterable[Filed[Event]]) -> F:
        """Return the facts of a sorted log."""
        new = self._new_facts(key)
        fold = self._fold
        for filed in log:
            fold(new, filed)
        new.touched = ""
        return new


def _key(filed: Filed[Event]) -> Any:
    return filed.key
