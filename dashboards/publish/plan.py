"""What publishing would change: compared, not written.

Grafana keeps a dashboard as it was sent, but for ``id`` and ``version``, which are its own; those are left out of the
comparison. The version is remembered, so that a save in between is noticed (412) instead of overwritten.
"""

import difflib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from dashboards.grafana.board import GENERATED, Place, dashboard, uid_of
from dashboards.grafana.wire import PLUGIN
from dashboards.model.base import Model
from dashboards.model.screen import Screen
from dashboards.publish.client import Grafana
from dashboards.publish.errors import Missing, Refused

_THEIRS = frozenset({"id", "version", "iteration"})


class Turn(StrEnum):
    """What would become of a dashboard."""

    NEW = "新建"
    CHANGED = "更改"
    SAME = "不变"
    FOREIGN = "不是我们的"
    PROVISIONED = "由文件供给"


class Change(Model):
    """A dashboard: what would become of it, and the difference line by line.

    ``version`` is the one it has in Grafana, 0 where it is not there.
    """

    uid: str
    title: str
    turn: Turn
    lines: tuple[str, ...] = ()
    version: int = 0
    wanted: Mapping[str, Any]


class Plan(Model):
    """What publishing would do. ``folder_missing``: the folder is made first."""

    folder_uid: str
    folder_missing: bool
    changes: tuple[Change, ...]

    def of(self, *turns: Turn) -> tuple[Change, ...]:
        """Return the changes of some kinds."""
        return tuple(one for one in self.changes if one.turn in turns)

    @property
    def idle(self) -> bool:
        """Return whether everything is as it should be."""
        return not self.folder_missing and all(one.turn is Turn.SAME for one in self.changes)


def plan(grafana: Grafana, screens: Sequence[Screen], place: Place, folder_uid: str) -> Plan:
    """Return what would change; Missing or Refused where the data source is not there or is of another kind."""
    check_source(grafana, place.source_uid)
    return Plan(
        folder_uid=folder_uid,
        folder_missing=grafana.find(f"/folders/{folder_uid}") is None,
        changes=tuple(_change(grafana, screen, place, folder_uid) for screen in screens),
    )


def check_source(grafana: Grafana, uid: str) -> None:
    """Raise Missing where there is no data source of a uid, Refused where it is not of the ClickHouse plugin."""
    found = grafana.find(f"/datasources/uid/{uid}")
    if found is None:
        raise Missing(f"Grafana 里没有 uid 为 {uid} 的数据源；请先建立 ClickHouse 数据源，或用 --source 写明已有的 uid")
    if found.get("type") != PLUGIN:
        raise Refused(f"数据源 {uid} 的类型是 {found.get('type')}，看板要的是 {PLUGIN}")


def _change(grafana: Grafana, screen: Screen, place: Place, folder_uid: str) -> Change:
    uid, wanted = uid_of(screen), dashboard(screen, place).json_value()
    found = grafana.find(f"/dashboards/uid/{uid}")
    if found is None:
        return Change(uid=uid, title=screen.title, turn=Turn.NEW, wanted=wanted, lines=_difference({}, wanted, uid))
    theirs, meta = found.get("dashboard", {}), found.get("meta", {})
    lines = _difference(theirs, wanted, uid)
    moved = meta.get("folderUid", "") != folder_uid
    if moved:
        lines = (f"文件夹 {meta.get('folderUid') or '（根）'} → {folder_uid}", *lines)
    if meta.get("provisioned"):
        turn = Turn.PROVISIONED
    elif GENERATED not in (theirs.get("tags") or ()):
        turn = Turn.FOREIGN
    else:
        turn = Turn.CHANGED if lines else Turn.SAME
    return Change(
        uid=uid, title=screen.title, turn=turn, lines=lines, version=int(theirs.get("version", 0)), wanted=wanted
    )


def _difference(theirs: Mapping[str, Any], wanted: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return what would change, as a unified diff of sorted JSON; empty where nothing would."""
    lines = difflib.unified_diff(_lines(theirs), _lines(wanted), f"{name} 现在", f"{name} 将来", lineterm="", n=2)
    return tuple(lines)


def _lines(one: Mapping[str, Any]) -> list[str]:
    ours = {key: value for key, value in one.items() if key not in _THEIRS}
    return json.dumps(ours, ensure_ascii=False, indent=1, sort_keys=True).splitlines()
