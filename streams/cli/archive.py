"""The store named on the command line, opened, and the catalogue its current run was judged by."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from streams.cli.law import open_catalog
from streams.cli.refused import refusals

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from sinks.clickhouse.archive import Archive
    from sinks.clickhouse.stored import Run

DEFAULT = "jiancha-store"
PLACES = "目录，或 clickhouse://用户:密码@主机:端口/库"
F = TypeVar("F", bound=Callable[..., Any])


def store_option(command: F) -> F:
    """Give a command the option ``--store``; it is handed over as ``store``."""
    return click.option(
        "--store", metavar="位置", default=DEFAULT, help=f"存储：{PLACES}（默认 ./{DEFAULT}）", envvar="JIANCHA_STORE"
    )(command)


@contextmanager
def opened(store: str) -> Iterator["Archive"]:
    """Give the archive of the current run of a store, and close the store afterwards; Trouble where there is none."""
    from sinks.clickhouse.store import open_store

    with refusals(), open_store(store) as held:
        yield held.archive()


def catalog_of(run: "Run", moved: str | None = None) -> "Catalog":
    """Return the catalogue a run was judged by; ``moved`` is where it is now. Another edition is said on stderr."""
    catalog = open_catalog(moved or run.catalog, profile=run.profile or None)
    if catalog.edition != run.edition:
        click.echo(f"注意：目录已变。判定时 {run.edition}，现为 {catalog.edition}；以下按现在的目录。", err=True)
    return catalog
