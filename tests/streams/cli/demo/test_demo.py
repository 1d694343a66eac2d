"""The whole demonstration at a small size: it proves itself, and what it shows fits a terminal."""

from pathlib import Path

import pytest

from tests.streams.cli.running import Ran, ran

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "kept"


def shown(capsys: pytest.CaptureFixture[str], keep: Path) -> Ran:
    return ran(capsys, "demo", "--cases", 300, "--keep", keep)


def test_what_was_planted_is_found_and_every_card_verifies(capsys: pytest.CaptureFixture[str], keep: Path) -> None:
    done = shown(capsys, keep)

    assert 0 == done.code, done.out
    titles = ("什么是红的", "接下来谁要超期", "哪些部门、哪些环节", "可疑收费", "数据质量", "埋设与查出")
    assert all(title in done.out for title in titles)
    assert "✗" not in done.out
    assert "查全率 1.000，查准率 1.000" in done.out
    assert "核对 ✓ 一致" in done.out
    again = ran(capsys, "compare", keep / "cards.jsonl", keep / "answers.csv", "--complete")
    assert 0 == again.code
