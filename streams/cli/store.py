"""``jiancha store``: the schema of the store, brought up to date and told."""

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from streams.cli.archive import PLACES
from streams.cli.chinese import Group
from streams.cli.refused import refusals
from streams.cli.screen import console
from streams.cli.settled import config_option, settled
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble, differs

if TYPE_CHECKING:
    from sinks.clickhouse.address import Address
    from sinks.clickhouse.database import Database

COLUMNS = (Column("号", right=True), Column("迁移"), Column("执行时间"))
SIZES = (Column("表"), Column("行", right=True), Column("占用", right=True))
_MIGRATIONS = "SELECT id, toString(applied_at) AS at FROM schema_migration FINAL ORDER BY id"
_TABLES = """
SELECT table, toInt64(sum(rows)) AS rows, toInt64(sum(bytes_on_disk)) AS bytes
FROM system.parts WHERE database = currentDatabase() AND active GROUP BY table ORDER BY table
"""
_STEP = 1024
_STEPS = ("B", "KiB", "MiB", "GiB", "TiB")


@click.group(cls=Group, help="存储的库表：缺哪些迁移、建到最新、各占多大。")
def store() -> None:
    """Group what concerns the schema of the store."""


store_option = click.option("--store", metavar="位置", help=f"存储：{PLACES}（默认按设置）", envvar="JIANCHA_STORE")


@store.command(
    help="""把库表建到最新：缺的迁移按号执行，视图重建。

执行过的迁移若被改过即拒绝。写明 --cluster 则在集群各台上建复制表与分布表（各台须有宏 shard、replica）；
集群的语句只核对过文字，没有在真的集群上执行过。"""
)
@config_option
@store_option
@click.option("--cluster", metavar="名称", help="集群名（默认按设置）")
@click.option("--dry-run", is_flag=True, help="只列出将执行的语句")
def migrate(config: str | None, store: str | None, cluster: str | None, dry_run: bool) -> None:
    """Bring the schema up to date."""
    with refusals(), ExitStack() as held:
        place = _place(config, store, cluster)
        if dry_run:
            click.echo("\n\n".join(_statements(_perhaps(place, held), _cluster(place))))
            return
        database = _opened(place, held, make=True)
        if database is None:
            raise Trouble(f"{place} 里没有存储；先用 jiancha replay --store {place} 建立")
        from sinks.clickhouse.store import upgrade

        applied = upgrade(database, cluster=_cluster(place))
    click.echo("\n".join(f"已执行 {one.name}" for one in applied) if applied else "库表已是最新，无须改动。")


@store.command(help="列出迁移与各表的大小；缺迁移时退出码为 1。什么也不改。")
@config_option
@store_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def status(config: str | None, store: str | None, as_json: bool) -> None:
    """Tell the state of the schema."""
    from sinks.clickhouse.migrate import pending, shipped

    with refusals(), ExitStack() as held:
        place = _place(config, store, None)
        database = _opened(place, held, make=False)
        if database is None:
            raise Trouble(f"{place} 里没有存储")
        missing = {one.id for one in pending(database, shipped())}
        at = {row["id"]: row["at"] for row in _rows(database, _MIGRATIONS)} if len(missing) < len(shipped()) else {}
        sizes = _rows(database, _TABLES)
    if as_json:
        known = [{"id": one.id, "name": one.name, "applied_at": at.get(one.id)} for one in shipped()]
        click.echo(json.dumps({"migrations": known, "tables": sizes}, ensure_ascii=False, indent=2))
    else:
        to = console()
        print_table(to, COLUMNS, [(one.id, one.name, at.get(one.id, "未执行")) for one in shipped()])
        print_table(to, SIZES, [(row["table"], f"{row['rows']:,}", _size(row["bytes"])) for row in sizes])
    if missing:
        differs()


