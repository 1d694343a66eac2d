"""CEL expressions of a mapping: checked and compiled once, evaluated on a record and its case.

What an expression sees:

``row``       the record; a column that is empty or absent is null. ``row['#']`` is its number in its case, from 1
``case``      ``case.id``, and ``case.records``: the records of the case in the order of the log
``given``     the values under ``given``, by name

Handing a record to CEL costs 2 µs a column, so it is handed only the columns some expression names.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import cel

from streams.sources.errors import Unread
from streams.sources.mapping.functions import BUILT_IN, Functions
from streams.sources.stamps import Stamps

_ROOTS = frozenset({"row", "case", "given"})
_TYPES = frozenset({"int", "uint", "double", "string", "bool", "bytes", "list", "map", "null_type", "type"})
_TEXT = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_WORDS = re.compile(rf"//[^\n]*|{_TEXT}|\w+|\S")
_BOUND = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*(\w+)\s*,")
_FAILURES = (RuntimeError, ValueError, TypeError, LookupError, ArithmeticError)


class Mentions:
    """What an expression names: columns, given values, and whether it looks at the case or at the record.

    ``whole`` says that a column is reached by a name worked out, so that none can be left out.
    """

    def __init__(self, source: str) -> None:
        words = [word for word in _WORDS.findall(source) if not word.startswith("//")]
        self.columns: set[str] = set()
        self.given: set[str] = set()
        self.whole = False
        for at, word in enumerate(words):
            before = words[at - 1] if at else ""
            after, behind = words[at + 1 : at + 2], words[at + 2 : at + 3]
            if word == "." and after and re.match(r"[A-Za-z_]", after[0]) and behind != ["("]:
                if before == "given":
                    self.given.add(after[0])
                elif before != "case":
                    self.columns.add(after[0])
            elif word == "[" and before != "in" and re.match(r"[\w\])]", before):
                if after and after[0][0] in "'\"" and behind == ["]"]:
                    self.columns.add(_unquoted(after[0]))
                elif not (after and after[0].isdigit()):
                    self.whole = True
        roots = {word for at, word in enumerate(words) if not at or words[at - 1] != "."}
        self.case = "case" in roots
        self.row = "row" in roots


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


class Expression:
    """One compiled expression."""

    def __init__(self, source: str, scope: "Scope") -> None:
        self.source = source
        self.mentions = Mentions(source)
        self._program = cel.compile(source)
        self._scope = scope

    def complaints(self, given: Sequence[str]) -> list[str]:
        """Return the names it uses that are not there: variables, functions, given values."""
        bound = set(_BOUND.findall(self.source))
        known = _ROOTS | bound | _TYPES
        functions = BUILT_IN | self._scope.functions
        names = [name for name in self._program.variables() if name not in known]
        calls = [name for name in self._program.functions() if name[:1].isalpha() and name not in functions]
        return [
            *(f"no variable {name!r}; there are row, case and given" for name in names),
            *(f"no function {name!r}" for name in calls),
            *(f"no given value {name!r} before it" for name in sorted(self.mentions.given - set(given))),
        ]

    def value(self) -> Any:
        """Return its value on the record and case the scope stands on; Unread says why there is none."""
        scope = self._scope
        scope.hand_over(self.mentions)
        try:
            found = self._program.execute(scope.context)
        except _FAILURES as err:
            raise Unread(f"{scope.taken_trouble() or _said(err)}（表达式 {self.source!r:.120}）") from None
        if why := scope.taken_trouble():
            raise Unread(f"{why}（表达式 {self.source!r:.120}）")
        return _plain(found, self.source)

    def holds(self) -> bool:
        """Return whether it is true; Unread where it is neither true nor false."""
        found = self.value()
        if not isinstance(found, bool):
            raise Unread(f"应为真或假，得到 {found!r:.40}（表达式 {self.source!r:.120}）")
        return found


class Scope:
    """Where the expressions of one mapping stand: the case, the record, and what was given."""

    def __init__(self, stamps: Stamps) -> None:
        self._functions = Functions(stamps)
        named = self._functions.named()
        self.functions = frozenset(named)
        self.context = cel.Context(variables={}, functions=named)
        self._columns: set[str] = set()
        self._whole = False
        self._row: Mapping[str, Any] = {}
        self._records: Sequence[Mapping[str, Any]] = ()
        self._case_id = ""
        self._given: dict[str, Any] = {}
        self._failed: dict[str, str] = {}
        self._stale = {"row", "case", "given"}

    def expect(self, mentions: Mentions) -> None:
        """Take note of the columns an expression will ask for; before the first record."""
        self._columns |= mentions.columns
        self._whole = self._whole or mentions.whole

    def enter_case(self, case_id: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Stand on a case."""
        self._case_id, self._records = case_id, records
        self._given, self._failed = {}, {}
        self._stale |= {"case", "given"}

    def enter_record(self, values: Mapping[str, Any]) -> None:
        """Stand on a record of the case."""
        self._row = values
        self._stale.add("row")

    def give(self, name: str, expression: Expression) -> None:
        """Work out a given value; a failure is told to whoever asks for it."""
        self._stale.add("given")
        self._failed.pop(name, None)
        try:
            self._given[name] = expression.value()
        except Unread as err:
            self._given[name] = None
            self._failed[name] = str(err)

    def hand_over(self, mentions: Mentions) -> None:
        """Make what an expression names visible to it."""
        for name in mentions.given & self._failed.keys():
            raise Unread(f"given.{name}：{self._failed[name]}")
        stale = self._stale
        if not stale:
            return
        if mentions.row and "row" in stale:
            self.context.add_variable("row", self._seen(self._row))
            stale.discard("row")
        if mentions.case and "case" in stale:
            records = [self._seen(record) for record in self._records]
            self.context.add_variable("case", {"id": self._case_id, "records": records})
            stale.discard("case")
        if mentions.given and "given" in stale:
            self.context.add_variable("given", self._given)
            stale.discard("given")

    def taken_trouble(self) -> str:
        """Return what went wrong in functions since it was last asked, empty where nothing did."""
        trouble = self._functions.trouble
        if not trouble:
            return ""
        said = "；".join(dict.fromkeys(trouble))
        trouble.clear()
        return said

    def _seen(self, values: Mapping[str, Any]) -> dict[str, Any]:
        if self._whole:
            return dict.fromkeys(self._columns) | dict(values)
        return {name: values.get(name) for name in self._columns}


def _said(err: Exception) -> str:
    said = str(err).split("\n")[0]
    return f"没有名为 {said} 的值" if isinstance(err, KeyError) else said


def _plain(found: Any, source: str) -> Any:
    """Return a value of CEL as plain text, number, flag, list or table."""
    match found:
        case None | bool() | int() | float() | str():
            return found
        case datetime():
            return found.isoformat()
        case list():
            return [_plain(item, source) for item in found]
        case dict():
            return {str(name): _plain(item, source) for name, item in found.items()}
        case cel.OptionalValue():
            return _plain(found.value(), source) if found.has_value() else None
        case timedelta() | _:
            raise Unread(f"得到 {type(found).__name__}，不是字段能取的值（表达式 {source!r:.120}）")
