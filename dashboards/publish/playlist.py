"""The wall: dashboards shown in turn, in kiosk mode.

Playlists cannot be provisioned by file, so a Grafana one owns gets it over the API too. They are found by name: their
uid is Grafana's own.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dashboards.grafana.board import uid_of
from dashboards.model.screen import Screen
from dashboards.publish.client import Grafana
from dashboards.publish.errors import Strange

NAME = "监察大屏"
INTERVAL = "1m"


def playlist_body(screens: Sequence[Screen]) -> dict[str, Any]:
    """Return the playlist as Grafana takes it: each dashboard for one minute."""
    items = [{"type": "dashboard_by_uid", "value": uid_of(one), "title": one.title} for one in screens]
    return {"name": NAME, "interval": INTERVAL, "items": items}


def put_playlist(grafana: Grafana, screens: Sequence[Screen]) -> str:
    """Make the playlist as it should be and return the address of the wall."""
    wanted = playlist_body(screens)
    found = next((one for one in grafana.get("/playlists") or () if one.get("name") == NAME), None)
    if found is None:
        uid = grafana.post("/playlists", wanted).get("uid")
    else:
        uid = found.get("uid")
        if not _same(grafana.get(f"/playlists/{quote(str(uid), safe='')}"), wanted):
            grafana.put(f"/playlists/{quote(str(uid), safe='')}", wanted)
    if not uid:
        raise Strange("播放列表写入后没有得到它的 uid")
    return f"{grafana.url}/playlists/play/{uid}?kiosk"


def _same(found: Any, wanted: dict[str, Any]) -> bool:
    shown = [(one.get("type"), one.get("value")) for one in found.get("items") or ()]
    return (found.get("interval"), shown) == (INTERVAL, [(one["type"], one["value"]) for one in wanted["items"]])
