import json
from pathlib import Path

import pytest

from tests.streams.cli.running import ran
from tests.streams.cli.town import write_town


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = []
    for name in ("first", "second"):
        done = ran(capsys, "simulate", "--out", tmp_path / name, "--cases", 30, "--seed", 5, "--json")
        told = json.loads(done.out)
        written.append((Path(told["events"]).read_bytes(), Path(told["answers"]).read_bytes()))
        assert told["lines"] == written[-1][0].count(b"\n")

    assert written[0] == written[1]


def test_it_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town = write_town(tmp_path / "lizi")

    out = ran(capsys, "simulate", "--out", tmp_path / "city", "--cases", 10, "--catalog", town).out

    assert f"jiancha replay {tmp_path / 'city' / 'events.jsonl'} --as-of" in out
    assert f"--catalog {town}" in out
    assert f"jiancha compare cards.jsonl {tmp_path / 'city' / 'answers.csv'}" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--catalog", "national"), "没有事项或部门，无从模拟"),
        (("--start", "2026-02-30"), "不是日期"),
        (("--cases", "0"), "0 小于 1"),
        (("--months", "none"), "不是整数"),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "simulate", "--out", tmp_path / "city", *arguments)

    assert 2 == done.code
    assert said in done.err
