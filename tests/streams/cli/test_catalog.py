import json
from pathlib import Path

import pytest

from tests.streams.cli.running import ran
from tests.streams.cli.town import write_town


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "lizi")


def test_a_sound_catalogue_is_counted_and_ends_with_zero(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "catalog", "check", town)

    assert 0 == done.code
    assert "0 处错误" in done.out
    assert "2 个部门，4 个事项" in done.out


def test_notices_of_configuration_rules_are_shown_with_their_basis(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "catalog", "check", town)

    assert 0 == done.code
    assert "提示 CF_PROMISE_WEAK" in done.out
    assert "依据：" in done.out


def test_all_errors_are_listed_at_once_with_file_line_and_field(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matters = town / "matters.yaml"
    text = matters.read_text(encoding="utf-8")
    matters.write_text(
        text.replace("after: [SL]", "after: [JD]").replace("until: 2026-03-01", "until: 2026-02-30"), "utf-8"
    )
    (town / "people.yaml").write_text("agencies: 1,200元\n", encoding="utf-8")

    done = ran(capsys, "catalog", "check", town)

    assert 1 == done.code
    assert "people.yaml:1: 错误 agencies" in done.out
    assert "matters.yaml:44: 错误 matters[3].versions[0].until" in done.out


def test_machines_get_every_problem(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (town / "people.yaml").write_text("agencis: []\n", encoding="utf-8")

    done = ran(capsys, "catalog", "check", town, "--json")

    told = json.loads(done.out)
    assert 1 == done.code
    assert [("error", 1)] == [(one["severity"], one["line"]) for one in told if one["file"].endswith("people.yaml")]


def test_what_is_no_catalogue_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "catalog", "check", tmp_path / "nowhere")

    assert 2 == done.code
    assert "也不是自带的目录" in done.err


def test_the_example_city_has_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "catalog", "check", "shili")

    assert 0 == done.code
