"""Common parts of what people write about the law."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator


class Model(BaseModel):
    """A frozen document model; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _text(value: object) -> object:
    """Return numbers as text: YAML reads ``370100`` or ``2026.10`` as a number."""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _no_flag(value: object) -> object:
    """Refuse true and false where a number is meant; Python would count them as 1 and 0."""
    if isinstance(value, bool):
        raise ValueError(f"「{str(value).lower()}」：应是整数")  # noqa: TRY004 - pydantic gathers ValueErrors
    return value


def _no_float(value: object) -> object:
    """Return money and shares as written: a YAML float has already lost its decimals, its shortest text has not."""
    return str(value) if isinstance(value, float) else value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[Text, BeforeValidator(_text)]
Basis = Text
Count = Annotated[int, BeforeValidator(_no_flag)]
Yuan = Annotated[Decimal, BeforeValidator(_no_float), Field(ge=0, decimal_places=2, max_digits=16)]
Number = Annotated[Decimal, BeforeValidator(_no_float)]


class Unit(StrEnum):
    """Unit of a limit (时限单位): 工作日、自然日、小时、办公小时、月."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"
    HOUR = "hour"
    OFFICE_HOUR = "office_hour"
    MONTH = "month"


IN_DAYS = (Unit.WORKING_DAY, Unit.NATURAL_DAY)
"""Units of which so many are never fewer calendar days."""
UNIT_NAMES = {
    Unit.WORKING_DAY: "个工作日",
    Unit.NATURAL_DAY: "个自然日",
    Unit.HOUR: "小时",
    Unit.OFFICE_HOUR: "个办公小时",
    Unit.MONTH: "个月",
}


class Roll(StrEnum):
    """Where a natural-day or monthly limit ends that ends on a day off (民法典 203)."""

    NEXT_WORKING_DAY = "next_working_day"
    NONE = "none"


LONGEST = 100_000  # units; some eleven years of hours: more is a slip of the pen


class Limit(Model):
    """A limit (时限): so many units. Working days unless it says otherwise (行政许可法 82)."""

    n: Count = Field(ge=0, le=LONGEST)
    unit: Unit = Unit.WORKING_DAY
    roll: Roll = Roll.NEXT_WORKING_DAY

    def __str__(self) -> str:
        return f"{self.n}{UNIT_NAMES[self.unit]}"


class InForce(Model):
    """Something in force from a date, until another (exclusive)."""

    from_: date = Field(default=date(1949, 10, 1), alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"until {self.until} 不晚于 from {self.from_}（until 是失效的第一天）")
        return self

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first day (ordinal) in force and the first no longer; asked of every charge, so reckoned once."""
        return self.from_.toordinal(), date.max.toordinal() + 1 if self.until is None else self.until.toordinal()

    def covers(self, day: int) -> bool:
        """Return whether it is in force on a day (ordinal)."""
        first, end = self.span
        return first <= day < end
