"""What may be wrong with settings.

SettingsErrors   everything wrong with them, raised before anything starts; the caller shows each line and stops
"""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong: where it is written (file and line, or the variable), which field, what it is."""

    where: str
    field: str
    message: str

    def __str__(self) -> str:
        """The problem on one line."""
        return "：".join(part for part in self if part)


class SettingsErrors(Exception):
    """Settings that cannot be used. Raised by ``load_settings`` and where a file they name cannot be read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(["设置有误：", *map(str, self.problems)]))
