"""``jiancha dictionary``: the data dictionary of the store, as it is written into ``docs/data-dictionary.md``."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from streams.cli.chinese import Command


@click.command(cls=Command, help="打印数据字典：视图与表，每列的含义与单位，角色与授权（Markdown）。")
def dictionary() -> None:
    """Print the data dictionary."""
    from sinks.clickhouse.dictionary import dictionary as written
    from sinks.clickhouse.store import open_store
    from sinks.clickhouse.views import shipped_views
    from streams.cli.refused import refusals

    with refusals(), TemporaryDirectory(prefix="jiancha-") as room, open_store(Path(room), create=True) as store:
        database = store.another()
        try:
            text = written(database, shipped_views())
        finally:
            database.close()
    click.echo(text, nl=False)
