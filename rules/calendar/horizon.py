"""How far a set of editions can be trusted (日历确定期).

The notice for a year appears in the autumn before and may move the last days of December: the earliest day one ever
moved is 29 December (2007 and 2018). So the editions of year Y are certain through 25 December Y until those of Y+1
are there; beyond, and before the first year, only the plain week is assumed, and the answer says so.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rules.calendar.edition import Edition
from rules.calendar.errors import CalendarError

LAST_CERTAIN_DAY = (12, 25)


class Horizon(NamedTuple):
    """The first and the last certain day, and what is assumed before and after them.

    Where nothing is certain the last day lies before the first.
    """

    since: int
    through: int
    assumed_before: str
    assumed_after: str


def horizon(editions: Sequence[Edition], known_editions: Sequence[Edition]) -> Horizon:
    """The certain days of the known editions; a year counts if every region among `editions` has a notice for it.

    Raises CalendarError if a region's years leave a gap: a year left out by mistake must not look like a plain one.
    """
    regions = dict.fromkeys(edition.region for edition in editions)
    years = None
    for region in regions:
        _refuse_gaps(region, {edition.year for edition in editions if edition.region == region})
        noticed = {edition.year for edition in known_editions if edition.region == region}
        years = noticed if years is None else years & noticed
    if not years:
        first = min(edition.year for edition in editions)
        since = date(first, 1, 1).toordinal()
        text = f"{_places(regions)}尚无已公布的放假安排：只按周一至周五计，未计节假日与调休"
        return Horizon(since, since - 1, text, text)
    first, last = min(years), _last_of_run(years)
    return Horizon(
        since=date(first, 1, 1).toordinal(),
        through=date(last, *LAST_CERTAIN_DAY).toordinal(),
        assumed_before=f"{_places(regions)}未载入{first - 1}年及以前的放假安排：此前只按周一至周五计，未计节假日与调休",
        assumed_after=(
            f"{_places(regions)}未载入{last + 1}年放假安排：{last}年12月26日起只按周一至周五计，未计节假日与调休"
        ),
    )


def _refuse_gaps(region: str, years: set[int]) -> None:
    missing = sorted(set(range(min(years), max(years) + 1)) - years)
    if missing:
        raise CalendarError(f"工作日历 {region}：缺 {'、'.join(map(str, missing))} 年的放假安排")


def _last_of_run(years: set[int]) -> int:
    last = min(years)
    while last + 1 in years:
        last += 1
    return last


def _places(regions: dict[str, None]) -> str:
    return "日历 " + "+".join(regions) + " "
