"""Matters, tariffs, calendars and rosters that arrive as events (目录发布)."""

from datetime import date
from typing import Annotated, Any

from rules.events.envelope import Event, Text
from rules.events.words import said


class Published(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """An edition of some law data: ``document`` has the shape of the catalogue file of that kind."""

    code: Annotated[Text, said("编码")] = None
    effective_from: Annotated[date | None, said("生效日期")] = None
    basis: Annotated[Text, said("依据")] = None
    document: Annotated[dict[str, Any] | None, said("内容", unit="同目录文件")] = None


class ItemPublished(Published, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="item.published"):
    """事项版本."""


class FeeItemPublished(Published, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="feeitem.published"):
    """收费目录."""


class CalendarPublished(Published, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="calendar.published"):
    """工作日历."""


class RosterPublished(Published, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="roster.published"):
    """岗位与授权名册."""


class PowerPublished(Published, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="power.published"):
    """权责清单."""


class EditionActivated(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="edition.activated"):
    """版本启用: from this record on, that edition judges."""

    edition: Annotated[Text, said("版本")] = None
