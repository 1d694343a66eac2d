"""Parameters of rules (阈值): the numbers no text of law fixes, declared once with unit, default and basis."""

from dataclasses import KW_ONLY, dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Generic, TypeVar, assert_never, cast

from rules.events.words import Level

T = TypeVar("T")


class ParamKind(StrEnum):
    """What values a parameter takes."""

    COUNT = "count"
    DAYS = "days"
    MINUTES = "minutes"
    NUMBER = "number"
    LEVEL = "level"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Param(Generic[T]):
    """A parameter ``RULE_ID.name``: kind, default, unit, basis; ``optional`` ones may be None (switched off)."""

    id: str
    title: str
    kind: ParamKind
    _: KW_ONLY
    default: T
    basis: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    optional: bool = False

    def read(self, value: Any) -> T:
        """Return a written value as this parameter's type; ValueError says what was expected."""
        if value is None:
            if not self.optional:
                raise ValueError(f"{self.id} may not be empty")
            return cast("T", None)
        read = self._read(value)
        if read is None:
            wanted = "、".join(self.choices) or self.kind.value
            raise ValueError(f"{self.id} wants {wanted}, not {value!r}")
        return cast("T", read)

    def _read(self, value: Any) -> Any:
        match self.kind:
            case ParamKind.COUNT | ParamKind.DAYS | ParamKind.MINUTES:
                return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
            case ParamKind.NUMBER:
                return _number(value)
            case ParamKind.LEVEL:
                return Level.__members__.get(value.upper()) if isinstance(value, str) else None
            case ParamKind.FLAG:
                return value if isinstance(value, bool) else None
            case ParamKind.CHOICE:
                return value if value in self.choices else None
            case never:
                assert_never(never)


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 and not isinstance(value, bool) else None
