"""Asking the rules (问规则): those that read what changed, about the subjects concerned, and not before their time.

This is the hot path: an event costs what it touches. A rule is unpacked once for each law and set of changed facts;
one that is about something the case does not have is passed over; one that has nothing to say before an instant still
to come is put off until then.
"""

from typing import Generic

from rules.calendar import CalendarError
from rules.cases import facts
from rules.declare import JudgeEach, Rule
from rules.engine.choosing import BITS, Ask, Choosing, Each, Once, Touched
from rules.engine.docket import CardKey, Docket, F
from rules.law import Law
from rules.verdicts import NEVER, Breach, Later, Verdict


class Asking(Generic[F]):
    """The rules of one tier, as they are asked. It keeps the breaches of a docket, never its cards."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_number: dict[int, Rule] = {rule.number: rule for rule in rules}
        self._choosing = Choosing(rules)
        self._choice = self._choosing.choice
        self._tables = self._choosing.tables

    def asks(self, law: Law, bits: int) -> tuple[Ask, ...]:
        """Return the rules that judge under this law and read any of the facts in ``bits``."""
        return tuple(self._choosing.asks(law, bits, facts.FACTS))

    def ask(self, docket: Docket[F], bits: int, now: int, *, anew: bool, fully: bool = False) -> bool:
        """Ask the rules that read what changed; return whether any breach came, went or changed.

        A rule that has nothing to say before an instant still to come is not asked until then, unless ``fully``.
        """
        law = docket.law
        if law is None:
            return False
        table = self._tables.get(law)
        choice = None if table is None else table.get(docket.had << BITS | bits)  # ``choosing.place``, without a call
        once, each, touched, each_of_touched = choice or self._choice(law, bits, docket.had)
        changed = anew
        if anew:
            docket.verdicts.clear()
            docket.pending.clear()
        if once and self._ask_once(docket, law, once, now, fully=fully):
            changed = True
        if each and self._ask_each(docket, law, each, now, fully=fully):
            changed = True
        if touched:
            if anew or not docket.facts.touched:
                changed = self._ask_each(docket, law, each_of_touched, now, fully=fully) or changed
            elif self._ask_touched(docket, law, touched, now, fully=fully):
                changed = True
        return changed

    def _ask_once(self, docket: Docket[F], law: Law, rules: tuple[Once, ...], now: int, *, fully: bool) -> bool:
        """Ask rules about one thing."""
        found, verdicts, pending = docket.facts, docket.verdicts, docket.pending
        changed = False
        for number, key, may_end, needs, glance, judge in rules:
            if may_end and key not in pending and key not in verdicts:
                continue
            try:
                if needs and not getattr(found, needs):
                    changed = self._drop(docket, key) or changed
                    continue
                if glance is not None and not fully:
                    instant = glance(found, law)
                    if pending.get(key, NEVER) != instant:
                        self._put_off(docket, key, instant, now)
                    if instant > now:
                        changed = (bool(verdicts) and verdicts.pop(key, None) is not None) or changed
                        continue
                verdict = judge(found, law)
            except CalendarError:  # a date beyond all calendars: undecided, and so no breach
                changed = self._forget(docket, number) or changed
                continue
            if type(verdict) is Breach:
                if verdicts.get(key) != verdict:
                    verdicts[key] = verdict
                    changed = True
            elif verdicts and verdicts.pop(key, None) is not None:
                changed = True
        return changed

    def _ask_each(self, docket: Docket[F], law: Law, rules: tuple[Each, ...], now: int, *, fully: bool) -> bool:
        """Ask rules about many of all their subjects."""
        found, verdicts, pending = docket.facts, docket.verdicts, docket.pending
        changed = False
        for number, key, may_end, needs, glance, judge_each in rules:
            if may_end and key not in pending and not docket.speaks_of(number):
                continue
            try:
                if needs and not getattr(found, needs):
                    changed = ((verdicts or pending) and self._forget(docket, number)) or changed
                    continue
                if glance is not None and not fully:
                    instant = glance(found, law)
                    if pending.get(key, NEVER) != instant:
                        self._put_off(docket, key, instant, now)
                    if instant > now:
                        changed = (bool(verdicts) and self._forget_breaches(docket, number)) or changed
                        continue
                changed = self._ask_all(number, judge_each, docket, now, fully=fully) or changed
            except CalendarError:
                changed = self._forget(docket, number) or changed
        return changed

    def _ask_touched(self, docket: Docket[F], law: Law, rules: tuple[Touched, ...], now: int, *, fully: bool) -> bool:
        """Ask rules about many of the touched subject."""
        found, verdicts, pending = docket.facts, docket.verdicts, docket.pending
        touched = found.touched
        changed = False
        for quiet, alike in rules:
            if quiet is not None and not verdicts and quiet(found, law, touched):
                continue
            for number, judge_each in alike:
                try:
                    for subject, answer in judge_each(found, law, touched):
                        about = number, subject
                        kind = type(answer)
                        if kind is Breach or kind is Later or about in pending or about in verdicts:
                            changed = self._answered(about, answer, docket, now, fully=fully) or changed
                except CalendarError:
                    changed = self._forget(docket, number) or changed
        return changed

    @staticmethod
    def _put_off(docket: Docket[F], key: CardKey, instant: int, now: int) -> None:
        """Take down when a rule will have something to say, if that is yet to come."""
        if now < instant < NEVER:
            docket.pending[key] = instant
            docket.restless = True
        elif docket.pending.pop(key, None) is not None:
            docket.restless = True

    def _ask_all(self, number: int, judge_each: JudgeEach, docket: Docket[F], now: int, *, fully: bool) -> bool:
        """Ask a rule of all its subjects; what it no longer speaks of falls away."""
        law, changed = docket.law, False
        if law is None:
            return False
        verdicts, pending = docket.verdicts, docket.pending
        known = (
            {key for kept in (verdicts, pending) for key in kept if key[0] == number} if verdicts or pending else None
        )
        for subject, answer in judge_each(docket.facts, law, None):
            about = number, subject
            kind = type(answer)
            if known and about in known:
                known.discard(about)
            elif kind is not Breach and kind is not Later:
                continue
            changed = self._answered(about, answer, docket, now, fully=fully) or changed
        if known:
            for key in known:
                changed = self._drop(docket, key) or changed
        return changed

    def _answered(self, key: CardKey, verdict: Verdict | Later, docket: Docket[F], now: int, *, fully: bool) -> bool:
        """Take down the answer of a rule about one subject; return whether a breach came, went or changed."""
        if isinstance(verdict, Later):
            if verdict.until > now and not fully:
                docket.pending[key] = verdict.until
                docket.restless = True
                return bool(docket.verdicts) and docket.verdicts.pop(key, None) is not None
            verdict = verdict.judge()
        if docket.pending and docket.pending.pop(key, None) is not None:
            docket.restless = True
        if isinstance(verdict, Breach):
            if docket.verdicts.get(key) == verdict:
                return False
            docket.verdicts[key] = verdict
            return True
        return bool(docket.verdicts) and docket.verdicts.pop(key, None) is not None

    @staticmethod
    def _drop(docket: Docket[F], key: CardKey) -> bool:
        """Drop what is known of one subject; return whether there was a breach."""
        if docket.pending.pop(key, None) is not None:
            docket.restless = True
        return docket.verdicts.pop(key, None) is not None

    def _forget(self, docket: Docket[F], number: int) -> bool:
        """Drop all that is known of a rule; return whether that was anything."""
        gone = {key for kept in (docket.verdicts, docket.pending) for key in kept if key[0] == number}
        for key in gone:
            self._drop(docket, key)
        return bool(gone)

    def _forget_breaches(self, docket: Docket[F], number: int) -> bool:
        """Drop the breaches of a rule put off as a whole; return whether there were any."""
        gone = [key for key in docket.verdicts if key[0] == number]
        for key in gone:
            del docket.verdicts[key]
        return bool(gone)

    def ask_what_was_put_off(self, docket: Docket[F], now: int) -> None:
        """Ask the rules, and about the subjects, that had nothing to say before now."""
        pending = docket.pending
        for key in [key for key, instant in pending.items() if instant <= now]:
            del pending[key]
            try:
                verdict = self._asked_later(key, docket, now)
            except CalendarError:
                continue
            if isinstance(verdict, Breach):
                docket.verdicts[key] = verdict

    def _asked_later(self, key: CardKey, docket: Docket[F], now: int) -> Verdict | None:
        """Ask a rule about one thing in full; a rule about many that was put off as a whole is asked of all."""
        rule, law = self._by_number[key[0]], docket.law
        if law is None:
            return None
        if rule.judge is not None:
            return rule.judge(docket.facts, law)
        if rule.judge_each is None:
            return None
        if rule.glance is not None:
            self._ask_all(rule.number, rule.judge_each, docket, now, fully=False)
            return None
        for subject, answer in rule.judge_each(docket.facts, law, key[1]):
            if subject == key[1]:
                return answer.judge() if isinstance(answer, Later) else answer
        return None
