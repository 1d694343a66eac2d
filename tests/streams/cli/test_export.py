"""What leaves the store as files, and the data dictionary."""

import csv
import io
from pathlib import Path

import pytest

from streams.cli import main
from tests.streams.cli.running import Ran, ran
from tests.streams.cli.town import good_case, late_case, write_log, write_town

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a store of two cases."""
    directory = tmp_path_factory.mktemp("room")
    write_town(directory / "lizi")
    log = write_log(directory / "log.jsonl", [*late_case(), *good_case()])
    told = ("--catalog", str(directory / "lizi"), "--as-of", "2026-03-20", "--store", str(directory / "store"))
    assert 0 == main(["replay", str(log), *told])
    return directory


def exported(room: Path, capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """What an export of that store gives."""
    return ran(capsys, "export", *arguments, "--store", room / "store")


def table(text: str) -> list[dict[str, str]]:
    """CSV as rows by name."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_view_is_written_as_csv(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = exported(room, capsys, "v_card", "--base-url", "https://jc.example")

    [late] = [row for row in table(done.out) if row["rule_id"] == "OT_PROMISE_OVERDUE"]
    assert 0 == done.code
    assert ("C-LATE", "超承诺时限", f"https://jc.example/card/{late['card_id']}") == (
        late["case_id"],
        late["rule_name"],
        late["link"],
    )


def test_a_query_file_is_asked(room: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    query = tmp_path / "q.sql"
    query.write_text("-- 问：有几件？\nSELECT count() AS n FROM v_case", encoding="utf-8")

    done = exported(room, capsys, query)

    assert [{"n": "2"}] == table(done.out)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_name_of_the_file_says_the_format(
    room: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"cases.{ending}"

    done = exported(room, capsys, "v_case", "--out", out)

    starts = {"csv": b"\xef\xbb\xbfcase_id,", "xlsx": b"PK", "parquet": b"PAR1"}
    assert (0, "") == (done.code, done.out)
    assert f"{out}：办件现状，2 行\n" == done.err
    assert out.read_bytes().startswith(starts[ending])
    assert [out] == list(tmp_path.iterdir())


def test_names_take_a_role(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = exported(room, capsys, "v_case_timeline_internal")
    told = exported(room, capsys, "v_case_timeline_internal", "--role", "内部")

    assert 2 == refused.code
    assert "当前角色：一般" in refused.err
    assert {"P0", "P1", "P2"} <= {row["operator_id"] for row in table(told.out)}


def test_what_cannot_be_read_leaves_no_file(room: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    query = tmp_path / "q.sql"
    query.write_text("SELECT toDecimal64('x', 2) FROM v_case", encoding="utf-8")

    done = exported(room, capsys, query, "--out", tmp_path / "out.csv")

    assert 2 == done.code
    assert [query] == list(tmp_path.iterdir())


def test_the_public_gets_no_small_numbers(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = exported(room, capsys, "--public", "部门")

    assert {"不公开"} == {row["cases"] for row in table(done.out)}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "给出一个视图或查询文件"),
        (("v_card", "--public", "org"), "给出一个视图或查询文件"),
        (("v_card", "--format", "xlsx"), "须写到文件"),
        (("v_nothing",), "没有视图或查询文件"),
        (("v_card", "--role", "king"), "king"),
    ],
)
def test_what_cannot_be_done_is_said(
    room: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    done = exported(room, capsys, *arguments)

    assert 2 == done.code
    assert why in done.err


def test_the_dictionary_names_every_view_and_table(capsys: pytest.CaptureFixture[str]) -> None:
    from sinks.clickhouse.views import shipped_views

    done = ran(capsys, "dictionary")

    assert 0 == done.code
    assert all(f"\n### {view.name}\n" in done.out for view in shipped_views())
    assert all(f"| `{column.name}` |" in done.out for view in shipped_views() for column in view.columns)
    assert "\n### card_transition\n" in done.out
    assert "GRANT SELECT ON jiancha.v_card TO jiancha_reader;" in done.out


def test_the_dictionary_in_the_tree_is_the_one_printed(capsys: pytest.CaptureFixture[str]) -> None:
    written = Path(__file__).resolve().parents[3] / "docs" / "data-dictionary.md"

    assert written.read_text(encoding="utf-8") == ran(capsys, "dictionary").out
