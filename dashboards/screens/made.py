"""Parts that many screens are made of: variables, conditions, annotations, and panels by their kind."""

from collections.abc import Sequence

from dashboards.model.links import ToCard, ToScreen
from dashboards.model.looks import LEVELS, Colour, Mapping, Step, Unit
from dashboards.model.panel import Column, Grid, Kind, Panel
from dashboards.model.query import Query, chosen, within
from dashboards.model.screen import Annotation, Choice, Listed, Variable

REGION = Choice(
    name="region",
    title="地区",
    query=Query(sql="SELECT region_code AS value, name AS text FROM v_region ORDER BY region_code"),
)
ORG = Choice(
    name="org",
    title="部门",
    query=Query(
        sql=f"SELECT org_code AS value, name AS text FROM v_agency"
        f" WHERE {chosen('region_code', 'region')} ORDER BY name, org_code"
    ),
)
TASK = Choice(
    name="task",
    title="事项",
    query=Query(
        sql=f"SELECT task_code AS value, name AS text FROM v_matter"
        f" WHERE {chosen('region_code', 'region')} AND {chosen('org_code', 'org')} ORDER BY name, task_code"
    ),
)
RULE = Choice(
    name="rule",
    title="监察规则",
    query=Query(sql="SELECT rule_id AS value, name AS text FROM v_rule ORDER BY rule_id"),
)
LEVEL = Listed(name="level", title="级别", options=LEVELS)
COMMON: tuple[Variable, ...] = (REGION, ORG, TASK, RULE, LEVEL)
"""The variables of every screen: region, then agency, then matter, each following the one before; rule; level."""

IN_PLACE = f"{chosen('region_code', 'region')} AND {chosen('org_code', 'org')}"
"""The condition on views of agencies."""
IN_MATTER = f"{IN_PLACE} AND {chosen('task_code', 'task')}"
"""The condition on views of cases and matters."""
IN_CARDS = f"{IN_MATTER} AND {chosen('rule_id', 'rule')} AND {chosen('level', 'level')}"
"""The condition on views of cards."""

ZERO = (Mapping(value="0", text="✓ 0", colour=Colour.GOOD),)
"""Nothing found where nothing should be: a sign as well as a colour."""

TO_CASE = ToScreen(title="看这件办件", screen="case", cells={"case": "case_id"}, span=("from_ms", "to_ms"))
TO_CARD = ToCard()


PUNCTUAL = (
    "SELECT if(countIf(on_time IS NOT NULL) = 0, NULL, countIf(on_time) / countIf(on_time IS NOT NULL)) AS n"
    f" FROM v_case WHERE {IN_MATTER}"
)
"""The share of closed cases that were closed by their promise."""


def stat(
    panel_id: str,
    title: str,
    description: str,
    sql: str,
    unit: Unit,
    *,
    steps: Sequence[Step] = (),
    links: Sequence[ToScreen] = (),
    w: int = 4,
    decimals: int = 0,
    zero: bool = False,
) -> Panel:
    """Return one big number: the column ``n`` of one row. ``zero`` marks nothing as good."""
    return Panel(
        id=panel_id,
        kind=Kind.STAT,
        title=title,
        description=description,
        query=Query(sql=sql),
        columns=(Column(name="n", title=title, unit=unit),),
        grid=Grid(w=w, h=4),
        unit=unit,
        decimals=decimals,
        steps=tuple(steps),
        mappings=ZERO if zero else (),
        links=tuple(links),
    )


def listing(
    panel_id: str,
    title: str,
    description: str,
    sql: str,
    columns: Sequence[Column],
    *,
    w: int = 24,
    h: int = 9,
    ranking: bool = False,
    empty: str = "无",
) -> Panel:
    """Return a table, or a ranking where one of its columns is a bar."""
    return Panel(
        id=panel_id,
        kind=Kind.RANKING if ranking else Kind.TABLE,
        title=title,
        description=description,
        query=Query(sql=sql),
        columns=tuple(columns),
        grid=Grid(w=w, h=h),
        empty=empty,
    )


def days(
    panel_id: str,
    title: str,
    description: str,
    sql: str,
    columns: Sequence[Column],
    *,
    unit: Unit,
    w: int = 12,
    h: int = 8,
    decimals: int = 0,
) -> Panel:
    """Return stacked bars, one a day of the time range: ``time``, then a number for each part."""
    return Panel(
        id=panel_id,
        kind=Kind.SERIES,
        title=title,
        description=description,
        query=Query(sql=sql),
        columns=(Column(name="time", title="日期"), *columns),
        grid=Grid(w=w, h=h),
        unit=unit,
        decimals=decimals,
        day=True,
    )


def around(instant: str) -> str:
    """Return the columns that set the time range of a case: from 120 days before an instant to 60 after it."""
    return (
        f"toUnixTimestamp64Milli({instant}) - 120 * 86400000 AS from_ms,"
        f" toUnixTimestamp64Milli({instant}) + 60 * 86400000 AS to_ms"
    )


def hidden(*names: str) -> tuple[Column, ...]:
    """Return columns that are there for links only."""
    return tuple(Column(name=name, title=name, hidden=True) for name in names)


SPAN = hidden("from_ms", "to_ms")
"""The columns of `around`."""
LEVEL_COLUMN = Column(name="level", title="级别", mappings=LEVELS, width=90)
CARD_COLUMN = Column(name="card_id", title="监察编号", width=210, links=(TO_CARD,))
CASE_COLUMN = Column(name="case_id", title="办件编号", width=330, links=(TO_CASE,))
LEVEL_BARS = (
    Column(name="red", title="● 红牌", colour=Colour.RED, unit=Unit.CARDS),
    Column(name="yellow", title="◆ 黄牌", colour=Colour.YELLOW, unit=Unit.CARDS),
    Column(name="notice", title="○ 预警", colour=Colour.NOTICE, unit=Unit.CARDS),
)

RED_CARDS = Annotation(
    name="红牌",
    colour=Colour.RED,
    query=Query(
        sql=f"""
        SELECT at AS time, title, text, kind_name AS tags
        FROM v_annotation
        WHERE kind = 'red' AND {within("at")} AND {IN_MATTER}
        ORDER BY time
        LIMIT 200
        """
    ),
)
EDITIONS = Annotation(
    name="规则、收费、日历变动",
    colour=Colour.CALM,
    query=Query(
        sql=f"""
        SELECT at AS time, title, text, kind_name AS tags
        FROM v_annotation
        WHERE kind != 'red' AND {within("at")} AND (task_code = '' OR {chosen("task_code", "task")})
        ORDER BY time
        LIMIT 200
        """
    ),
)
