"""The engine (监察引擎): reads records, asks the rules concerned, says what changed.

``read`` takes one filed event; ``advance`` lets time pass. Timers fire at their own instants, before the first record
reported after them, so how coarse the ticks are does not show in what was said.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable
from typing import Any, Generic

from rules.cases import facts
from rules.cases.filed import Filed, file
from rules.cases.log import Held, effective, hold
from rules.cases.strands import STRAND
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.asking import Asking
from rules.engine.cards import Transition
from rules.engine.compare import Occasion, compare
from rules.engine.docket import CardKey, Docket, F
from rules.engine.excuses import EXCUSING, late_excuses
from rules.engine.folding import Folding
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

    ``now`` is the greatest ``reported_at`` read. Transitions are handed to ``say`` as they are made.
    """

    def __init__(self, tier: TierSpec[F], catalog: Catalog, say: Callable[[Transition], None]) -> None:
        self.tier = tier
        self.catalog = catalog
        self.say = say
        self.now = 0
        self.dockets: dict[str, Docket[F]] = {}
        self.timers: Timers[Docket[F]] = Timers()
        self.sources = Sources()
        self._folding: Folding[F] = Folding(tier, catalog)
        self._take = self._folding.take
        self._folded = 0
        self._duplicates = 0
        self._waiting: dict[str, dict[str, Docket[F]]] = {}
        self._restated = 0
        """How often a source was heard of late: what had been said by then is found again."""
        self._rules: dict[int, Rule] = {rule.number: rule for rule in tier.rules}
        self._moving = frozenset(rule.number for rule in tier.rules if rule.closes_when_moved)
        self._notices = frozenset(rule.number for rule in tier.rules if rule.is_notice)
        self.asking: Asking[F] = Asking(tier.rules)

    @property
    def counts(self) -> Counter[str]:
        """Return what became of the records: how many were folded, how many duplicates."""
        return +Counter(folded=self._folded, duplicate=self._duplicates)

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
        event_id = event.event_id
        known = docket.held.get(event_id)
        if known is not None:
            self._again(docket, known, filed)
            return
        docket.held[event_id] = filed
        self._folded += 1
        in_time = reported >= docket.latest
        if in_time:
            docket.latest = reported
        bits = self._take(docket, filed)
        excusing = type(event) in EXCUSING
        if docket.excuses or excusing:
            first = not docket.excuses
            docket.excuses = True
            heard = bits or not in_time
            changed = not in_time and self._unsay(docket, reported)
            if changed or (docket.contested and heard) or (excusing and (not in_time or self._accuses(docket))):
                if self._excuse(docket):
                    self._ask(docket, facts.FACTS, event_id, anew=True)
                    return
            elif first:
                docket.spoken, docket.spoken_under = {reported: {}}, self._restated
            elif excusing and docket.spoken_under == self._restated:
                docket.spoken[reported] = {}
        if bits:
            self._ask(docket, bits, event_id, anew=False)

    def heartbeat(self, event: Heartbeat | Outage, reported: int) -> None:
        """Read a word of a source about itself; findings that waited for it are looked at again."""
        late = reported < self.now
        self.tick(reported)
        source = event.data_source or ""
        if isinstance(event, Heartbeat):
            self.sources.beat(source, reported)
        elif event.started_at is not None and event.ended_at is not None:
            self.sources.outage(source, instant_of(event.started_at), instant_of(event.ended_at), reported)
        self._restated += late
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
            docket.spoken_under = -1
            if docket.excuses:
                self._excuse(docket)
            if docket.law is not None:
                self._settle(docket, self.now, "")

    def adopt(self, docket: Docket[F], log: list[Filed[Event]], review: int) -> None:
        """Take over a docket with its log, its cards and its next review; nothing is said again."""
        self.dockets[docket.key] = docket
        self.fold_again(docket, log)
        docket.spoken_under = -1
        if docket.excuses:
            self._excuse(docket)
        self.asking.ask(docket, facts.FACTS, self.now, anew=True, fully=True)
        if docket.law is not None and self.sources.waits(docket.law.source):
            self._wait(docket, docket.law, self.now, review)
        docket.next_change = review
        self._look_again(docket, review)

    def fold_again(self, docket: Docket[F], log: list[Filed[Event]]) -> None:
        """Give a new docket its log, its facts and its law; no rule is asked."""
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

    # Folding

    def _again(self, docket: Docket[F], known: Filed[Event] | Held, filed: Filed[Event]) -> None:
        held = known if isinstance(known, list) else [known]
        outcome = hold(held, filed)
        if outcome in {"duplicate", "earlier"}:
            self._duplicates += 1
        else:
            self._folded += 1
        if outcome == "duplicate":
            return
        docket.held[filed.event.event_id] = held if len(held) > 1 else held[0]
        docket.latest = max(docket.latest, filed.reported)
        if outcome != "earlier":
            docket.plain = False
            docket.excuses = True
        self._refold(docket)
        docket.spoken_under = -1
        if docket.excuses:
            self._excuse(docket)
        self._ask(docket, facts.FACTS, filed.event.event_id, anew=True)

    def _refold(self, docket: Docket[F]) -> None:
        """Fold the whole log again."""
        self._folding.again(docket)

    def _unsay(self, docket: Docket[F], reported: int) -> bool:
        """Forget what had been said after an instant, for something reported then was not known; return if it matters.

        What had been said when something excusing arrived earlier stays.
        """
        if docket.spoken_under != self._restated:
            return True
        late = [instant for instant in docket.spoken if instant > reported]
        for instant in late:
            del docket.spoken[instant]
        return bool(late)

    def _excuse(self, docket: Docket[F]) -> bool:
        """Find again what was said before a late exculpation; return whether that is something else than it was."""

        def judge(log: Iterable[Held], numbers: Container[int] | None = None) -> dict[CardKey, Breach]:
            return self._judge(docket.key, log, numbers)

        def level_at(breach: Breach, instant: int) -> Any:
            found = heard_breach(breach, docket, self.sources, instant)
            return None if found.ended <= instant else found.level_at(instant)

        if docket.spoken_under != self._restated:
            docket.spoken, docket.spoken_under = {}, self._restated
        known = docket.excused
        docket.excused = late_excuses(docket.all_held(), judge, level_at, docket.spoken)
        docket.contested = any(docket.spoken.values())
        return docket.excused != known

    def _accuses(self, docket: Docket[F]) -> bool:
        """Return whether anything was ever said of a case that a person may decide on."""
        return any(number not in self._notices for number, _ in docket.cards)

    def _judge(self, key: str, log: Iterable[Held], numbers: Container[int] | None) -> dict[CardKey, Breach]:
        """Judge a log afresh and return the breaches a person may decide on: a notice needs no answer.

        With ``numbers`` only the rules of those numbers are asked.
        """
        events, tampering = effective(log, self.catalog.days.day_of)
        if not events:
            return {}
        found = self._folding.folded(key, events)
        found.tampering = tampering
        law = self.tier.law_of(self.catalog, found, events[0].day)
        return {
            (rule.number, subject): verdict
            for rule in (ask.rule for ask in self.asking.asks(law, facts.FACTS))
            if not rule.raises_others and not rule.is_notice and (numbers is None or rule.number in numbers)
            for subject, verdict in rule.about(found, law)
            if isinstance(verdict, Breach)
        }

    # Asking

    def _ask(self, docket: Docket[F], bits: int, cause: str, *, anew: bool) -> None:
        """Ask the rules concerned; say what changed, or only look again when something is to come."""
        if self.asking.ask(docket, bits, self.now, anew=anew, fully=bool(docket.excused)) or (
            bits & SETTLING and (docket.cards or docket.verdicts or docket.excused)
        ):
            self._settle(docket, self.now, cause)
        elif docket.restless:
            docket.restless = False
            instant = min(docket.next_change, *docket.pending.values(), NEVER)
            if docket.next_review != instant:
                self.timers.put(docket, instant)

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
