"""From calendar documents to the `WorkCalendar` of a region.

A calendar stands on every document its own `extends`, the nation's at the bottom; of two notices that speak of one
day the later published one holds, and a year is certain only when each region of the chain has a notice for it.
"""

from collections.abc import Sequence

from rules.calendar import AfterHoursPolicy, CalendarError, WorkCalendar
from rules.catalog.calendar_model import CalendarDoc

DEFAULT_ZONE = "Asia/Shanghai"
NATION = "CN"


def work_calendar(
    docs: Sequence[CalendarDoc], region: str, *, zone: str | None = None, known_on: int | None = None
) -> WorkCalendar:
    """The calendar of a region: that of the longest region code it begins with, else the nation's.

    `zone` overrides the documents' zone; `known_on` (day ordinal) leaves out what was published later.
    Raises CalendarError if no document applies, one extends what is not there or itself, or two name one region.
    """
    chain = _chain(docs, region)
    own = chain[::-1]
    hours = next((doc.office_hours for doc in own if doc.office_hours), ())
    policy = next((doc.after_hours_policy for doc in own if doc.after_hours_policy is not None), None)
    return WorkCalendar.build(
        own[0].region,
        zone or next((doc.zone for doc in own if doc.zone is not None), DEFAULT_ZONE),
        [edition.edition(doc.region) for doc in chain for edition in doc.editions],
        known_on,
        office_hours=[entry.season() for entry in hours],
        after_hours=policy or AfterHoursPolicy.SAME_DAY,
    )


def _chain(docs: Sequence[CalendarDoc], region: str) -> list[CalendarDoc]:
    """The documents a region's calendar rests on, the widest first."""
    by_region = {doc.region: doc for doc in docs}
    if len(by_region) < len(docs):
        raise CalendarError("同一地区有两份工作日历")
    best = max((code for code in by_region if region.startswith(code)), key=len, default=NATION)
    chain: list[CalendarDoc] = []
    following: str | None = best
    while following is not None:
        doc = by_region.get(following)
        if doc is None:
            raise CalendarError(f"地区 {region}：没有工作日历 {following}")
        if doc in chain:
            raise CalendarError(f"工作日历 {following} 的 extends 绕回自身")
        chain.insert(0, doc)
        following = doc.extends
    return chain
