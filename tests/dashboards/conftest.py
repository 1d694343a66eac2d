"""A simulated city in a store, and what somebody looking at it may have chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sinks.clickhouse.city import City, opened, settled


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the store of a small city."""
    directory = tmp_path_factory.mktemp("screens")
    settled(directory)
    return directory


@pytest.fixture(scope="module")
def city(room: Path) -> Iterator[City]:
    """The city, its store open while a module runs: a process has one store open at a time."""
    with opened(room) as found:
        yield found
