"""Runs one command line in this process and gives back what a person and a shell would see."""

from typing import NamedTuple

import pytest

from streams.cli import main


class Ran(NamedTuple):
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def ran(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """Return what a command line does; a traceback would fail the test, since nothing here is caught."""
    capsys.readouterr()
    code = main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)
