"""Roles of an export (角色): which views and tables each may read. On a server the rights of its user hold besides."""

from collections.abc import Sequence
from enum import StrEnum
from typing import assert_never

from sinks.clickhouse.roles import CUSTODY
from sinks.clickhouse.views import View


class Role(StrEnum):
    """Who the export is for: a screen's reader, those inside who may see officers, the custodian of free text."""

    READER = "reader"
    INTERNAL = "internal"
    CUSTODIAN = "custodian"


ROLE_NAMES = {Role.READER: "一般", Role.INTERNAL: "内部（含经办人）", Role.CUSTODIAN: "保管（含自由文本与原文）"}


def readable(role: Role, views: Sequence[View]) -> frozenset[str]:
    """Return the names of what a role may read."""
    masked = frozenset(view.name for view in views if not view.internal)
    match role:
        case Role.READER:
            return masked
        case Role.INTERNAL:
            return frozenset(view.name for view in views)
        case Role.CUSTODIAN:
            return frozenset(view.name for view in views) | frozenset(CUSTODY)
        case never:
            assert_never(never)
