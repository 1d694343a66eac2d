"""A replay into a ClickHouse server is the replay into a folder, spoken over the wire."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sinks.clickhouse.archive import Archive
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.store import open_store, upgrade
from streams.verify import verify
from tests.sinks.peer import Peer
from tests.streams.replay.replayed import replayed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = Engine(tmp_path_factory.mktemp("server") / "store", create=True)
    upgrade(engine)
    with Peer(engine) as peer:
        yield f"clickhouse://127.0.0.1:{peer.port}"
    engine.close()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    directory = tmp_path_factory.mktemp("folder")
    replayed(directory, store=directory / "store")
    with open_store(directory / "store") as store:
        return told(store.archive())


def told(archive: Archive) -> dict[str, object]:
    """Return all an archive answers, but what says where the log lay."""
    cases = archive.case_states()
    return {
        "cards": archive.cards(),
        "transitions": tuple(archive.transitions()),
        "cases": cases,
        "events": tuple(
            (one.case_id, one.digest, one.record, one.occurred_at) for one in archive.events(cases[0].case_id)
        ),
        "quarantine": tuple((one.position, one.reason, one.record) for one in archive.quarantine()),
    }


def test_what_is_asked_of_a_server_is_answered_as_a_folder_answers(
    embedded: dict[str, object], url: str, tmp_path: Path
) -> None:
    replayed(tmp_path, store=url)

    with open_store(url) as store:
        served = told(store.archive())

    assert embedded.keys() == served.keys()
    assert [] == [name for name in embedded if embedded[name] != served[name]]


def test_a_replay_again_changes_nothing_and_what_is_stored_holds(url: str, tmp_path: Path) -> None:
    replayed(tmp_path, store=url)
    with open_store(url) as store:
        before = told(store.archive())

    replayed(tmp_path, store=url)

    with open_store(url) as store:
        assert before == told(store.archive())
    assert [] == [str(one) for one in verify(url).differences]
