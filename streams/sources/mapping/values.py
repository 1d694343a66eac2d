"""A field of an event from a column, a constant, an expression: read, mapped, and turned into what the field takes."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, assert_never

from streams.sources.errors import Unread
from streams.sources.mapping.model import Numbers
from streams.sources.mapping.targets import Takes
from streams.sources.records import Record
from streams.sources.stamps import Stamps

Read = Callable[[Record], Any]
"""Reads a value from a record: None where nothing is there, Unread where it cannot be had."""

_YES = frozenset({"true", "t", "1", "yes", "y", "是"})
_NO = frozenset({"false", "f", "0", "no", "n", "否"})


def text_of(value: Any) -> str:
    """Return a plain value as text: true and false in small letters, a whole float without its point."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def mapped(read: Read, table: Mapping[str, Any], name: str, unknown: Any) -> Read:
    """Return a reader that looks a value up; what the table lacks becomes ``unknown``, or is Unread."""

    def look_up(record: Record) -> Any:
        value = read(record)
        if value is None:
            return None
        found = table.get(text_of(value), unknown)
        if found is None:
            raise Unread(f"值 {value!r:.60} 不在{name}中")
        return found

    return look_up


def mapped_by(read: Read, by: Read, tables: Mapping[str, Mapping[str, Any]], name: str, unknown: Any) -> Read:
    """Return a reader that looks a value up in the table of where the record came from."""

    def look_up(record: Record) -> Any:
        value = read(record)
        if value is None:
            return None
        origin = by(record)
        table = tables.get(text_of(origin))
        if table is None:
            raise Unread(f"{name}没有来源 {origin!r:.40} 的表")
        found = table.get(text_of(value), unknown)
        if found is None:
            raise Unread(f"值 {value!r:.60} 不在{name}（来源 {origin!r:.40}）中")
        return found

    return look_up


def otherwise(read: Read, default: Any) -> Read:
    """Return a reader with a value for where nothing is there."""

    def fill(record: Record) -> Any:
        value = read(record)
        return default if value is None else value

    return fill


def needed(read: Read) -> Read:
    """Return a reader for which it is a defect that nothing is there."""

    def ask(record: Record) -> Any:
        value = read(record)
        if value is None:
            raise Unread("缺失")
        return value

    return ask


def turned(read: Read, turn: Callable[[Any], Any]) -> Read:
    """Return a reader that turns what is there into what the field takes."""

    def take(record: Record) -> Any:
        value = read(record)
        return None if value is None or value == "" else turn(value)

    return take


class Turns:
    """Turns plain values into what fields take: for one log's stamps and way of writing numbers."""

    def __init__(self, stamps: Stamps, numbers: Numbers) -> None:
        self.stamps = stamps
        self.numbers = numbers

    def into(self, takes: Takes, stamps: Stamps, places: int | None) -> Callable[[Any], Any]:
        """Return the turn into what a field takes; it raises Unread."""
        match takes:
            case Takes.TEXT | Takes.CODE:
                return text_of
            case Takes.STAMP:
                return lambda value: read_stamp(stamps, value).text
            case Takes.DUE:
                return lambda value: read_stamp(stamps, value).due
            case Takes.DATE:
                return lambda value: read_stamp(stamps, value).day
            case Takes.WHOLE:
                return self.whole
            case Takes.AMOUNT:
                return lambda value: self.amount(value, places)
            case Takes.FLAG:
                return flag
            case Takes.TEXTS:
                return texts
            case Takes.TABLE:
                return table
            case _:
                assert_never(takes)

    def whole(self, value: Any) -> int:
        """Return a whole number; 30.0 is one, 30.5 is not."""
        number = self.amount(value, None)
        if number != number.to_integral_value():
            raise Unread(f"不是整数：{value!r:.60}")
        return int(number)

    def amount(self, value: Any, places: int | None) -> Decimal:
        """Return a decimal number, rounded half away from zero where the mapping says to how many places."""
        text = text_of(value).strip()
        if self.numbers.thousands and isinstance(value, str):
            text = text.replace(self.numbers.thousands, "")
        if self.numbers.decimal == "," and isinstance(value, str):
            text = text.replace(",", ".")
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or "_" in text:
            raise Unread(f"不是数：{value!r:.60}")
        return number if places is None else number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def read_stamp(stamps: Stamps, value: Any) -> Any:
    """Return the stamp of a value; Unread names the forms that were tried."""
    try:
        return stamps.read(text_of(value))
    except ValueError as err:
        raise Unread(str(err)) from None


def flag(value: Any) -> bool:
    """Return true or false: as such, or as a word for yes or no."""
    word = text_of(value).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unread(f"不是是或否：{value!r:.60}")


def texts(value: Any) -> list[str]:
    """Return a list of texts; a single one makes a list of one."""
    if isinstance(value, list):
        return [text_of(item) for item in value if item is not None]
    return [text_of(value)]


def table(value: Any) -> dict[str, str]:
    """Return a table of texts, without the names that hold nothing."""
    if not isinstance(value, dict):
        raise Unread(f"不是表：{value!r:.60}")
    return {str(name): text_of(item) for name, item in value.items() if item is not None}
