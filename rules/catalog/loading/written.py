"""From YAML text to plain values, with the line on which each of them stands.

Values are read from the parser's events, not composed: nesting has a bound, so no file can exhaust the stack.
A plain scalar is null, true, false, a whole number without leading zero, a decimal fraction (exact), else text:
`01` stays a code, `2026-02-30` is left for the field's own type to refuse, `off` is a word. Quoted scalars are text.
Anchors may be used; merge keys, tags, several documents and repeated keys are refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from rules.catalog.loading.problems import Problem

DEEPEST = 40  # a stage's condition is nine levels down; a hundred would be a slip or an attack
LARGEST = 500_000  # values after aliases are written out; an example city has some ten thousand
WHOLE = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,39})")
FRACTION = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,39})\.[0-9]{1,20}")
WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
TEXT_TAG = "tag:yaml.org,2002:str"

SAID = {
    "mapping values are not allowed in this context": "此处不能再写「键: 值」：缩进不齐，或文字里的冒号没有加引号",
    "found character that cannot start any token": "不能以此字符开头（@、`、% 等须加引号）",
    "found a tab character": "缩进只能用空格，不能用制表符",
    "found unexpected end of stream": "引号没有收尾",
    "did not find expected ',' or ']'": "方括号内缺逗号或右括号",
    "did not find expected ',' or '}'": "花括号内缺逗号或右括号",
    "did not find expected node content": "此处缺内容，或括号没有收尾",
    "did not find expected '-' indicator": "列表项须以 - 开头并对齐",
    "did not find expected key": "此处应是一个键，多半是缩进不齐",
    "could not find expected ':'": "键后缺冒号",
    "block sequence entries are not allowed": "此处不能以 - 起列表项，多半是缩进不齐",
    "did not find expected <document start>": "此处多出一行，多半是缩进不齐",
    "did not find expected alphabetic": "& 与 * 开头的文字须加引号",
    "found unknown escape character": "双引号内的反斜杠写法不认识",
    "control characters are not allowed": "有不可见的控制字符",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is written: its line (from 1), and the places of its parts by key or position."""

    line: int
    parts: Mapping[str | int, "Place"] = field(default_factory=dict)

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the part a path leads to; where the path breaks off, that of the last part there is."""
        place = self
        for step in path:
            following = place.parts.get(step)
            if following is None:
                break
            place = following
        return place.line


@dataclass(frozen=True, slots=True)
class Written:
    """The value of a document with its place; None and line 1 for an empty one."""

    value: Any
    place: Place


class _Refused(Exception):
    """The document cannot be read further; raised by the builder, turned into a problem by `read_written`."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


def read_written(text: str, file: str) -> tuple[Written | None, tuple[Problem, ...]]:
    """The document in a text, and what is wrong with it; no document where it cannot be read at all."""
    builder = _Builder(yaml.parse(text, Loader=yaml.CSafeLoader))
    try:
        written = builder.document()
    except _Refused as refused:
        return None, (*_problems(builder, file), Problem(file, refused.line, "", refused.message))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (Problem(file, mark.line + 1 if mark else 1, "", _said(error.problem)),)
    except yaml.reader.ReaderError as error:
        return None, (Problem(file, text.count("\n", 0, error.position) + 1, "", _said(error.reason)),)
    return written, _problems(builder, file)


def _problems(builder: "_Builder", file: str) -> tuple[Problem, ...]:
    return tuple(Problem(file, line, at, message) for line, at, message in builder.problems)


def _said(problem: str | None) -> str:
    """What the parser found, in Chinese where it is a common slip, always with its own words."""
    known = next((said for words, said in SAID.items() if problem and words in problem), "不合 YAML 语法")
    return f"{known}（{problem}）" if problem else known


def path_text(path: Sequence[str | int]) -> str:
    """A path as it is shown: ``matters[3].versions[0].promise.n``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _line(event: Any) -> int:
    """The line of an event, from 1: the parser marks every one of them."""
    line: int = event.start_mark.line
    return line + 1


class _Builder:
    """Builds the one document of a stream of events; `problems` are (line, field, message)."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.problems: list[tuple[int, str, str]] = []
        self._events = events
        self._anchors: dict[str, tuple[Any, Place, int]] = {}
        self._size = 0
        self._path: list[str | int] = []

    def document(self) -> Written:
        """The document; a second one is refused."""
        written = Written(None, Place(1))
        seen = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise _Refused(_line(event), "一个文件只能有一份文档（多出了 ---）")
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                written = Written(*self._value(event, _line(event)))
        return written

    def _value(self, event: Any, line: int) -> tuple[Any, Place]:
        """The value that starts at an event, placed on a line."""
        if isinstance(event, yaml.AliasEvent):
            return self._aliased(event, line)
        before = self._size
        self._grow(1, line)
        if len(self._path) > DEEPEST:
            raise _Refused(line, f"嵌套超过 {DEEPEST} 层")
        if isinstance(event, yaml.ScalarEvent):
            value, place = self._scalar(event), Place(line)
        elif isinstance(event, yaml.SequenceStartEvent):
            value, place = self._sequence(line)
        else:
            value, place = self._mapping(line)
        if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag in {TEXT_TAG, "!"}):
            self._note(line, f"不支持标签 {event.tag}")
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, place, self._size - before)
        return value, place

    def _aliased(self, event: Any, line: int) -> tuple[Any, Place]:
        found = self._anchors.get(event.anchor)
        if found is None:
            raise _Refused(_line(event), f"别名 *{event.anchor} 之前没有写完的锚点 &{event.anchor}")
        value, place, size = found
        self._grow(size, line)
        return value, place

    def _grow(self, size: int, line: int) -> None:
        self._size += size
        if self._size > LARGEST:
            raise _Refused(line, f"内容超过 {LARGEST} 项")

    def _note(self, line: int, message: str) -> None:
        self.problems.append((line, path_text(self._path), message))

    @staticmethod
    def _scalar(event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0] or event.tag is not None:
            return text
        if text in WORDS:
            return WORDS[text]
        if WHOLE.fullmatch(text):
            return int(text)
        return Decimal(text) if FRACTION.fullmatch(text) else text

    def _sequence(self, line: int) -> tuple[list[Any], Place]:
        values: list[Any] = []
        parts: dict[str | int, Place] = {}
        for event in iter(self._next, None):
            if isinstance(event, yaml.SequenceEndEvent):
                break
            self._path.append(len(values))
            value, parts[len(values)] = self._value(event, _line(event))
            self._path.pop()
            values.append(value)
        return values, Place(line, parts)

    def _mapping(self, line: int) -> tuple[dict[str, Any], Place]:
        values: dict[str, Any] = {}
        parts: dict[str | int, Place] = {}
        for event in iter(self._next, None):
            if isinstance(event, yaml.MappingEndEvent):
                break
            at = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(at, "键须是一个词")
            key: str = event.value
            following = self._next()
            self._path.append(key)
            if key in values:
                self._note(at, f"键「{key}」重复，第 {parts[key].line} 行已写过")
            elif key == "<<":
                self._note(at, "不支持合并键 <<，请写全")
            # A key stands for its value: an error in a block below it points at the line of the key.
            values[key], parts[key] = self._value(following, at)
            self._path.pop()
        return values, Place(line, parts)

    def _next(self) -> Any:
        return next(self._events)
