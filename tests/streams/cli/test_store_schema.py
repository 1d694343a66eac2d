"""``jiancha store``: the schema of a folder and of a server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinks.clickhouse.engine import Engine
from sinks.clickhouse.migrate import migrate, shipped
from tests.sinks.peer import Peer
from tests.streams.cli.running import ran


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    engine = Engine(tmp_path / "engine", create=True)
    with Peer(engine) as started:
        yield started
    engine.close()


def test_a_server_gets_its_schema_and_is_then_as_it_should_be(peer: Peer, capsys: pytest.CaptureFixture[str]) -> None:
    store = ("--store", f"clickhouse://127.0.0.1:{peer.port}/bureau")

    planned = ran(capsys, "store", "migrate", "--dry-run", *store)
    refused = ran(capsys, "cards", *store)
    made = ran(capsys, "store", "migrate", *store)
    after = ran(capsys, "store", "status", "--json", *store)
    again = ran(capsys, "store", "migrate", *store)

    assert [0, 2, 0, 0, 0] == [one.code for one in (planned, refused, made, after, again)]
    assert "CREATE TABLE card_moved AS card" in planned.out
    assert "jiancha store migrate" in refused.err
    assert len(shipped()) == made.out.count("已执行")
    assert all(one["applied_at"] for one in json.loads(after.out)["migrations"])
    assert "无须改动" in again.out


def test_a_folder_of_an_older_program_is_brought_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = Engine(tmp_path, create=True)
    migrate(engine, shipped()[:4])
    engine.close()

    before = ran(capsys, "store", "status", "--store", tmp_path)
    made = ran(capsys, "store", "migrate", "--store", tmp_path)
    after = ran(capsys, "store", "status", "--store", tmp_path)

    assert [1, 0, 0] == [one.code for one in (before, made, after)]
    assert len(shipped()) - 4 == before.out.count("未执行") == made.out.count("已执行")


def test_the_statements_of_a_cluster_are_shown_though_no_server_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    shown = ran(
        capsys, "store", "migrate", "--dry-run", "--store", "clickhouse://127.0.0.1:1/jiancha", "--cluster", "bureau"
    )

    assert 0 == shown.code
    assert "不通" in shown.err
    assert "ENGINE = ReplicatedReplacingMergeTree(seq)" in shown.out
    assert "Distributed(`bureau`, currentDatabase(), card_local, cityHash64(card_id))" in shown.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--store", "clickhouse://127.0.0.1:1/jiancha"), "不通"),
        (("--store", "clickhouse://127.0.0.1:x"), "地址不对"),
        (("--store", "nowhere"), "没有存储"),
        (("--store", "nowhere", "--cluster", "c"), "是目录"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    refused = ran(capsys, "store", "migrate", *arguments)

    assert 2 == refused.code
    assert said in refused.err
    assert [] == list(tmp_path.iterdir())
