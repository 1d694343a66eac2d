"""Which rules are asked after a change (选规则), and how: chosen once for each set of facts, kept as flat tuples.

The loops that ask are the hot path, so what they need of a rule is unpacked here.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from rules.cases import facts
from rules.declare import Glance, Judge, JudgeEach, Quiet, Rule
from rules.engine.docket import CardKey
from rules.law import Law

BITS = facts.BITS


class Ask(NamedTuple):
    """A rule as it is asked after a change of facts: unpacked once, because the loops that ask are the hot path.

    ``may_end``: the change can end what was found, not begin it. ``of_touched``: it concerns the touched subject alone.
    """

    rule: Rule
    number: int
    key: CardKey
    may_end: bool
    of_touched: bool
    needs: str


class Once(NamedTuple):
    """A rule about one thing, as it is asked."""

    number: int
    key: CardKey
    may_end: bool
    needs: str
    glance: Glance | None
    judge: Judge


class Each(NamedTuple):
    """A rule about many, as it is asked of all."""

    number: int
    key: CardKey
    may_end: bool
    needs: str
    glance: Glance | None
    judge_each: JudgeEach


class Touched(NamedTuple):
    """Rules about many, as they are asked of the touched subject alone: those that share a first look together."""

    quiet: Quiet | None
    alike: tuple[tuple[int, JudgeEach], ...]


class Choice(NamedTuple):
    """The rules to be asked after a change, and how; ``touched`` only where it is known which subject was."""

    once: tuple[Once, ...]
    each: tuple[Each, ...]
    touched: tuple[Touched, ...]
    each_of_touched: tuple[Each, ...]


def place(bits: int, had: int) -> int:
    """Return under what a choice is kept: what changed, and what there is."""
    return had << BITS | bits


class Choosing:
    """The rules of one tier, as they are chosen."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self.tables: dict[Law, dict[int, Choice]] = {}
        """What was chosen before under a law, by ``place``."""
        self._alike: dict[Hashable, dict[int, Choice]] = {}

    def choice(self, law: Law, bits: int, had: int) -> Choice:
        """Return the rules to be asked; laws that choose alike share what was chosen before."""
        table = self.tables.get(law)
        if table is None:
            unless = tuple(_needs(rule, law) for rule in self._rules)
            alike = law.flow.conditional, law.off, law.exempt, law.is_licence, unless
            table = self.tables[law] = self._alike.setdefault(alike, {})
        at = place(bits, had)
        found = table.get(at)
        if found is None:
            found = table[at] = _chosen(self.asks(law, bits, had))
        return found

    def asks(self, law: Law, bits: int, had: int) -> Iterator[Ask]:
        """Yield the rules that judge under this law, read any of the facts in ``bits``, and are about what there is.

        ``had`` are the facts that ever changed.
        """
        for rule in self._rules:
            changed, needs = _reads(rule, law) & bits, _needs(rule, law)
            if not changed or (needs and not had & facts.SHOWN_BY[needs]):
                continue
            if rule.id in law.off or rule.id in law.exempt or (rule.licences_only and not law.is_licence):
                continue
            of_touched = not changed & ~rule.follows
            yield Ask(rule, rule.number, (rule.number, ""), not changed & ~rule.ends, of_touched, needs)


def _chosen(asks: Iterable[Ask]) -> Choice:
    """Return how rules are asked."""
    once: list[Once] = []
    each: list[Each] = []
    touched: dict[Quiet | None, list[tuple[int, JudgeEach]]] = {}
    each_of_touched: list[Each] = []
    for rule, number, key, may_end, of_touched, needs in asks:
        if rule.judge is not None:
            once.append(Once(number, key, may_end, needs, rule.glance, rule.judge))
        elif rule.judge_each is not None:
            asked = Each(number, key, may_end, needs, rule.glance, rule.judge_each)
            if not of_touched:
                each.append(asked)
            else:
                touched.setdefault(rule.quiet, []).append((number, rule.judge_each))
                each_of_touched.append(asked)
    alike = tuple(Touched(quiet, tuple(many)) for quiet, many in touched.items())
    return Choice(tuple(once), tuple(each), alike, tuple(each_of_touched))


def _reads(rule: Rule, law: Law) -> int:
    """Return the facts a rule reads under a law: those its conditions rest on only where the flow has conditions.

    What reads the close of a case reads that it is open again.
    """
    reads = rule.reads if law.flow.conditional else rule.reads & ~rule.conditional
    return reads | facts.REOPENED if reads & facts.CLOSED else reads


def _needs(rule: Rule, law: Law) -> str:
    """Return the fact a rule is about, empty where a parameter makes it judge without."""
    return "" if rule.needs_unless is not None and law.get(rule.needs_unless) else rule.needs
