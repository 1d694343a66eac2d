"""A simulated city for the board: made once, its board served while a module runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sinks.clickhouse.city import settled
from tests.streams.board.browser import running
from tests.streams.board.site import Site, served


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the store of a small city."""
    directory = tmp_path_factory.mktemp("board")
    settled(directory)
    return directory


@pytest.fixture(scope="module")
def site(room: Path) -> Iterator[Site]:
    """The board over the city; a process has one store open at a time, so it is closed after each module."""
    with served(room) as running:
        yield running


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running browser."""
    with running(tmp_path_factory.mktemp("browser")) as port:
        yield port
