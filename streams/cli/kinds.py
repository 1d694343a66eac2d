"""Types of what is written on a command line: a day, an instant, a file, a directory, one of a few words."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

DAY_CHARS = 10


class Day(click.ParamType):
    """A date as ``2026-03-02``."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; refuse what is none."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"「{value}」不是日期；写成 2026-03-02", param, ctx)


class When(click.ParamType):
    """A date or an instant: ``2026-03-02``, ``2026-03-02T15:30``, ``2026-03-02T15:30+08:00``.

    Without a zone it is local to the catalogue; what it is given to knows that zone.
    """

    name = "日期或时刻"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return a date, or a datetime with or without a zone; refuse what is neither."""
        if isinstance(value, date):
            return value
        text = value.strip()
        try:
            return date.fromisoformat(text) if len(text) <= DAY_CHARS else datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"「{value}」不是日期或时刻；写成 2026-03-02 或 2026-03-02T15:30（当地时间）", param, ctx)


class Word(click.ParamType):
    """One of a few words, each of which may have a Chinese name as well."""

    def __init__(self, words: Sequence[str], titles: Sequence[str] = ()) -> None:
        self.words = tuple(words)
        self.titles = tuple(titles)
        self.name = "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word; refuse one that is not among them."""
        text = str(value).strip()
        if text in self.titles:
            return self.words[self.titles.index(text)]
        found = next((word for word in self.words if word.lower() == text.lower()), None)
        if found is None:
            self.fail(f"「{value}」不在可选之列：{'、'.join(self.words)}", param, ctx)
        return found


class Whole(click.ParamType):
    """A whole number, not below ``least``."""

    name = "整数"

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; refuse what is none, or too small."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"「{value}」不是整数", param, ctx)
        if number < self.least:
            self.fail(f"{number} 小于 {self.least}", param, ctx)
        return number


class ReadFile(click.ParamType):
    """A file that is there; ``-`` for standard input where ``stdin``."""

    name = "文件"

    def __init__(self, *, stdin: bool = False) -> None:
        self.stdin = stdin

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the path; refuse one that leads to no file."""
        text = str(value)
        if text == "-" and self.stdin:
            return text
        path = Path(text)
        if path.is_dir():
            self.fail(f"{text} 是目录，不是文件", param, ctx)
        if not path.exists():
            self.fail(f"没有文件 {text}", param, ctx)
        return text


DAY = Day()
WHEN = When()
