"""A whole dashboard as Grafana reads it."""

from dashboards.grafana.fields import UID
from dashboards.grafana.panels import panel_json
from dashboards.grafana.variables import annotation_json, board_variable, datasource_variable, variable_json
from dashboards.grafana.wire import DashboardJson, Listing
from dashboards.model.base import Model
from dashboards.model.screen import Screen

TAG = "jiancha"
"""Every dashboard of ours carries it; links between them are found by it."""
GENERATED = "jiancha-generated"
"""A dashboard with this tag was written by us and may be written again; one without is somebody else's."""


class Place(Model):
    """Where dashboards are to be shown: the data source they read, the address of the board their links open."""

    source_uid: str = "jiancha-clickhouse"
    source_name: str = "监察库"
    board: str = "http://127.0.0.1:8765"


def uid_of(screen: Screen) -> str:
    """Return the uid of the dashboard of a screen."""
    return UID.format(screen.key)


def dashboard(screen: Screen, place: Place) -> DashboardJson:
    """Return the dashboard of a screen."""
    first = [datasource_variable(place.source_uid, place.source_name), board_variable(place.board)]
    return DashboardJson(
        uid=uid_of(screen),
        title=screen.title,
        description=screen.description,
        tags=[TAG, GENERATED],
        refresh=screen.refresh,
        time={"from": f"now-{screen.since}", "to": "now"},
        timepicker={},
        templating=Listing(list=[*first, *map(variable_json, screen.variables)]),
        annotations=Listing(list=[annotation_json(one) for one in screen.annotations]),
        links=[
            {
                "type": "dashboards",
                "title": "监察看板",
                "tags": [TAG],
                "asDropdown": True,
                "includeVars": True,
                "keepTime": True,
                "targetBlank": False,
                "icon": "external link",
                "tooltip": "",
                "url": "",
            }
        ],
        panels=[panel_json(panel, number) for number, panel in enumerate(screen.panels, 1)],
    )
