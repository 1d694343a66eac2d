"""The sections a catalogue file may hold, each with its model and the key its entries go by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.models.fees import FeesDoc
from rules.catalog.models.matters import MattersDoc
from rules.catalog.models.people import AgenciesDoc, OfficersDoc
from rules.catalog.models.profiles import ProfilesDoc
from rules.catalog.models.sources import SourcesDoc
from rules.catalog.models.statutes import StatutesDoc


class Kind(StrEnum):
    """What a section holds; the value is its top-level key (a calendar file has none, it begins with `region`)."""

    HEAD = "catalog"
    STATUTES = "statutes"
    MATTERS = "matters"
    FEES = "fees"
    AGENCIES = "agencies"
    OFFICERS = "officers"
    SOURCES = "sources"
    PROFILES = "profiles"
    CALENDARS = "calendars"


@dataclass(frozen=True, slots=True)
class Section:
    """How a section is read: ``doc`` is the model of the file, ``key`` the code of an entry.

    Entries of a ``dated`` section may share a code; whether their dates overlap is for the linter to say.
    """

    kind: Kind
    title: str
    doc: type[BaseModel]
    key: Callable[[Any], str]
    dated: bool


SECTIONS: Mapping[Kind, Section] = {
    section.kind: section
    for section in (
        Section(Kind.STATUTES, "法定时限", StatutesDoc, lambda entry: entry.id.value, dated=True),
        Section(Kind.MATTERS, "事项", MattersDoc, lambda entry: entry.code, dated=False),
        Section(Kind.FEES, "收费项目", FeesDoc, lambda entry: entry.code, dated=False),
        Section(Kind.AGENCIES, "部门", AgenciesDoc, lambda entry: entry.org_code, dated=False),
        Section(Kind.OFFICERS, "经办人", OfficersDoc, lambda entry: entry.id, dated=False),
        Section(Kind.SOURCES, "数据来源", SourcesDoc, lambda entry: entry.id, dated=False),
        Section(Kind.PROFILES, "阈值方案", ProfilesDoc, lambda entry: entry.name, dated=False),
        Section(Kind.CALENDARS, "工作日历", CalendarDoc, lambda entry: entry.region, dated=False),
    )
}

BY_KEY: Mapping[str, Section] = {
    section.kind.value: section for section in SECTIONS.values() if section.kind is not Kind.CALENDARS
}
"""The sections by their top-level key."""

HEAD_FILE = "catalog.yaml"
CALENDAR_MARKS = frozenset({"region", "editions"})
"""Keys by which a calendar file is known: it is one region's calendar, not a list of them."""
