"""What goes wrong with a source.

SourceError
├── Unusable   a mapping, or the paths: said before anything is read, with every problem
├── Broken     a file ends before its end: what was read stands, the rest is put aside
├── Misfit     a table is not what the mapping speaks of: put aside whole
├── Refused    a log holds what is not read: what was read stands, the rest is put aside
└── Unread     a value cannot be had: a defect of its field, or the record is put aside

None of them leaves this folder but ``Unusable``. A record without its place is ``rules.events.decode.Unplaceable``.
"""

from typing import NamedTuple


class SourceError(ValueError):
    """Base of what goes wrong with a source; ``reason`` says it to an operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Problem(NamedTuple):
    """One thing wrong with a file: where, in which field, and what."""

    file: str
    line: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"


class Unusable(SourceError):
    """A mapping or a path cannot be used. Raised by ``open_source``; the caller prints ``problems``, one a line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Broken(SourceError):
    """A file cannot be read further. Raised by ``blocks``; readers put the rest aside as one record."""


class Misfit(SourceError):
    """A header is unreadable or lacks a column. Raised while a table is read, which is put aside as one record."""

    def __init__(self, reason: str, line: int | None, raw: bytes) -> None:
        super().__init__(reason)
        self.line = line
        self.raw = raw


class Refused(SourceError):
    """An XES log declares entities, or has a tag without end. The XES reader puts the rest aside as one record."""


class Unread(SourceError):
    """A value cannot be had from a record. Raised while it is mapped; noted as a defect where the event can stand."""
