"""The plan carried out: the folder, then each dashboard that is new or changed."""

from dashboards.publish.client import Grafana
from dashboards.publish.errors import Conflict, Foreign, Overtaken, Strange
from dashboards.publish.plan import Change, Plan, Turn

MESSAGE = "jiancha dashboards publish"
"""What stands in the history of a dashboard."""


def publish(grafana: Grafana, plan: Plan, folder_title: str) -> tuple[Change, ...]:
    """Carry a plan out and return what was written.

    Foreign before anything is written where one of our uids belongs to somebody else's dashboard, or to one that a file
    provides. Overtaken where a dashboard was saved since the plan; those before it are written.
    """
    if blocked := plan.of(Turn.FOREIGN, Turn.PROVISIONED):
        named = "、".join(f"{one.uid}（{one.turn.value}）" for one in blocked)
        raise Foreign(f"这些 uid 已被占用，什么也没有写：{named}；请改名、移走，或改用文件供给")
    if plan.folder_missing:
        _make_folder(grafana, plan.folder_uid, folder_title)
    todo = plan.of(Turn.NEW, Turn.CHANGED)
    for change in todo:
        _save(grafana, change, plan.folder_uid)
    return todo


def _make_folder(grafana: Grafana, uid: str, title: str) -> None:
    try:
        grafana.post("/folders", {"uid": uid, "title": title})
    except (Conflict, Overtaken):
        if grafana.find(f"/folders/{uid}") is None:
            raise Conflict(f"已有名为「{title}」的文件夹，但 uid 不是 {uid}；用 --folder 写明要用的 uid") from None


def _save(grafana: Grafana, change: Change, folder_uid: str) -> None:
    body = {
        "dashboard": {**change.wanted, "id": None, "version": change.version},
        "folderUid": folder_uid,
        "overwrite": False,
        "message": MESSAGE,
    }
    answer = grafana.post("/dashboards/db", body)
    if not isinstance(answer, dict) or answer.get("uid") != change.uid:
        raise Strange(f"看板 {change.uid} 写入后没有得到确认：{str(answer)[:200]}")
