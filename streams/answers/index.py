"""The answer files (答案): ``INDEX.csv`` says what each holds, one line a file."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

INDEX = "INDEX.csv"
NEEDED = ("file", "log", "rule", "violations_rows", "population")
Row = Mapping[str, str]


class BadAnswers(ValueError):
    """An answer file cannot be read, or is not what the index says. Raised while they are read; shown to the caller."""


class AnswerFile(msgspec.Struct, frozen=True):
    """One answer file: its log, what it asks, how many rows it has and out of how many (None: not said)."""

    file: str
    log: str
    rule: str
    rows: int | None
    population: int | None


def read_index(directory: Path) -> tuple[AnswerFile, ...]:
    """Return the answer files of a directory, those of the index first, then those it does not list.

    Raises BadAnswers with file, line and column.
    """
    listed = [_listed(directory, line, row) for line, row in enumerate(read_rows(directory / INDEX, NEEDED), 2)]
    known = {one.file for one in listed}
    others = sorted(path.name for path in directory.glob("*__*.csv") if path.name not in known)
    return (*listed, *(_unlisted(name) for name in others))


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a table that must have some columns; BadAnswers where it cannot be read or lacks one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in columns if column not in (rows.fieldnames or ())]
            if missing:
                raise BadAnswers(f"{path}:1: 缺少列 {'、'.join(missing)}")
            return [{name: value or "" for name, value in row.items() if name is not None} for row in rows]
    except FileNotFoundError:
        raise BadAnswers(f"没有文件 {path}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadAnswers(f"{path}: 读不出：{error}") from None


def _listed(directory: Path, line: int, row: Row) -> AnswerFile:
    where = f"{directory / INDEX}:{line}"
    if not row["file"] or Path(row["file"]).name != row["file"]:
        raise BadAnswers(f"{where}: file: 应是本目录中的文件名，不是「{row['file']}」")
    rows, population = (_count(where, name, row[name]) for name in ("violations_rows", "population"))
    return AnswerFile(row["file"], row["log"], row["rule"], rows, population)


def _unlisted(name: str) -> AnswerFile:
    log, _, rule = name.removesuffix(".csv").partition("__")
    return AnswerFile(name, log, rule, None, None)


def _count(where: str, column: str, text: str) -> int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise BadAnswers(f"{where}: {column}: 应是整数，不是「{text}」") from None
