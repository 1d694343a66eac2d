"""What may be wrong in a catalogue, and the one exception of this folder.

CatalogErrors   raised by `load_documents` and `lint.checked`; the caller shows every problem and stops
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops the catalogue from being used, a warning and a notice do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def name_zh(self) -> str:
        """The Chinese word for it."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it is written, what it is.

    ``line`` counts from 1; ``field`` is a path as in ``matters[3].versions[0].promise.n``, empty for the whole file.
    A finding of a configuration rule (CF_*) also carries the rule's id, its subject, the arithmetic and the basis.
    """

    file: str
    line: int
    field: str
    message: str
    severity: Severity = Severity.ERROR
    rule: str | None = None
    subject: str | None = None
    arithmetic: tuple[str, ...] = ()
    basis: str | None = None

    def __str__(self) -> str:
        """The problem on one line: file:line: severity field: message."""
        rule = f" {self.rule}" if self.rule else ""
        field = f" {self.field}" if self.field else ""
        return f"{self.file}:{self.line}: {self.severity.name_zh}{rule}{field}：{self.message}"


class CatalogErrors(Exception):
    """Everything wrong in a catalogue, in the order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join([f"目录有 {len(self.problems)} 处错误：", *map(str, self.problems)]))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line, field and message, each once."""
    return tuple(sorted(set(problems), key=lambda found: (found.file, found.line, found.field, found.message)))
