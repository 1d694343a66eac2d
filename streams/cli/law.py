"""The catalogue named on the command line, loaded, checked and indexed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from streams.cli.chinese import meant
from streams.cli.trouble import Trouble, Troubles

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from rules.catalog.models.matters import Matter

DEFAULT = "shili"
F = TypeVar("F", bound=Callable[..., Any])


def catalog_option(command: F) -> F:
    """Give a command the option ``--catalog``; it is handed over as ``catalog_name``."""
    return click.option(
        "--catalog",
        "catalog_name",
        metavar="目录",
        default=DEFAULT,
        help=f"监察目录：自带的名称或一个目录（默认 {DEFAULT}）",
    )(command)


def open_catalog(source: str, *, profile: str | None = None) -> "Catalog":
    """Return the catalogue of a directory or a built-in name; Troubles with all its errors where it has any."""
    from rules.catalog.index import Catalog, UnknownProfile
    from rules.catalog.lint import checked
    from rules.catalog.loading import CatalogErrors
    from rules.registry import PARAMS, RULES

    try:
        documents = checked(source, RULES, PARAMS.values())
    except CatalogErrors as errors:
        raise Troubles(
            f"目录 {source} 有 {len(errors.problems)} 处错误：", [str(one) for one in errors.problems]
        ) from None
    try:
        return Catalog(documents, PARAMS.values(), forced=profile)
    except UnknownProfile as unknown:
        raise Trouble(str(unknown)) from None


def matter_named(catalog: "Catalog", item: str) -> "Matter":
    """Return the matter of a code, else the one whose name is or alone contains the text; Trouble where none does."""
    found = catalog.matters.get(item)
    if found is not None:
        return found
    matters = catalog.matters.values()
    named = [one for one in matters if one.name == item] or [one for one in matters if item in one.name]
    if len(named) == 1:
        return named[0]
    if named:
        raise Troubles(f"「{item}」不止一个事项：", [f"{one.code}  {one.name}" for one in named])
    names = {one.name: one.code for one in matters} | {code: code for code in catalog.matters}
    raise Trouble(f"目录 {catalog.head.name} 没有事项「{item}」{meant(item, names)}")
