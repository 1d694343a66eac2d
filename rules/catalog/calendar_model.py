"""The YAML form of a working calendar (工作日历): one document a region, one entry a notice.

Days are written `2025-10-01 国庆节` or `2025-01-28..2025-02-04 春节`; the name is optional. What a notice does not
mention follows the plain week. A region with holidays of its own (民族自治地方, 全国年节及纪念日放假办法 4) writes
only those, in a document that `extends` another. `rules.catalog.calendar_build` makes a `WorkCalendar` of them.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.calendar import AfterHoursPolicy, Edition, OfficeSeason
from rules.calendar.edition import is_weekday
from rules.calendar.horizon import LAST_CERTAIN_DAY
from rules.catalog.models.base import Basis, Code, InForce, Model, Text

SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?(?:\s+(\S.*))?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
MINUTES_A_DAY = 24 * 60

Region = Annotated[Code, Field(pattern=r"^[0-9A-Z]{2,12}$")]
"""A region (行政区划代码): the first 2 to 12 digits of its code, or CN for the nation."""


class DaySpan(Model):
    """The days `first` to `last`, both included, with the name of the holiday they belong to."""

    first: date
    last: date
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        """Take a YAML date, or text as the module describes; leave a mapping to the fields."""
        if isinstance(value, date):
            return {"first": value, "last": value}
        if not isinstance(value, str):
            return value
        found = SPAN.fullmatch(value.strip())
        if found is None:
            raise ValueError(f"「{value}」不是日期：写作 2025-10-01 或 2025-10-01..2025-10-08，后可空格接节日名")
        first, last, name = found.groups()
        return {"first": first, "last": last or first, "name": name or ""}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"{self.first}..{self.last}：末日在首日之前")
        return self

    def days(self) -> range:
        """The days as ordinals."""
        return range(self.first.toordinal(), self.last.toordinal() + 1)


class CalendarEdition(Model):
    """One notice (节假日安排通知) for one year: `off` without work, `work` weekend days worked (调休上班).

    A notice that changes a year already published states only what it changes; `cancel` are days that follow the
    plain week again. `signed` is the notice's date, `published` the day it became known: it counts from then on.
    """

    year: int = Field(ge=1949, le=2999)
    notice: Text
    notice_no: Text | None
    """文号; null where it is not known, never invented."""

    published: date
    signed: date | None = None
    source: Text | None = None
    off: tuple[DaySpan, ...] = ()
    work: tuple[DaySpan, ...] = ()
    cancel: tuple[DaySpan, ...] = ()
    note: Text | None = None

    @property
    def basis(self) -> str:
        """The notice as a card cites it."""
        return f"《{self.notice}》" + (f"（{self.notice_no}）" if self.notice_no else "")

    @model_validator(mode="before")
    @classmethod
    def _off_is_a_word(cls, value: Any) -> Any:
        """Put right what YAML 1.1 makes of an unquoted key `off`: false."""
        if isinstance(value, dict) and False in value and "off" not in value:
            return {"off" if key is False else key: entry for key, entry in value.items()}
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        off, work, cancel = _ordinals(self.off), _ordinals(self.work), _ordinals(self.cancel)
        stated = off | work | cancel
        # The last days of December belong to the next year's notice, none before the 26th: see rules.calendar.horizon.
        first = date(self.year - 1, *LAST_CERTAIN_DAY) + timedelta(days=1)
        wrong = [
            *(f"{_iso(day)} 写了不止一次" for day in sorted(_repeated(self.off, self.work, self.cancel))),
            *(f"{_iso(day)} 是周一至周五，不能是调休上班日" for day in sorted(work) if is_weekday(day)),
            *(
                f"{_iso(day)} 不归 {self.year} 年的通知（{first} 至 {self.year}-12-31）"
                for day in sorted(stated)
                if not first.toordinal() <= day <= date(self.year, 12, 31).toordinal()
            ),
            *(
                f"{_iso(day)} 早于公布日 {self.published}：过去的日子由当日有效的版本计算"
                for day in sorted(stated)
                if day < self.published.toordinal()
            ),
        ]
        if self.signed is not None and self.published < self.signed:
            wrong.append(f"公布日 {self.published} 早于成文日期 {self.signed}")
        _refuse(wrong)
        return self

    def edition(self, region: str) -> Edition:
        """The notice in the form the calendar is built from."""
        names = {day: span.name for span in (*self.off, *self.work) for day in span.days()}
        return Edition(
            region=region,
            year=self.year,
            published=self.published.toordinal(),
            off=_ordinals(self.off),
            work=_ordinals(self.work),
            cancelled=_ordinals(self.cancel),
            basis=self.basis,
            names=names,
        )


def _minutes(value: Any) -> Any:
    """Minutes after midnight: of "08:30", or of 840, which is how YAML 1.1 reads an unquoted 14:00."""
    if not isinstance(value, str):
        return value
    found = CLOCK.fullmatch(value.strip())
    if found is None or int(found[2]) >= 60:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"「{value}」不是钟点：写作 08:30")
    return int(found[1]) * 60 + int(found[2])


Minutes = Annotated[int, BeforeValidator(_minutes), Field(ge=0, le=MINUTES_A_DAY)]


class OfficeHours(InForce):
    """Opening hours (办公时间) from a date until another (exclusive): one window, or two around a break at noon."""

    am: tuple[Minutes, Minutes] | None = None
    pm: tuple[Minutes, Minutes] | None = None
    basis: Basis

    @model_validator(mode="after")
    def _windows_ordered(self) -> Self:
        times = [*(self.am or ()), *(self.pm or ())]
        wrong = []
        if not times:
            wrong.append("上午、下午至少写一个时段")
        if times != sorted(set(times)):
            wrong.append("时段须先后有序、互不重叠")
        _refuse(wrong)
        return self

    def season(self) -> OfficeSeason:
        """The hours in the form the calendar is built from."""
        until = None if self.until is None else self.until.toordinal()
        return OfficeSeason(self.from_.toordinal(), until, tuple(w for w in (self.am, self.pm) if w is not None))


class CalendarDoc(Model):
    """The calendar of one region; what it leaves out (zone, hours, after-hours policy) the extended one provides."""

    region: Region
    extends: Region | None = None
    zone: Text | None = None
    editions: tuple[CalendarEdition, ...] = ()
    office_hours: tuple[OfficeHours, ...] = ()
    after_hours_policy: AfterHoursPolicy | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        wrong = []
        if self.extends is None and not self.editions:
            wrong.append("没有 extends 的日历必须有 editions")
        keys = [(edition.year, edition.published) for edition in self.editions]
        wrong += [f"{year} 年有两版同在 {day} 公布" for year, day in sorted(set(keys)) if keys.count((year, day)) > 1]
        years = {year for year, _ in keys}
        missing = set(range(min(years, default=0), max(years, default=0))) - years
        wrong += [f"缺 {year} 年：各年的放假安排须首尾相接" for year in sorted(missing)]
        seasons = sorted((hours.season() for hours in self.office_hours), key=lambda season: season.since)
        for one, other in pairwise(seasons):
            if one.until is None or other.since < one.until:
                wrong.append(f"{_iso(other.since)} 起的办公时间与前一段重叠")
        _refuse(wrong)
        return self


def _ordinals(spans: Iterable[DaySpan]) -> frozenset[int]:
    return frozenset(day for span in spans for day in span.days())


def _repeated(*lists: tuple[DaySpan, ...]) -> set[int]:
    days = [day for spans in lists for span in spans for day in span.days()]
    return {day for day in days if days.count(day) > 1}


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _refuse(wrong: Sequence[str]) -> None:
    if wrong:
        raise ValueError("；".join(wrong))
