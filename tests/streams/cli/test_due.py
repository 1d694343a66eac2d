import json
from pathlib import Path

import pytest

from tests.streams.cli.running import Ran, ran
from tests.streams.cli.town import write_town


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "lizi")


def due(capsys: pytest.CaptureFixture[str], town: Path, *arguments: str) -> Ran:
    return ran(capsys, "due", *arguments, "--catalog", town)


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        (("LZ-QS", "2026-03-02", "--kind", "promise"), "2026-03-09"),
        (("LZ-QS", "2026-01-30", "--kind", "promise"), "2026-02-13"),  # the version of the day of acceptance, ten days
        (("LZ-QS", "2026-02-10", "--kind", "statutory"), "2026-03-16"),
        (("LZ-QS", "2026-02-10", "--kind", "receipt"), "2026-02-24"),
        (("LZ-QS", "2026-02-10", "--kind", "issue"), "2026-03-02"),
        (("临时救助", "2026-02-10T10:00", "--kind", "promise"), "2026-02-11"),
        (("临时救助", "2026-02-10", "--kind", "statutory"), "2026-04-13"),  # the sixtieth day is a Saturday
        (("民办学校", "2026-01-15", "--kind", "promise"), "2026-12-15"),
    ],
)
def test_a_deadline_ends_where_the_law_says(
    asked: tuple[str, ...], ends: str, town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = due(capsys, town, *asked, "--json")

    (told,) = json.loads(done.out)
    assert (asked[-1], ends, True) == (told["kind"], told["due"], told["certain"])


def test_promise_and_statute_are_shown_with_each_month_counted(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = due(capsys, town, "取水许可", "2026-02-10")

    lines = done.out.splitlines()
    assert "承诺时限 5个工作日  →  2026-02-24（周二）" in lines
    assert "法定时限 20个工作日  →  2026-03-16（周一）" in lines
    assert any("2026年2月" in line and "累计 9" in line and "春节 15日至23日" in line for line in lines)
    assert any("2026年3月" in line and "累计 20" in line for line in lines)
    assert any("第 0 日，不计入" in line for line in lines)


def test_beyond_the_last_notice_a_deadline_is_provisional_with_its_assumption(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = due(capsys, town, "LZ-XX", "2026-03-02", "--kind", "promise")

    assert "（暂定）" in done.out
    assert "未载入2027年放假安排" in done.out


def test_a_limit_in_hours_asks_for_the_instant_instead_of_guessing(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = due(capsys, town, "LZ-JZ", "2026-03-02", "--kind", "承诺")

    assert 0 == done.code
    assert "须写明起算时刻" in done.out


def test_a_matter_without_a_promise_has_none(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = due(capsys, town, "LZ-LX", "2026-02-02")

    assert "事项未承诺时限" in done.out
    assert "法定时限 20个工作日" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("无此事项", "2026-03-02"), "没有事项「无此事项」"),
        (("许可", "2026-03-02"), "「许可」不止一个事项"),
        (("LZ-LX", "2026-03-02"), "没有有效版本"),
        (("LZ-QS", "2026-03-02", "--kind", "late"), "「late」不在可选之列"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(
    arguments: tuple[str, ...], said: str, town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = due(capsys, town, *arguments)

    assert 2 == done.code
    assert said in done.err


def test_a_catalogue_with_errors_lists_all_of_them(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matters = town / "matters.yaml"
    text = matters.read_text(encoding="utf-8")
    matters.write_text(text.replace("{n: 10}", "{n: ten}").replace("org_code: LZ-JT", "org_code: LZ-??"), "utf-8")

    done = due(capsys, town, "LZ-QS", "2026-03-02")

    assert 2 == done.code
    assert "matters.yaml:11" in done.err
