"""The whole demonstration at a small size: it proves itself, and what it shows fits a terminal."""

from pathlib import Path

import pytest

from tests.streams.cli.running import Ran, ran
from tools.broker import Cluster

pytestmark = pytest.mark.slow


def shown(capsys: pytest.CaptureFixture[str], keep: Path, *more: object) -> Ran:
    return ran(capsys, "demo", "--cases", 120, "--months", 2, "--fast", "--keep", keep, *more)


def proves(done: Ran) -> None:
    assert 0 == done.code, done.out + done.err
    titles = ("什么是红的", "接下来谁要超期", "哪些部门、哪些环节", "可疑收费", "数据质量", "埋设与查出")
    assert all(title in done.out for title in titles)
    assert "日子过完，全部判定、入库" in done.out
    assert "✗" not in done.out
    assert "查全率 1.000，查准率 1.000" in done.out
    assert "核对 ✓ 一致" in done.out


def test_days_pass_on_the_embedded_log_and_what_was_planted_is_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    keep = tmp_path / "kept"

    done = shown(capsys, keep)

    proves(done)
    again = ran(capsys, "compare", keep / "cards.jsonl", keep / "answers.csv", "--complete")
    assert 0 == again.code
    kept = ran(capsys, "cards", "--store", keep / "store", "--level", "red")
    assert 0 == kept.code
    assert "红牌" in kept.out


def test_a_folder_of_an_earlier_demonstration_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()

    done = shown(capsys, tmp_path)

    assert 2 == done.code
    assert "换一个目录" in done.err


def test_days_pass_on_kafka_and_what_was_planted_is_found(
    capsys: pytest.CaptureFixture[str], kafka_broker: Cluster, tmp_path: Path
) -> None:
    done = shown(capsys, tmp_path, "--kafka", kafka_broker.servers)

    proves(done)
    assert "主题前缀 jiancha-demo-" in done.out
