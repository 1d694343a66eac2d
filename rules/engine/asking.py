"""Asking the rules (问规则): those that read what changed, about the subjects concerned, and not before their time.

This is the hot path: an event costs what it touches. A rule is unpacked once for each law and set of changed facts;
one that is about something the case does not have is passed over; one that has nothing to say before an instant still
to come is put off until then.
"""

from collections.abc import Hashable, Iterator
from typing import Generic, NamedTuple

from rules.calendar import CalendarError
from rules.cases import facts
from rules.declare import Glance, Judge, JudgeEach, Quiet, Rule
from rules.engine.docket import CardKey, Docket, F
from rules.law import Law
from rules.verdicts import NEVER, Breach, Later, Verdict

BITS = facts.BITS


class Ask(NamedTuple):
    """A rule as it is asked after a change of facts: unpacked once, because the loop that asks is the hot path.

    ``of_touched``: only the touched subject is concerned. ``may_end``: the change can end what was found, not begin it.
    """

    rule: Rule
    number: int
    key: CardKey
    of_touched: bool
    may_end: bool
    needs: str
    glance: Glance | None
    quiet: Quiet | None
    judge: Judge | None
    judge_each: JudgeEach | None


Asks = tuple[Ask, ...]


class Asking(Generic[F]):
    """The rules of one tier, as they are asked. It keeps the breaches of a docket, never its cards."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._by_number: dict[int, Rule] = {rule.number: rule for rule in rules}
        self._tables: dict[Law, dict[int, Asks]] = {}
        self._alike: dict[Hashable, dict[int, Asks]] = {}

    def asks(self, law: Law, bits: int, had: int = facts.FACTS) -> Asks:
        """Return the rules that judge under this law, read any of the facts in ``bits``, and are about what there is.

        ``had`` are the facts that ever changed.
        """
        table = self._table(law)
        place = had << BITS | bits
        found = table.get(place)
        if found is None:
            found = table[place] = tuple(self._chosen(law, bits, had))
        return found

    def _table(self, law: Law) -> dict[int, Asks]:
        """Return the choices made so far under a law; laws that choose alike share them."""
        table = self._tables.get(law)
        if table is None:
            unless = tuple(_needs(rule, law) for rule in self._rules)
            alike = law.flow.conditional, law.off, law.exempt, law.is_licence, unless
            table = self._tables[law] = self._alike.setdefault(alike, {})
        return table

    def _chosen(self, law: Law, bits: int, had: int) -> Iterator[Ask]:
        for rule in self._rules:
            changed, needs = _reads(rule, law) & bits, _needs(rule, law)
            if (
                not changed
                or rule.id in law.off
                or rule.id in law.exempt
                or (rule.licences_only and not law.is_licence)
            ):
                continue
            if needs and not had & facts.SHOWN_BY[needs]:
                continue
            yield Ask(
                rule,
                rule.number,
                (rule.number, ""),
                not changed & ~rule.follows,
                not changed & ~rule.ends,
                needs,
                rule.glance,
                rule.quiet,
                rule.judge,
                rule.judge_each,
            )

    def ask(self, docket: Docket[F], bits: int, now: int, *, anew: bool, fully: bool = False) -> bool:  # noqa: C901, PLR0912, PLR0915 - the hot path: one loop, no calls that a quiet case does not need
        """Ask the rules that read what changed; return whether any breach came, went or changed.

        A rule that has nothing to say before an instant still to come is not asked until then, unless ``fully``.
        """
        law = docket.law
        if law is None:
            return False
        found, verdicts, pending = docket.facts, docket.verdicts, docket.pending
        changed = anew
        if anew:
            verdicts.clear()
            pending.clear()
        touched = "" if anew else found.touched
        is_quiet, quiet_by = False, None
        table = self._tables.get(law)
        asks = None if table is None else table.get(docket.had << BITS | bits)
        if asks is None:
            asks = self.asks(law, bits, docket.had)
        for _, number, key, of_touched, may_end, needs, glance, quiet, judge, judge_each in asks:
            if may_end and key not in pending and key not in verdicts and not docket.speaks_of(number):
                continue
            try:
                if needs and not getattr(found, needs):
                    if verdicts or pending:
                        changed = self._forget(docket, number) or changed
                    continue
                if glance is not None and not fully:
                    instant = glance(found, law)
                    if instant > now:
                        if instant < NEVER:
                            if pending.get(key) != instant:
                                pending[key] = instant
                                docket.restless = True
                        elif pending and pending.pop(key, None) is not None:
                            docket.restless = True
                        if verdicts:
                            changed = self._forget_breaches(docket, number) or changed
                        continue
                    if pending and pending.pop(key, None) is not None:
                        docket.restless = True
                if judge is not None:
                    verdict = judge(found, law)
                    if type(verdict) is Breach:
                        if verdicts.get(key) != verdict:
                            verdicts[key] = verdict
                            changed = True
                    elif verdicts and verdicts.pop(key, None) is not None:
                        changed = True
                elif judge_each is not None:
                    if not of_touched or not touched:
                        changed = self._ask_all(number, judge_each, docket, now, fully=fully) or changed
                        continue
                    if quiet is not None and not (verdicts and docket.speaks_of(number)):
                        if quiet is not quiet_by:  # rules that share what they look at first share the look
                            is_quiet, quiet_by = quiet(found, law, touched), quiet
                        if is_quiet:
                            continue
                    for subject, answer in judge_each(found, law, touched):
                        about = number, subject
                        kind = type(answer)
                        if kind is Breach or kind is Later or about in pending or about in verdicts:
                            changed = self._answered(about, answer, docket, now, fully=fully) or changed
            except CalendarError:  # a date beyond all calendars: undecided, and so no breach
                changed = self._forget(docket, number) or changed
        return changed

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


def _reads(rule: Rule, law: Law) -> int:
    """Return the facts a rule reads under a law: those its conditions rest on only where the flow has conditions.

    What reads the close of a case reads that it is open again.
    """
    reads = rule.reads if law.flow.conditional else rule.reads & ~rule.conditional
    return reads | facts.REOPENED if reads & facts.CLOSED else reads


def _needs(rule: Rule, law: Law) -> str:
    """Return the fact a rule is about, empty where a parameter makes it judge without."""
    return "" if rule.needs_unless is not None and law.get(rule.needs_unless) else rule.needs
