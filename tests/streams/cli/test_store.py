"""Commands that stand on the store: one replay of a handmade log, then everything one may ask of it."""

import csv
import io
import json
from pathlib import Path

import pytest

from streams.cli import main
from tests.streams.cli.running import Ran, ran
from tests.streams.cli.town import good_case, late_case, record, write_log, write_town

pytestmark = pytest.mark.slow

SPOILT = ('{"event_id": "broken", "case_id": "C-BROKEN"', "1,200元")


def paying_case() -> list[dict[str, object]]:
    """Return a case with a charge, a harmless correction, and a report two days late."""
    return [
        record("C-PAY", 1, "case.submitted", "2026-03-16T09:00:00"),
        record("C-PAY", 2, "case.accepted", "2026-03-16T10:00:00"),
        record("C-PAY", 3, "stage.completed", "2026-03-16T10:30:00", stage_code="SL")
        | {"reported_at": "2026-03-18T09:00:00+08:00"},
        record("C-PAY", 4, "fee.paid", "2026-03-17T10:00:00", pay_no="J1", amount="12.50", fee_name="工本费"),
        record(
            "C-PAY",
            5,
            "event.corrected",
            "2026-03-17T11:00:00",
            target_event_id="C-PAY-4",
            fields={"amount": "10.50"},
            reason="录入错误",
            approver="P9",
        ),
    ]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a catalogue, a log, the cards of its replay, and the store."""
    directory = tmp_path_factory.mktemp("room")
    write_town(directory / "lizi")
    log = write_log(directory / "log.jsonl", [*late_case(), *good_case(), *paying_case()], *SPOILT)
    code = main(
        [
            *("replay", str(log), "--catalog", str(directory / "lizi"), "--as-of", "2026-03-20"),
            *("--store", str(directory / "store"), "--cards", str(directory / "cards.jsonl")),
        ]
    )
    assert 0 == code
    return directory


@pytest.fixture
def ask(room: Path, capsys: pytest.CaptureFixture[str]) -> "Ask":
    return Ask(room, capsys)


class Ask:
    """Asks the store of the room."""

    def __init__(self, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.room = room
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        return ran(self.capsys, *arguments, "--store", self.room / "store")


class TestReplay:
    def test_the_counts_of_a_replay_reconcile(self, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
        done = ran(capsys, "replay", room / "log.jsonl", "--catalog", room / "lizi", "--no-store", "--json")

        told = json.loads(done.out)
        counts = told["counts"]
        assert 0 == done.code
        assert (21, 2) == (counts["read"], counts["quarantined"])
        assert counts["read"] == sum(n for name, n in counts.items() if name != "read")

    def test_it_ends_with_a_chinese_summary(self, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
        done = ran(capsys, "replay", room / "log.jsonl", "--catalog", room / "lizi", "--no-store")

        assert "读入 21 ＝ 计入 19 ＋ 重复 0 ＋ 隔离 2 ＋ 过滤 0  ✓ 对得上" in done.out
        assert "OT_PROMISE_OVERDUE" in done.out
        assert "超承诺时限" in done.out

    def test_nothing_but_text_goes_into_a_pipe(self, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
        done = ran(capsys, "replay", room / "log.jsonl", "--catalog", room / "lizi", "--no-store")

        assert "" == done.err
        assert "\x1b" not in done.out

    def test_strict_stops_at_the_first_record_that_cannot_be_read(
        self, room: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = ran(capsys, "replay", room / "log.jsonl", "--catalog", room / "lizi", "--no-store", "--strict")

        assert 2 == done.code
        assert "log.jsonl:20" in done.err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--catalog", "nowhere"), "没有这个目录"),
            (("--profile", "nix"), "没有名为 'nix' 的方案"),
            (("--as-of", "2026-13-01"), "不是日期或时刻"),
            (("--workers", "0"), "0 小于 1"),
            (("--mapping", "nix.yaml"), "没有文件 nix.yaml"),
        ],
    )
    def test_what_it_cannot_use_is_refused(
        self, arguments: tuple[str, ...], said: str, room: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = ran(capsys, "replay", room / "log.jsonl", "--catalog", room / "lizi", "--no-store", *arguments)

        assert 2 == done.code
        assert said in done.err

    def test_the_cards_it_writes_can_be_compared(self, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
        key = room / "key.csv"
        key.write_text("rule,case,level,expect\nOT_PROMISE_OVERDUE,C-LATE,yellow,found\n"
                       "OT_PROMISE_OVERDUE,C-GOOD,,quiet\n", encoding="utf-8")  # fmt: skip

        done = ran(capsys, "compare", room / "cards.jsonl", key)

        assert 0 == done.code


class TestCards:
    def test_the_worst_stand_first(self, ask: Ask) -> None:
        levels = [card["level"] for card in json.loads(ask("cards", "--json").out)]

        assert sorted(levels, key=["red", "yellow", "notice"].index) == levels
        assert "red" in levels

    def test_filters_hold_together(self, ask: Ask) -> None:
        by_rule = json.loads(ask("cards", "--json", "--rule", "超承诺时限", "--case", "C-LATE").out)
        other = json.loads(ask("cards", "--json", "--rule", "OT_PROMISE_OVERDUE", "--case", "C-GOOD").out)

        assert [("OT_PROMISE_OVERDUE", "C-LATE", "yellow")] == [
            (card["rule_id"], card["case_id"], card["level"]) for card in by_rule
        ]
        assert [] == other

    @pytest.mark.parametrize(
        "only",
        [
            ("--org", "水务"),
            ("--org", "LZ-SW"),
            ("--level", "黄牌"),
            ("--level", "yellow", "--level", "red"),
            ("--state", "已生成"),
            ("--task", "LZ-QS"),
            ("--since", "2026-03-13", "--until", "2026-03-13"),
            ("--standing",),
        ],
    )
    def test_each_filter_finds_the_late_case(self, only: tuple[str, ...], ask: Ask) -> None:
        found = json.loads(ask("cards", "--json", *only).out)

        assert ("OT_PROMISE_OVERDUE", "C-LATE") in {(card["rule_id"], card["case_id"]) for card in found}

    @pytest.mark.parametrize("only", [("--level", "红牌"), ("--since", "2026-03-14"), ("--org", "交通")])
    def test_each_filter_leaves_the_late_case_out(self, only: tuple[str, ...], ask: Ask) -> None:
        found = json.loads(ask("cards", "--json", *only).out)

        assert "OT_PROMISE_OVERDUE" not in {card["rule_id"] for card in found}

    def test_the_table_is_chinese_and_says_how_many(self, ask: Ask) -> None:
        out = ask("cards", "--limit", "1").out

        assert out.splitlines()[0].split() == [
            *("级别", "规则", "办件", "对象", "责任部门", "状态", "条件成立", "监察编号")
        ]
        assert "● 红牌" in out
        assert "列出前 1 张" in out

    def test_a_sheet_has_the_columns_of_the_machine(self, ask: Ask) -> None:
        rows = list(csv.DictReader(io.StringIO(ask("cards", "--csv").out)))
        told = json.loads(ask("cards", "--json").out)

        assert [card["card_id"] for card in told] == [row["card_id"] for row in rows]
        assert list(told[0]) == list(rows[0])

    def test_an_unknown_rule_is_refused(self, ask: Ask) -> None:
        done = ask("cards", "--rule", "OT_NOTHING")

        assert 2 == done.code
        assert "没有规则「OT_NOTHING」" in done.err


class TestCase:
    def test_the_days_counted_and_excluded_are_told(self, ask: Ask) -> None:
        told = json.loads(ask("case", "C-LATE", "--json").out)

        promise = next(clock for clock in told["clocks"] if clock["kind"] == "promise")
        assert "2026-03-12" == promise["due"]
        assert [
            ("计入", "2026-03-03", "2026-03-04", 2),
            ("不计入", "2026-03-05", "2026-03-09", 3),
            ("计入", "2026-03-10", "2026-03-12", 3),
            ("超期", "2026-03-13", "2026-03-17", 3),
        ] == [(one["kind"], one["from"], one["through"], one["days"]) for one in promise["intervals"]]

    def test_its_page_shows_events_stages_and_cards(self, ask: Ask) -> None:
        out = ask("case", "C-LATE").out

        assert all(title in out for title in ("【经过】", "【承诺时限 5个工作日】", "【环节】", "【监察信号】"))
        assert "环节结束：审查" in out
        assert "超承诺时限" in out

    def test_what_people_wrote_is_shown_by_its_length_alone(self, ask: Ask) -> None:
        out = ask("case", "C-LATE").out

        assert "启动理由或依据（10 字）" in out
        assert "现场核实" not in out

    def test_late_reports_and_corrections_are_remarked(self, ask: Ask) -> None:
        out = ask("case", "C-PAY").out

        assert "到达 2026-03-18 09:00" in out
        assert "更正" in out

    def test_as_of_an_earlier_instant_later_reports_are_unknown(self, ask: Ask) -> None:
        told = json.loads(ask("case", "C-LATE", "--as-of", "2026-03-10", "--json").out)

        assert ["C-LATE-1", "C-LATE-2", "C-LATE-3", "C-LATE-4"] == [event["event_id"] for event in told["events"]]

    def test_an_unknown_case_is_refused_with_what_may_have_been_meant(self, ask: Ask) -> None:
        done = ask("case", "C-LATTE")

        assert 2 == done.code
        assert "是否想写 C-LATE" in done.err


class TestExplain:
    def test_a_card_tells_clause_arithmetic_evidence_and_history(self, ask: Ask) -> None:
        (card,) = json.loads(ask("cards", "--json", "--rule", "OT_PROMISE_OVERDUE").out)

        out = ask("explain", card["card_id"]).out

        assert "行政许可法 42" in out
        assert "不计入 3 日" in out
        assert "C-LATE-7  办结 case.closed" in out
        assert "2026-03-13 00:30:00  发出  黄牌" in out

    def test_a_quiet_case_tells_why_there_is_no_card(self, ask: Ask) -> None:
        out = ask("explain", "--case", "C-GOOD", "--rule", "OT_PROMISE_OVERDUE").out

        assert "无违规" in out
        assert "到期日：2026-03-09" in out

    def test_machines_get_the_same_sections(self, ask: Ask) -> None:
        told = json.loads(ask("explain", "--case", "C-GOOD", "--rule", "OT_PROMISE_OVERDUE", "--json").out)

        assert "结论" == told["sections"][0]["title"]

    @pytest.mark.parametrize("written", ["LZ-SW", "例子县水务局", "水务"])
    def test_a_rule_about_agencies_is_asked_of_an_agency(self, written: str, ask: Ask) -> None:
        out = ask("explain", "--case", written, "--rule", "DQ_SILENT_ORG").out

        assert "不适用：目录未要求该部门每日报送" in out
        assert "报送日 org.reported" in out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "写监察编号，或者写"),
            (("NOSUCHCARD",), "没有监察信号「NOSUCHCARD」"),
            (("--case", "C-GOOD"), "--case 须与 --rule 同用"),
            (("--case", "C-GOOD", "--rule", "OT_X"), "没有规则「OT_X」"),
            (("--case", "C-NONE", "--rule", "OT_PROMISE_OVERDUE"), "没有办件「C-NONE」"),
        ],
    )
    def test_what_cannot_be_explained_is_refused(self, arguments: tuple[str, ...], said: str, ask: Ask) -> None:
        done = ask("explain", *arguments)

        assert 2 == done.code
        assert said in done.err


class TestQuarantine:
    def test_the_list_names_file_line_and_reason(self, ask: Ask) -> None:
        told = json.loads(ask("quarantine", "list", "--json").out)

        assert [20, 21] == [one["line"] for one in told]
        assert all(one["reason"] for one in told)

    def test_one_record_is_shown_with_its_bytes(self, ask: Ask) -> None:
        first = json.loads(ask("quarantine", "list", "--json").out)[0]

        out = ask("quarantine", "show", str(first["position"])).out

        assert SPOILT[0] in out

    def test_a_number_that_is_not_there_is_refused(self, ask: Ask) -> None:
        assert 2 == ask("quarantine", "show", "99").code


class TestVerify:
    def test_what_was_stored_verifies(self, ask: Ask) -> None:
        done = ask("verify")

        assert 0 == done.code
        assert "核对 ✓ 一致" in done.out

    def test_another_edition_of_the_catalogue_fails(self, ask: Ask, tmp_path: Path) -> None:
        moved = write_town(tmp_path / "lizi")
        (moved / "more.yaml").write_text("sources: []\n", encoding="utf-8")

        done = ask("verify", "--catalog", str(moved))

        assert 1 == done.code
        assert "版本" in done.out


@pytest.mark.parametrize("command", [("cards",), ("case", "C"), ("explain", "X"), ("verify",), ("quarantine", "list")])
def test_without_a_store_every_command_says_so(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, *command, "--store", tmp_path / "nowhere")

    assert 2 == done.code
    assert "没有存储" in done.err
