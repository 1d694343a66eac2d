"""The settings a command runs with: the options that name them, and what is wrong with them as Trouble."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from streams.cli.kinds import ReadFile
from streams.cli.trouble import Trouble, Troubles

if TYPE_CHECKING:
    from streams.settings import Loaded

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """Give a command the option ``--config``; it is handed over as ``config``."""
    return click.option(
        "--config", metavar="文件", type=ReadFile(), help="设置文件（YAML；默认由 JIANCHA_CONFIG 指出）"
    )(command)


def broker_option(command: F) -> F:
    """Give a command the option ``--broker``; it is handed over as ``broker``."""
    return click.option("--broker", metavar="地址", help="日志：kafka://主机:端口 或 local://目录（盖过设置）")(command)


def settled(config: str | None, given: Mapping[str, Any] | None = None) -> "Loaded":
    """Return the settings of the file, the environment and the command line; Troubles with all that is wrong."""
    from streams.settings import load_settings

    with usable():
        return load_settings(os.environ, Path(config) if config else None, given)


@contextmanager
def usable() -> Iterator[None]:
    """Turn what is wrong with settings, also with files they name, into Troubles."""
    from streams.settings import SettingsErrors

    try:
        yield
    except SettingsErrors as errors:
        raise Troubles("设置有误：", [str(one) for one in errors.problems]) from None


@contextmanager
def reachable() -> Iterator[None]:
    """Turn what goes wrong with a log, and with settings it is reached by, into Trouble."""
    from streams.log import LogError

    with usable():
        try:
            yield
        except LogError as error:
            raise Trouble(str(error)) from None
