"""How far cards agree with an answer key: recall and precision per rule, and the cases that differ.

A card counts as found unless it was withdrawn (it was never true) or merged into another. What was merged, and the
further grounds of a card, is neutral: it answers a row of the key that asks for it, and never counts against anyone.
Rules of which the key says nothing are not compared, unless the key is said to be complete.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.events.words import Level


@dataclass(frozen=True, slots=True)
class Claim:
    """A card as far as a key speaks of it; ``neutral``: merged, or a further ground of another card."""

    rule_id: str
    case_id: str
    subject: str
    level: Level | None
    neutral: bool = False
    card_id: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row of the key. An empty ``case_id`` or ``subject`` leaves it open; ``quiet``: nothing may be found here."""

    rule_id: str
    case_id: str
    subject: str
    level: Level | None = None
    quiet: bool = False
    note: str = ""
    line: int = 0


class Kind(StrEnum):
    """How found and wanted differ."""

    MISSED = "漏报"
    SURPLUS = "多报"
    NOT_QUIET = "误报"
    LEVEL = "级别"


@dataclass(frozen=True, slots=True)
class Difference:
    """One case that differs: what was wanted (None: nothing), what was found (None: nothing)."""

    kind: Kind
    rule_id: str
    case_id: str
    subject: str
    wanted: Wanted | None
    found: Claim | None


@dataclass(frozen=True, slots=True)
class Score:
    """The agreement on one rule: rows wanted and hit, cards found and right, near-misses and those kept quiet."""

    rule_id: str
    wanted: int
    hit: int
    found: int
    right: int
    quiet: int
    kept_quiet: int

    @property
    def recall(self) -> float | None:
        """Return the share of wanted rows that were found; None where nothing was wanted."""
        return self.hit / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """Return the share of found cards that were wanted; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def perfect(self) -> bool:
        """Return whether nothing was missed, nothing surplus, and every near-miss stayed quiet."""
        return (self.hit, self.right, self.kept_quiet) == (self.wanted, self.found, self.quiet)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The scores by rule, the differences, and how many found cards the key says nothing about, by rule."""

    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]
    not_compared: Mapping[str, int]

    @property
    def holds(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def agreement(claims: Iterable[Claim], key: Sequence[Wanted], *, complete: bool = False) -> Agreement:
    """Return how cards agree with a key; ``complete``: what it does not list must not be found, whatever the rule."""
    by_rule: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_rule[claim.rule_id].append(claim)
    rows: dict[str, list[Wanted]] = defaultdict(list)
    for row in key:
        rows[row.rule_id].append(row)
    compared = sorted({*rows, *by_rule} if complete else rows)
    scores: list[Score] = []
    differences: list[Difference] = []
    for rule_id in compared:
        score, found = _of_rule(rule_id, by_rule.get(rule_id, []), rows.get(rule_id, []))
        scores.append(score)
        differences += found
    left = {rule_id: _count(claims) for rule_id, claims in sorted(by_rule.items()) if rule_id not in compared}
    return Agreement(tuple(scores), tuple(differences), {rule_id: count for rule_id, count in left.items() if count})


def _of_rule(rule_id: str, claims: Sequence[Claim], rows: Sequence[Wanted]) -> tuple[Score, list[Difference]]:
    index = _Index(claims)
    differences: list[Difference] = []
    answered: set[Claim] = set()
    hits = 0
    wanted = [row for row in rows if not row.quiet]
    for row in wanted:
        matching = index.matching(row)
        if not matching:
            differences.append(Difference(Kind.MISSED, rule_id, row.case_id, row.subject, row, None))
            continue
        hits += 1
        answered.update(matching)
        if row.level is not None and all(claim.level is not row.level for claim in matching):
            differences.append(Difference(Kind.LEVEL, rule_id, row.case_id, row.subject, row, matching[0]))
    broken = 0
    quiet = [row for row in rows if row.quiet]
    for row in quiet:
        loud = [claim for claim in index.matching(row) if not claim.neutral and claim not in answered]
        broken += bool(loud)
        for claim in loud:
            answered.add(claim)
            differences.append(Difference(Kind.NOT_QUIET, rule_id, claim.case_id, claim.subject, row, claim))
    surplus = [claim for claim in claims if not claim.neutral and claim not in answered]
    differences += [Difference(Kind.SURPLUS, rule_id, one.case_id, one.subject, None, one) for one in surplus]
    found = _count(claims)
    wrong = sum(1 for one in differences if one.kind in {Kind.SURPLUS, Kind.NOT_QUIET})
    score = Score(rule_id, len(wanted), hits, found, found - wrong, len(quiet), len(quiet) - broken)
    return score, differences


class _Index:
    """The claims of one rule by case, and by subject for keys that name no case."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._of_case: dict[str, list[Claim]] = defaultdict(list)
        self._of_subject: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            self._of_case[claim.case_id].append(claim)
            self._of_subject[claim.subject].append(claim)

    def matching(self, row: Wanted) -> list[Claim]:
        """Return the claims a row asks about, those that count before the neutral ones."""
        if row.case_id:
            found = self._of_case.get(row.case_id, [])
            found = [claim for claim in found if not row.subject or claim.subject == row.subject]
        else:
            found = self._of_subject.get(row.subject, [])
        return sorted(found, key=lambda claim: claim.neutral)


def _count(claims: Collection[Claim]) -> int:
    return sum(1 for claim in claims if not claim.neutral)
