"""The errors of the command line.

::

    Trouble(click.ClickException)   what was asked cannot be done: one clear line, exit code 2
    └── Troubles                    several things wrong at once, a line each

A command that ran and found a difference or a failure says so itself and calls ``differs``: exit code 1.
"""

from collections.abc import Sequence
from typing import NoReturn

import click


class Trouble(click.ClickException):
    """What was asked cannot be done; the message names the file, line or field, and what to do."""

    exit_code = 2


class Troubles(Trouble):
    """Several things are wrong; all of them are shown."""

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__("\n".join((title, *(f"  {line}" for line in lines))))


def differs() -> NoReturn:
    """End the command with exit code 1: it ran, and what it found is not as it should be."""
    raise click.exceptions.Exit(1)
