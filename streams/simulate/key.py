"""The answer key (答案): which cards must stand at the end, and which near-misses must stay quiet."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rules.events.words import Level

COLUMNS = ("rule_id", "case_id", "subject", "level", "org_code", "note", "expect")
FOUND, QUIET = "found", "quiet"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line: a card that must be there with its level, or (``expect`` quiet) one that must not.

    ``case_id`` is the scope of the card: a case, or the agency where the rule is about agencies. A quiet line without
    a subject speaks of every subject. ``note`` says in Chinese what was planted.
    """

    rule_id: str
    case_id: str
    subject: str
    level: str
    org_code: str
    note: str
    expect: str = FOUND

    def row(self) -> tuple[str, ...]:
        """Return the line as text, in the order of the columns."""
        return (self.rule_id, self.case_id, self.subject, self.level, self.org_code, self.note, self.expect)


def found(rule_id: str, case_id: str, subject: str, level: Level, org_code: str, *, note: str) -> Answer:
    """Return the line of a card that must be there."""
    return Answer(rule_id, case_id, subject, level.code, org_code, note)


def quiet(rule_id: str, case_id: str, org_code: str, *, note: str, subject: str = "") -> Answer:
    """Return the line of a card that must not be there."""
    return Answer(rule_id, case_id, subject, "", org_code, note, QUIET)


def write_answers(path: Path, answers: Iterable[Answer]) -> int:
    """Write the key as CSV, sorted; return how many lines it has."""
    lines = sorted({answer.row() for answer in answers})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines)
    return len(lines)
