"""YAML to plain values that know where they stand.

The nodes are composed first, so each value keeps its line. Scalars are read narrowly: true, false, null and numbers
are that when unquoted, everything else is text (a ``NO`` or a date stays what was written). Keys are text.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from streams.sources.errors import Problem, Unusable

Path_ = tuple[str | int, ...]
"""Path of a value in a document: keys and positions from the top."""
_MOST_VALUES = 100_000
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Document:
    """The values of a YAML file, and the file and line of each."""

    def __init__(self, file: str, values: dict[str, Any], marks: dict[Path_, tuple[str, int]]) -> None:
        self.file = file
        self.values = values
        self._marks = marks

    def problem(self, path: Path_, reason: str) -> Problem:
        """Return the problem of a value, at its line or that of what holds it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self._marks:
                file, line = self._marks[path[:end]]
                return Problem(file, line, written(path), reason)
        return Problem(self.file, None, written(path), reason)

    def drop_events(self, places: set[int]) -> None:
        """Take the events at some places out of the list ``events``."""
        kept = [at for at in range(len(self.values["events"])) if at not in places]
        moved = {was: now for now, was in enumerate(kept)}
        self.values["events"] = [self.values["events"][at] for at in kept]
        self._marks = {
            ("events", moved[path[1]], *path[2:]) if _is_event(path) else path: mark  # type: ignore[index]
            for path, mark in self._marks.items()
            if not _is_event(path) or path[1] in moved
        }

    def over(self, base: "Document") -> "Document":
        """Return this document laid over another: its top keys replace, its ``events`` are added behind."""
        values = {**base.values, **self.values}
        marks = {path: mark for path, mark in base._marks.items() if not path or path[0] not in self.values}  # noqa: SLF001
        shift = 0
        if isinstance(base.values.get("events"), list) and isinstance(self.values.get("events"), list):
            shift = len(base.values["events"])
            values["events"] = [*base.values["events"], *self.values["events"]]
            marks |= {path: mark for path, mark in base._marks.items() if path[:1] == ("events",)}  # noqa: SLF001
        for path, mark in self._marks.items():
            if shift and _is_event(path):
                marks["events", int(path[1]) + shift, *path[2:]] = mark
            else:
                marks[path] = mark
        return Document(self.file, values, marks)


def _is_event(path: Path_) -> bool:
    return len(path) > 1 and path[0] == "events" and isinstance(path[1], int)


def written(path: Path_) -> str:
    """Return a path as it is written in messages: ``events[2].fields.amount``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def load(path: Path) -> Document:
    """Return the document of a YAML file; Unusable where it is no mapping of keys, with every doubled key."""
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as err:
        raise Unusable([Problem(file, None, "", f"cannot be read: {err.strerror}")]) from None
    except UnicodeDecodeError as err:
        raise Unusable([Problem(file, None, "", f"is not UTF-8: {err}")]) from None
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as err:
        line = err.problem_mark.line + 1 if err.problem_mark else None
        raise Unusable([Problem(file, line, "", f"is not YAML: {err.problem}")]) from None
    except (yaml.YAMLError, RecursionError) as err:
        raise Unusable([Problem(file, None, "", f"is not YAML: {err}")]) from None
    if not isinstance(root, yaml.MappingNode):
        raise Unusable([Problem(file, 1, "", "holds no keys")])
    reader = _Reader(file)
    values = reader.value(root, ())
    if reader.problems:
        raise Unusable(reader.problems)
    return Document(file, values, reader.marks)


class _Reader:
    """Turns nodes into values, noting their lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.marks: dict[Path_, tuple[str, int]] = {}
        self.problems: list[Problem] = []
        self._open: list[yaml.Node] = []

    def value(self, node: yaml.Node, path: Path_) -> Any:
        line = node.start_mark.line + 1
        self.marks[path] = (self.file, line)
        if node in self._open or len(self.marks) > _MOST_VALUES:
            reason = "refers to itself" if node in self._open else f"holds more than {_MOST_VALUES} values"
            self.problems.append(Problem(self.file, line, written(path), reason))
            return None
        self._open.append(node)
        try:
            match node:
                case yaml.MappingNode():
                    return dict(self._pairs(node, path))
                case yaml.SequenceNode():
                    return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
                case _:
                    return scalar(node)
        finally:
            self._open.pop()

    def _pairs(self, node: yaml.MappingNode, path: Path_) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, item in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(self.file, line, written(path), "a key must be plain text"))
                continue
            key = key_node.value
            if key in seen:
                self.problems.append(Problem(self.file, line, written((*path, key)), "stands here twice"))
            seen.add(key)
            value = self.value(item, (*path, key))
            self.marks[(*path, key)] = (self.file, line)
            yield key, value


def scalar(node: yaml.Node) -> str | int | float | bool | None:
    """Return the value of a scalar: narrow words and numbers when unquoted, else its text."""
    text = str(node.value)
    if getattr(node, "style", None) is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    for number in (int, float):
        try:
            read = number(text)
        except ValueError:
            continue
        # 007, 1_000, nan and the like are codes or words, not numbers.
        return read if str(read) == text else text
    return text
