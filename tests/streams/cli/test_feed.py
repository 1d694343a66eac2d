import json
from pathlib import Path

import pytest

from tests.streams.cli.running import ran
from tests.streams.cli.town import good_case, late_case, write_log, write_town


@pytest.fixture
def log(tmp_path: Path) -> Path:
    write_town(tmp_path / "lizi")
    return write_log(tmp_path / "log.jsonl", [*late_case(), *good_case()], "no json")


def settings_file(room: Path, more: str = "") -> Path:
    file = room / "settings.yaml"
    file.write_text(f"broker: local://{room / 'log'}\ncatalog: {room / 'lizi'}\n{more}", encoding="utf-8")
    return file


def test_the_account_is_told_for_machines(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "feed", log, "--config", settings_file(tmp_path), "--until", "2026-03-16", "--json")

    told = json.loads(done.out)
    assert (0, 15, 11, 1, {"晚于截止时刻": 3}) == (
        done.code,
        told["read"],
        told["published"],
        sum(told["quarantined"].values()),
        told["filtered"],
    )


def test_a_rehearsal_is_told_with_its_ticks(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = settings_file(tmp_path, "clock: rehearsal\n")

    done = ran(capsys, "feed", log, "--config", config, "--ticks-every", "1d")

    assert 0 == done.code
    assert "时钟记录" in done.out


def test_foreign_records_go_in_through_their_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rows.csv").write_text(
        "no,act,at\nC-1,A,2026-03-02 09:00:00\nC-1,Z,2026-03-02 10:00:00\nC-1,A,sometime\n", encoding="utf-8"
    )
    (tmp_path / "map.yaml").write_text(
        "zone: Asia/Shanghai\ncase: {column: no}\nevents:\n"
        "  - {type: case.accepted, when: \"row['act'] == 'A'\", at: {column: at}}\n",
        encoding="utf-8",
    )
    write_town(tmp_path / "lizi")
    config = settings_file(tmp_path)

    done = ran(capsys, "feed", tmp_path / "rows.csv", "--mapping", tmp_path / "map.yaml", "--config", config, "--json")

    told = json.loads(done.out)
    assert (0, 3, 2, 1, {"映射滤除": 1}) == (
        done.code,
        told["read"],
        told["published"],
        told["unreadable"],
        told["filtered"],
    )


@pytest.mark.parametrize(
    ("more", "arguments", "word"),
    [
        ("", ("--ticks-every", "1h"), "只用于演练"),
        (
            "clock: {kind: scaled, epoch_real: 2026-07-01T00:00:00Z, epoch_sim: 2026-03-02T00:00:00Z, factor: 10}\n",
            ("--speed", "2"),
            "clock.factor",
        ),
        ("", ("--speed", "0"), "不大于零"),
        ("", ("--rate", "fast"), "不是数"),
        ("clock: rehearsal\n", ("--ticks-every", "soon"), "写成 30s"),
        ("topics: {partitions: 5}\n", (), "partitions 应是 5，现为 8"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_read(
    *, more: str, arguments: tuple[str, ...], word: str, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path = log.parent
    ran(capsys, "topics", "apply", "--broker", f"local://{tmp_path / 'log'}")

    refused = ran(capsys, "feed", log, "--config", settings_file(tmp_path, more), *arguments)

    assert (2, "") == (refused.code, refused.out)
    assert word in refused.err
