"""The nation's law as examples rest on it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.models.base import Limit
from rules.catalog.models.fees import FeeItem
from rules.catalog.models.head import Head
from rules.catalog.models.matters import Matter
from rules.catalog.models.people import Agency, Officer
from rules.catalog.models.profiles import Profile
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import Statute, StatuteId
from tests.rules.calendar.national import national_doc

IN_FORCE = date(2004, 7, 1)
LICENSING = {
    StatuteId.RECEIPT: (5, "行政许可法 32"),
    StatuteId.STATUTORY: (20, "行政许可法 42"),
    StatuteId.JOINT: (45, "行政许可法 42"),
    StatuteId.EXTENSION: (10, "行政许可法 42"),
    StatuteId.JOINT_EXTENSION: (15, "行政许可法 42"),
    StatuteId.FORWARD: (20, "行政许可法 43"),
    StatuteId.ISSUE: (10, "行政许可法 44"),
}


@dataclass(frozen=True)
class National:
    """Statutes and calendar, and nothing else."""

    head: Head
    statutes: tuple[Statute, ...]
    calendars: tuple[CalendarDoc, ...]
    edition_digest: str = "national"
    matters: tuple[Matter, ...] = ()
    fees: tuple[FeeItem, ...] = ()
    agencies: tuple[Agency, ...] = ()
    officers: tuple[Officer, ...] = ()
    sources: tuple[Source, ...] = ()
    profiles: tuple[Profile, ...] = ()


@cache
def national_law() -> National:
    """行政许可法 and the working days of the nation."""
    statutes = tuple(
        Statute.model_validate({"id": which, "limit": Limit(n=n), "basis": basis, "from": IN_FORCE})
        for which, (n, basis) in LICENSING.items()
    )
    head = Head(name="national", title="全国", edition="2026")
    return National(head, statutes, (national_doc(),))
