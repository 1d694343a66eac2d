"""The nation's law as examples rest on it."""

from dataclasses import dataclass
from functools import cache

from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.loading import load_documents
from rules.catalog.models.fees import FeeItem
from rules.catalog.models.head import Head
from rules.catalog.models.matters import Matter
from rules.catalog.models.people import Agency, Officer
from rules.catalog.models.profiles import Profile
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import Statute


@dataclass(frozen=True)
class National:
    """Statutes and calendar, to which a test may add matters, charges and the like."""

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
    """行政许可法 and the working days of the nation, as the project ships them, without its profiles."""
    documents = load_documents("national")
    return National(documents.head, documents.statutes, documents.calendars)
