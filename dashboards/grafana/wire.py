"""The parts of Grafana's dashboard JSON that we write, typed; names as in its schema, camelCase on the wire."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

PLUGIN = "grafana-clickhouse-datasource"
PLUGIN_VERSION = "4.14.0"
"""The oldest version supported; targets are written as it writes them."""
GRAFANA_VERSION = "11.5.0"
"""The oldest Grafana supported. A panel that does not say by which version it was written is taken for an ancient one
and migrated from there."""
SCHEMA_VERSION = 40
"""Of Grafana 11.5; later ones migrate it while loading."""


class Wire(BaseModel):
    """Something on the wire; None is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    def json_value(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Source(Wire):
    """The data source, always by the variable: no address is written down."""

    type: str = PLUGIN
    uid: str = "${datasource}"


class Meta(Wire):
    """What the plugin is told beside the query: the zone of instants without one."""

    timezone: str = "Asia/Shanghai"


class Target(Wire):
    """A query as the plugin holds it. ``format``: 0 time series, 1 table."""

    ref_id: str = "A"
    datasource: Source = Source()
    editor_type: str = "sql"
    query_type: str
    format: int
    raw_sql: str
    plugin_version: str = PLUGIN_VERSION
    meta: Meta = Meta()


class GridPos(Wire):
    """Place of a panel."""

    h: int
    w: int
    x: int
    y: int


class Override(Wire):
    """What holds for one field only."""

    matcher: Mapping[str, str]
    properties: Sequence[Mapping[str, Any]]


class FieldConfig(Wire):
    """How fields look: all of them, then some."""

    defaults: Mapping[str, Any]
    overrides: Sequence[Override]


class PanelJson(Wire):
    """A panel. ``options`` depend on its type. ``interval`` is the least step of time."""

    id: int
    type: str
    plugin_version: str = GRAFANA_VERSION
    title: str
    description: str
    datasource: Source = Source()
    grid_pos: GridPos
    field_config: FieldConfig
    options: Mapping[str, Any]
    targets: Sequence[Target]
    interval: str | None = None


class VariableJson(Wire):
    """A variable; which keys it has depends on its type. ``hide`` 2 shows nothing."""

    type: str
    name: str
    label: str
    hide: int = 0
    skip_url_sync: bool = False
    query: str
    description: str | None = None
    definition: str | None = None
    datasource: Source | None = None
    regex: str | None = None
    refresh: int | None = None
    sort: int | None = None
    multi: bool | None = None
    include_all: bool | None = None
    all_value: str | None = None
    current: Mapping[str, Any] | None = None
    options: Sequence[Mapping[str, Any]] | None = None


class AnnotationJson(Wire):
    """What is marked on time axes."""

    name: str
    enable: bool = True
    hide: bool = False
    icon_color: str
    datasource: Source = Source()
    target: Target


class Listing(Wire):
    """A list under the key that Grafana wants it under."""

    list: Sequence[Any]


class DashboardJson(Wire):
    """A dashboard."""

    uid: str
    title: str
    description: str
    tags: Sequence[str]
    timezone: str = "Asia/Shanghai"
    week_start: str = "monday"
    fiscal_year_start_month: int = 0
    editable: bool = False
    graph_tooltip: int = 1
    live_now: bool = False
    preload: bool = False
    refresh: str
    schema_version: int = SCHEMA_VERSION
    time: Mapping[str, str]
    timepicker: Mapping[str, Any]
    templating: Listing
    annotations: Listing
    links: Sequence[Mapping[str, Any]]
    panels: Sequence[PanelJson]