@store.command(
    help="""在服务器上建立角色与授权，执行者须有访问管理权限。

jiancha_reader 读视图，jiancha_internal 另读含经办人的视图，jiancha_custodian 读原文。
写明 --to 则把 jiancha_reader 授予这些用户，如 Grafana 的。"""
)
@config_option
@store_option
@click.option("--to", "users", metavar="用户", multiple=True, help="授予 jiancha_reader 的用户，可写多次")
@click.option("--dry-run", is_flag=True, help="只列出将执行的语句")
def roles(config: str | None, store: str | None, users: tuple[str, ...], dry_run: bool) -> None:
    """Make roles, and give readers theirs."""
    from sinks.clickhouse.database import DATABASE
    from sinks.clickhouse.roles import granted_to, grants
    from sinks.clickhouse.views import shipped_views

    with refusals(), ExitStack() as held:
        place = _place(config, store, None)
        if isinstance(place, Path):
            raise Trouble(f"{place} 是目录：嵌入的存储没有用户，角色只用于 clickhouse:// 的存储")
        name = place.database or DATABASE
        statements = [*grants(shipped_views(), name, place.cluster), *granted_to(users, place.cluster)]
        if dry_run:
            click.echo(";\n".join(statements) + ";")
            return
        database = _opened(place, held, make=True)
        if database is None:
            raise Trouble(f"{place} 里没有存储")
        for statement in statements:
            database.run(statement)
    click.echo(f"已执行 {len(statements)} 条。")


def _place(config: str | None, store: str | None, cluster: str | None) -> "Path | Address":
    from sinks.clickhouse.address import address_of, is_address
    from streams.worker.stores import place_of

    if store is None:
        place = place_of(settled(config, {}).settings)
    else:
        place = address_of(store) if is_address(store) else Path(store)
    if cluster is None:
        return place
    if isinstance(place, Path):
        raise Trouble(f"--cluster 只用于 clickhouse:// 的存储，{place} 是目录")
    return replace(place, cluster=cluster)


def _cluster(place: "Path | Address") -> str | None:
    return None if isinstance(place, Path) else place.cluster


def _perhaps(place: "Path | Address", held: ExitStack) -> "Database | None":
    """Return the database of a place; None where there is none, or it does not answer, which is said."""
    from sinks.clickhouse.errors import StoreAway

    try:
        return _opened(place, held, make=False)
    except StoreAway as away:
        click.echo(f"注意：{away}；以下列出全部迁移。", err=True)
        return None


def _opened(place: "Path | Address", held: ExitStack, *, make: bool) -> "Database | None":
    """Return the database of a place; None where there is none."""
    from sinks.clickhouse.engine import Engine
    from sinks.clickhouse.errors import StoreFailed, StoreMissing
    from sinks.clickhouse.server import Server
    from sinks.clickhouse.store import UNKNOWN_DATABASE

    if isinstance(place, Path):
        try:
            engine = Engine(place, create=False)
        except StoreMissing:
            return None
        held.callback(engine.close)
        return engine
    server = Server(place)
    held.callback(server.close)
    if make:
        server.make_database()
        return server
    try:
        server.table("SELECT 1")
    except StoreFailed as error:
        if error.code == UNKNOWN_DATABASE:
            return None
        raise
    return server


def _statements(database: "Database | None", cluster: str | None) -> list[str]:
    from sinks.clickhouse.migrate import pending, rendered, shipped
    from sinks.clickhouse.views import shipped_views

    todo = shipped() if database is None else pending(database, shipped())
    of_tables = [f"-- {one.name}\n{text};" for one in todo for text in rendered(one.statements(), cluster)]
    return [*of_tables, *(f"-- {view.name}\n{view.statement(cluster)};" for view in shipped_views())]


def _rows(database: "Database", query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = database.table(query).to_pylist()
    return rows


def _size(size: float) -> str:
    step = 0
    while size >= _STEP and step < len(_STEPS) - 1:
        size, step = size / _STEP, step + 1
    return f"{size:,.0f} {_STEPS[step]}" if not step else f"{size:,.1f} {_STEPS[step]}"
