import json
from pathlib import Path

import pytest

from tests.streams.answers.small import RECEIPT_ANSWERS, receipt_log, write, write_answer
from tests.streams.cli.running import ran

DATE = "closed_after_deadline_date"
STEPS = "lacks_core_step"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return write(tmp_path, "receipt", receipt_log(), {rule: RECEIPT_ANSWERS[rule] for rule in (DATE, STEPS)})


def test_equal_answers_end_with_exit_code_zero_a_line_a_file(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "answers", logs)

    assert 0 == done.code
    (line,) = (line for line in done.out.splitlines() if line.startswith(DATE))
    assert ["OT_PROMISE_OVERDUE", "receipt/catalog", "date", "已办结", "4", "1", "1", "✓", "相等"] == line.split()[1:]
    assert "2 个答案文件：相等 2" in done.out


def test_a_difference_ends_with_exit_code_one_and_is_listed(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(logs, "receipt", DATE, [{"case": "same-day"}])

    done = ran(capsys, "answers", logs)

    assert 1 == done.code
    assert "✗ 不等" in done.out
    assert f"{DATE} 漏 1：same-day" in done.out
    assert f"{DATE} 多 1：next-day" in done.out


def test_no_more_items_are_listed_than_asked_for(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (logs / "known_answers" / "INDEX.csv").write_text("file,log,rule,violations_rows,population\n", encoding="utf-8")
    write_answer(logs, "receipt", STEPS, [{"case": str(n), "missing": "T04"} for n in range(5)])

    done = ran(capsys, "answers", logs, "--show", "2")

    assert f"{STEPS} 漏 5：0 T04；1 T04，另有 3" in done.out


def test_what_has_no_answer_says_why_and_is_no_difference(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(logs, "receipt", "fee_off_modal_tariff", [])

    done = ran(capsys, "answers", logs)

    assert 0 == done.code
    assert "fee_off_modal_tariff 回答不了：以同年同类" in done.out


def test_machines_get_files_settings_and_items(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(ran(capsys, "answers", logs, "--json").out)

    assert told["holds"]
    (date,) = (one for one in told["answers"] if one["file"] == f"receipt__{DATE}.csv")
    assert ("equal", 1, 1, 4, 4) == tuple(
        date[key] for key in ("outcome", "wanted", "found", "population", "population_wanted")
    )
    assert (["OT_PROMISE_OVERDUE"], "receipt/catalog", "date") == (date["rules"], date["catalog"], date["profile"])
    assert "2011-12-20T08:35:00+00:00" == date["as_of"]


@pytest.mark.parametrize("option", [(), ("--examples", "nowhere")])
def test_a_directory_that_is_not_there_is_refused(
    option: tuple[str, ...], logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "answers", logs if option else logs / "nowhere", *option)

    assert 2 == done.code
    assert "没有目录" in done.err


def test_answers_that_cannot_be_read_are_refused(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (logs / "known_answers" / "INDEX.csv").unlink()

    done = ran(capsys, "answers", logs)

    assert 2 == done.code
    assert "没有文件" in done.err
