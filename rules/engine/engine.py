"""The engine (监察引擎): reads records, asks the rules concerned, says what changed.

``read`` takes one filed event; ``advance`` lets time pass. Timers fire at their own instants, before the first record
reported after them, so how coarse the ticks are does not show in what was said.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Generic

from rules.cases import facts
from rules.cases.filed import Filed, file
from rules.cases.log import Held, effective, hold
from rules.cases.strands import STRAND, STRAND_FACTS
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.asking import Asking
from rules.engine.cards import Transition
from rules.engine.compare import Occasion, compare
from rules.engine.docket import CardKey, Docket, F
from rules.engine.excuses import EXCUSING, late_excuses
from rules.engine.sources import Sources
from rules.engine.standing import heard_breach, standing
from rules.engine.tiers import TierSpec
from rules.engine.timers import Timers
from rules.events.data import Heartbeat, Outage
from rules.events.envelope import Event
from rules.events.instants import instant_of
from rules.events.kinds import Strand
from rules.law import Law
from rules.verdicts import NEVER, Breach

SETTLING = facts.CARDS | facts.LAW
"""Facts that may change a card though no verdict changes: its life, and whom it is about."""


class Engine(Generic[F]):
    """One tier of supervision over one partition of the log.

    ``now`` is the greatest ``reported_at`` read. ``counts`` tells what became of the records: folded, duplicate.
    Transitions are handed to ``say`` as they are made.
    """

    def __init__(self, tier: TierSpec[F], catalog: Catalog, say: Callable[[Transition], None]) -> None:
        self.tier = tier
        self.catalog = catalog
        self.say = say
        self.now = 0
        self.dockets: dict[str, Docket[F]] = {}
        self.timers: Timers[Docket[F]] = Timers()
        self.sources = Sources()
        self.counts: Counter[str] = Counter()
        self._fold = tier.fold
        self._commutes = tier.commutes
        self._clock_facts = tier.clock_facts
        self._renewing = tier.clock_facts | facts.LAW
        self._waiting: dict[str, dict[str, Docket[F]]] = {}
        self._rules: dict[int, Rule] = {rule.number: rule for rule in tier.rules}
        self._moving = frozenset(rule.number for rule in tier.rules if rule.closes_when_moved)
        self.asking: Asking[F] = Asking(tier.rules)

    # Reading

    def read(self, key: str, filed: Filed[Event]) -> None:
        """Read one event of a case (or agency)."""
        reported = filed.reported
        if self.timers.first < reported:
            self.advance(reported - 1)
        self.now = max(self.now, reported)
        docket = self.dockets.get(key)
        if docket is None:
            docket = self.dockets[key] = Docket(key, self.tier.new_facts(key))
        event = filed.event
        known = docket.held.get(event.event_id)
        if known is not None:
            self._again(docket, known, filed)
            return
        docket.held[event.event_id] = filed
        self.counts["folded"] += 1
        of = type(event)
        strand = STRAND[of]
        in_time = reported >= docket.latest
        if in_time:
            docket.latest = reported
        if of in EXCUSING:
            docket.excuses = True
        last = docket.last[strand]
        if (strand is Strand.DATA or not docket.plain) and not self._commutes:
            docket.plain = False
            self._refold(docket)
            bits = facts.FACTS
        elif last is None or filed.key > last or strand is Strand.OTHERS or self._commutes:
            docket.last[strand] = filed.key
            bits = self._fold(docket.facts, filed)
            if filed.day < docket.first_day:
                docket.first_day = filed.day
                bits |= facts.LAW
            if bits & self._renewing or docket.law is None:
                bits = self._renew(docket, bits)
        else:
            law = docket.law
            self._refold(docket)
            bits = STRAND_FACTS[strand] & (~facts.LAW if docket.law is law else facts.FACTS)
        excusing = of in EXCUSING
        heard = bits or excusing or not in_time
        if docket.excuses and heard and (docket.contested or not in_time or (excusing and docket.cards)):
            self._excuse(docket)
            self._ask(docket, facts.FACTS, event.event_id, anew=True)
        elif bits:
            self._ask(docket, bits, event.event_id, anew=False)

    def heartbeat(self, event: Heartbeat | Outage, reported: int) -> None:
        """Read a word of a source about itself; findings that waited for it are looked at again."""
        self.tick(reported)
        source = event.data_source or ""
        if isinstance(event, Heartbeat):
            self.sources.beat(source, reported)
        elif event.started_at is not None and event.ended_at is not None:
            self.sources.outage(source, instant_of(event.started_at), instant_of(event.ended_at), reported)
        for _, docket in sorted(self._waiting.pop(source, {}).items()):
            self._settle(docket, self.now, event.event_id)

    def tick(self, reported: int) -> None:
        """Read a tick, or any record that concerns no case: time passes."""
        if self.timers.first < reported:
            self.advance(reported - 1)
        self.now = max(self.now, reported)

    def advance(self, through: int) -> None:
        """Let time pass: fire every timer due up to an instant (microseconds), each at its own."""
        while (due := self.timers.pop(through)) is not None:
            instant, dockets = due
            self.now = max(self.now, instant)
            for docket in dockets:
                self.asking.ask_what_was_put_off(docket, self.now)
                self._settle(docket, self.now, "")
        self.now = max(self.now, through)

    def mark_broken(self, key: str) -> None:
        """Note that a record of this case is in quarantine: nothing may be said that rests on what never happened."""
        docket = self.dockets.get(key)
        if docket is None:
            docket = self.dockets[key] = Docket(key, self.tier.new_facts(key))
        if not docket.broken:
            docket.broken = True
            if docket.excuses:
                self._excuse(docket)
            if docket.law is not None:
                self._settle(docket, self.now, "")

    def adopt(self, docket: Docket[F], log: list[Filed[Event]], review: int) -> None:
        """Take over a docket with its log, its cards and its next review; nothing is said again."""
        self.dockets[docket.key] = docket
        for filed in log:
            known = docket.held.get(filed.event.event_id)
            if known is None:
                docket.held[filed.event.event_id] = filed
            else:
                held = known if isinstance(known, list) else [known]
                hold(held, filed)
                docket.held[filed.event.event_id] = held
                docket.plain = False
            docket.latest = max(docket.latest, filed.reported)
            docket.excuses = docket.excuses or type(filed.event) in EXCUSING or known is not None
            docket.plain = docket.plain and STRAND[type(filed.event)] is not Strand.DATA
        self._refold(docket)
        if docket.excuses:
            self._excuse(docket)
        self.asking.ask(docket, facts.FACTS, self.now, anew=True, fully=True)
        if docket.law is not None and self.sources.waits(docket.law.source):
            self._wait(docket, docket.law, self.now, review)
        docket.next_change = review
        self._look_again(docket, review)

    # Folding

    def _again(self, docket: Docket[F], known: Filed[Event] | Held, filed: Filed[Event]) -> None:
        held = known if isinstance(known, list) else [known]
        outcome = hold(held, filed)
        if outcome == "duplicate":
            self.counts["duplicate"] += 1
            return
        self.counts["duplicate" if outcome == "earlier" else "folded"] += 1
        docket.held[filed.event.event_id] = held if len(held) > 1 else held[0]
        docket.latest = max(docket.latest, filed.reported)
        if outcome != "earlier":
            docket.plain = False
            docket.excuses = True
        self._refold(docket)
        if docket.excuses:
            self._excuse(docket)
        self._ask(docket, facts.FACTS, filed.event.event_id, anew=True)

    def _refold(self, docket: Docket[F]) -> None:
        """Fold the whole log again: the same fold, from the sorted log."""
        day_of = self.catalog.days.day_of
        if docket.plain:
            log = sorted((held for held in docket.held.values() if isinstance(held, Filed)), key=_key)
            docket.facts = self._folded(docket.key, log, docket)
        else:
            log, tampering = effective(docket.all_held(), day_of)
            docket.facts = self._folded(docket.key, log, docket)
            docket.facts.tampering = tampering
        if log:
            docket.first_day = log[0].day
            docket.law = self.tier.law_of(self.catalog, docket.facts, docket.first_day)

    def _folded(self, key: str, log: Iterable[Filed[Event]], docket: Docket[F] | None) -> F:
        new = self.tier.new_facts(key)
        fold = self.tier.fold
        for filed in log:
            fold(new, filed)
            if docket is not None:
                docket.last[STRAND[type(filed.event)]] = filed.key
        new.touched = ""
        return new

    def _renew(self, docket: Docket[F], bits: int) -> int:
        """Renew what rests on changed facts; return which did, the law among them only if another now holds."""
        if bits & facts.LAW or docket.law is None:
            law = self.tier.law_of(self.catalog, docket.facts, docket.first_day)
            bits = bits & ~facts.LAW if law is docket.law else bits | facts.LAW
            docket.law = law
        if bits & self._clock_facts and docket.facts.clocks:
            docket.facts.clocks.clear()
        return bits

    def _excuse(self, docket: Docket[F]) -> None:
        def judge(log: Iterable[Held]) -> dict[CardKey, Breach]:
            return self._judge(docket.key, log)

        docket.contested = False

        def level_at(breach: Breach, instant: int) -> Any:
            found = heard_breach(breach, docket, self.sources, instant)
            level = None if found.ended <= instant else found.level_at(instant)
            docket.contested = docket.contested or level is not None
            return level

        docket.excused = late_excuses(docket.all_held(), judge, level_at)

    def _judge(self, key: str, log: Iterable[Held]) -> dict[CardKey, Breach]:
        """Judge a log afresh and return the breaches a person may decide on: a notice needs no answer."""
        events, tampering = effective(log, self.catalog.days.day_of)
        if not events:
            return {}
        found = self._folded(key, events, None)
        found.tampering = tampering
        law = self.tier.law_of(self.catalog, found, events[0].day)
        return {
            (rule.number, subject): verdict
            for rule in (ask.rule for ask in self.asking.asks(law, facts.FACTS))
            if not rule.raises_others and not rule.is_notice
            for subject, verdict in rule.about(found, law)
            if isinstance(verdict, Breach)
        }

    # Asking

    def _ask(self, docket: Docket[F], bits: int, cause: str, *, anew: bool) -> None:
        """Ask the rules concerned; say what changed, or only look again when something is to come."""
        if self.asking.ask(docket, bits, self.now, anew=anew, fully=bool(docket.excused)) or bits & SETTLING:
            self._settle(docket, self.now, cause)
        elif docket.restless:
            self._look_again(docket, min(docket.next_change, *docket.pending.values(), NEVER))

    def _look_again(self, docket: Docket[F], instant: int) -> None:
        docket.restless = False
        if docket.next_review != instant:
            self.timers.put(docket, instant)

    # Saying

    def _settle(self, docket: Docket[F], now: int, cause: str) -> None:
        """Bring the cards of a docket to what is true at ``now``, and set its next review."""
        said = bool(docket.cards) or bool(docket.excused)
        soonest = NEVER
        for breach in docket.verdicts.values():
            soonest = min(soonest, breach.next_after(now))
            said = said or breach.level_at(now) is not None
        law = docket.law
        if law is not None and said:
            should = standing(docket, self._rules, self.sources, now)
            occasion = Occasion(now, cause, *self.tier.about(docket.facts, law))
            for transition in compare(docket, should, occasion, self._moving):
                self.say(transition)
        if law is not None and law.source is not None and self.sources.waits(law.source):
            soonest = self._wait(docket, law, now, soonest)
        docket.next_change = soonest
        self._look_again(docket, min(soonest, *docket.pending.values()) if docket.pending else soonest)

    def _wait(self, docket: Docket[F], law: Law, now: int, soonest: int) -> int:
        """Note that a docket waits for its source; return its next review, which may be the end of an outage."""
        source = law.source
        if source is None:
            return soonest
        for breach in docket.verdicts.values():
            for rung in breach.rungs:
                if rung.say_at > rung.since and rung.say_at <= now:
                    believed = self.sources.believed_from(source, rung.say_at, now)
                    if believed == NEVER:
                        self._waiting.setdefault(source.id, {})[docket.key] = docket
                    elif believed > now:
                        soonest = min(soonest, believed)
        return soonest


def file_event(catalog: Catalog, event: Event) -> Filed[Event]:
    """Return the event in its place, dated in the zone of the catalogue; Unplaceable where it cannot be."""
    return file(event, catalog.days.day_of)


def _key(filed: Filed[Event]) -> Any:
    return filed.key
