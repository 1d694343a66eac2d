"""The data dictionary (数据字典): views and tables with every column, from definitions and schema comments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sinks.clickhouse.database import Database
from sinks.clickhouse.roles import grants
from sinks.clickhouse.views import View

HEAD = """# 数据字典

本文由 `make generate` 从视图的定义与库中的注释写成，请勿手改。

屏幕与分析人员读**视图**（`v_` 开头），不读表：表的结构会随程序演进，视图的列名与含义在 CHANGELOG 里说明后才变。

- 一切视图说的都是**当前运行**：最后记录的一次回放，或在线运行。`v_run`、`v_run_card` 另说各次运行。
- 「现在」是当前运行所处的时刻（`v_current.now`），不是查询的时刻：回放三年前的日志，说的就是三年前的现在。
- 时间一律是上海时间；日期列（`Date`）是上海的日期，作时间轴时用 `day_start`。
- 金额是十进制数，单位元，分文不差。份额在 0 与 1 之间。
- 数目都由按主键唯一的行算出：同样的数据再写入一遍，没有一个数会变。
- 屏幕所用的视图没有人名，没有意见、理由等自由文本，只有其字数与摘要；经办人只在以 `_internal` 结尾的视图里。
- `link` 接在本系统网址之后就是地址：每张监察信号有一个（`/card/监察编号`），打开是它的说明。
"""
_TABLES = """
SELECT name, comment FROM system.tables
WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
ORDER BY name
"""


def dictionary(database: Database, views: Sequence[View]) -> str:
    """Return the data dictionary as Markdown, from a database that has the tables and the views."""
    columns = _columns(database)
    tables = database.table(_TABLES).to_pylist()
    return "\n".join([*_head(views), *_views(views, columns), *_tables(tables, columns), *_roles(views)]) + "\n"


def _columns(database: Database) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    query = "SELECT table, name, type, comment FROM system.columns WHERE database = currentDatabase() ORDER BY position"
    for row in database.table(query).to_pylist():
        found.setdefault(row["table"], []).append(row)
    return found


def _head(views: Sequence[View]) -> Iterator[str]:
    yield HEAD
    yield "## 视图一览\n"
    yield "| 视图 | 说什么 | 粒度 |"
    yield "| --- | --- | --- |"
    for view in sorted(views, key=lambda one: one.name):
        yield f"| [`{view.name}`](#{view.name}) | {view.title} | {view.grain} |"


def _views(views: Sequence[View], columns: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield "\n## 视图"
    for view in sorted(views, key=lambda one: one.name):
        yield f"\n### {view.name}\n"
        yield f"{view.title}。{'只供内部角色。' if view.internal else ''}\n"
        yield f"- 粒度：{view.grain}"
        yield f"- 时效：{view.freshness}"
        yield f"\n```sql\n{view.example}\n```\n"
        yield from _listed(columns[view.name])


def _tables(tables: Sequence[Mapping[str, Any]], columns: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield "\n## 表"
    yield "\n表归程序所有；列在这里，是为了说明视图里的数从何而来。"
    for table in tables:
        yield f"\n### {table['name']}\n"
        yield f"{table['comment']}。\n"
        yield from _listed(columns[table["name"]])


def _listed(columns: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "| 列 | 类型 | 含义 |"
    yield "| --- | --- | --- |"
    for column in columns:
        kind = column["type"].replace("\\'", "'")
        yield f"| `{column['name']}` | `{kind}` | {column['comment']} |"


def _roles(views: Sequence[View]) -> Iterator[str]:
    yield "\n## 角色与授权\n"
    yield "在 ClickHouse 服务器上由管理员执行；视图以建立者的身份读表，读者不需要任何表的权限。\n"
    yield "```sql"
    yield from (f"{statement};" for statement in grants(views))
    yield "```"
