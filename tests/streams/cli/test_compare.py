import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from rules.events.words import Level
from streams.cli.agreement import Agreement, Claim, Kind, Wanted, agreement
from tests.streams.cli.running import ran

LATE = "OT_PROMISE_OVERDUE"
OVER = "OT_STATUTORY_OVER"


def claim(rule: str, case: str, subject: str = "", level: Level = Level.RED, *, neutral: bool = False) -> Claim:
    return Claim(rule, case, subject, level, neutral=neutral)


def kinds(found: Agreement) -> list[tuple[Kind, str]]:
    return [(one.kind, one.case_id) for one in found.differences]


class TestAgreement:
    def test_what_is_wanted_and_found_agrees(self) -> None:
        found = agreement([claim(LATE, "C1")], [Wanted(LATE, "C1", "")])

        (score,) = found.scores
        assert (1.0, 1.0, True) == (score.recall, score.precision, found.holds)

    def test_a_wanted_row_that_was_not_found_is_missed(self) -> None:
        found = agreement([claim(LATE, "C1")], [Wanted(LATE, "C1", ""), Wanted(LATE, "C2", "")])

        assert [(Kind.MISSED, "C2")] == kinds(found)
        assert 0.5 == found.scores[0].recall

    def test_a_card_nobody_wanted_is_surplus(self) -> None:
        found = agreement([claim(LATE, "C1"), claim(LATE, "C9")], [Wanted(LATE, "C1", "")])

        assert [(Kind.SURPLUS, "C9")] == kinds(found)
        assert 0.5 == found.scores[0].precision

    def test_a_near_miss_must_stay_quiet(self) -> None:
        found = agreement([claim(LATE, "C1")], [Wanted(LATE, "C1", "", quiet=True)])

        assert [(Kind.NOT_QUIET, "C1")] == kinds(found)
        assert (0, 1) == (found.scores[0].kept_quiet, found.scores[0].quiet)

    def test_what_was_merged_answers_the_key_and_is_never_surplus(self) -> None:
        claims = [claim(LATE, "C1", neutral=True), claim(LATE, "C2", neutral=True)]

        assert agreement(claims, [Wanted(LATE, "C1", "")]).holds
        assert agreement(claims, [Wanted(LATE, "C2", "", quiet=True)]).holds

    def test_a_row_without_a_subject_takes_all_subjects_of_the_case(self) -> None:
        assert agreement([claim(LATE, "C1", "a"), claim(LATE, "C1", "b")], [Wanted(LATE, "C1", "")]).holds

    def test_a_row_with_a_subject_takes_that_one(self) -> None:
        found = agreement([claim(LATE, "C1", "a"), claim(LATE, "C1", "b")], [Wanted(LATE, "C1", "a")])

        assert [(Kind.SURPLUS, "C1")] == kinds(found)

    def test_a_row_without_a_case_goes_by_its_subject(self) -> None:
        assert agreement([claim(LATE, "C1", "pay-1")], [Wanted(LATE, "", "pay-1")]).holds

    def test_another_level_is_a_difference_and_still_a_hit(self) -> None:
        found = agreement([claim(LATE, "C1", level=Level.YELLOW)], [Wanted(LATE, "C1", "", Level.RED)])

        assert [(Kind.LEVEL, "C1")] == kinds(found)
        assert 1.0 == found.scores[0].recall

    def test_rules_the_key_does_not_mention_are_counted_apart(self) -> None:
        found = agreement([claim(LATE, "C1"), claim(OVER, "C1")], [Wanted(LATE, "C1", "")])

        assert (True, {OVER: 1}) == (found.holds, found.not_compared)

    def test_of_a_complete_key_they_are_surplus(self) -> None:
        found = agreement([claim(LATE, "C1"), claim(OVER, "C1")], [Wanted(LATE, "C1", "")], complete=True)

        assert [(Kind.SURPLUS, "C1")] == kinds(found)


def card(rule: str, case: str, **more: Any) -> dict[str, Any]:
    return {"card_id": f"{rule}-{case}", "rule_id": rule, "case_id": case, "subject": "", "level": "red"} | {
        "state": "OPEN",
        "merged_into": "",
        "grounds": [],
        **more,
    }


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "cards.jsonl", tmp_path / "key.csv"


def written(files: tuple[Path, Path], cards: Sequence[Mapping[str, Any]], key: str) -> tuple[Path, Path]:
    files[0].write_text("".join(json.dumps(one) + "\n" for one in cards), encoding="utf-8")
    files[1].write_text(key, encoding="utf-8")
    return files


class TestCommand:
    def test_agreement_ends_with_exit_code_zero(
        self, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(files, [card(LATE, "C1")], f"rule_id,case_id\n{LATE},C1\n")

        done = ran(capsys, "compare", *files)

        assert 0 == done.code
        assert "1.000" in done.out
        assert "没有差异" in done.out

    def test_a_difference_ends_with_exit_code_one_and_is_listed(
        self, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(files, [card(LATE, "C1")], f"rule,case,note\n{LATE},C2,到期日次日\n")

        done = ran(capsys, "compare", *files)

        assert 1 == done.code
        assert any("漏报" in line and "C2" in line and "到期日次日" in line for line in done.out.splitlines())
        assert any("多报" in line and "C1" in line for line in done.out.splitlines())

    def test_it_may_be_asked_to_end_with_zero_all_the_same(
        self, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(files, [], f"rule,case\n{LATE},C2\n")

        assert 0 == ran(capsys, "compare", *files, "--exit-zero").code

    def test_withdrawn_cards_do_not_count_and_grounds_answer(
        self, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        grounds = [{"rule_id": LATE, "level": "yellow", "subject": ""}]
        cards = [card(LATE, "C1", state="WITHDRAWN"), card(OVER, "C2", grounds=grounds)]
        written(files, cards, f"rule;case;expect\n{LATE};C1;quiet\n{LATE};C2;found\n{OVER};C2;found\n")

        assert 0 == ran(capsys, "compare", *files).code

    def test_machines_get_numbers_and_differences(
        self, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(files, [card(LATE, "C1")], f"rule,case,level\n{LATE},C1,黄牌\n")

        told = json.loads(ran(capsys, "compare", *files, "--json").out)

        assert (False, 1.0) == (told["agrees"], told["rules"][0]["recall"])
        assert [("level", "yellow", "red")] == [
            (one["kind"], one["wanted_level"], one["found_level"]) for one in told["differences"]
        ]

    @pytest.mark.parametrize(
        ("key", "said"),
        [
            ("rule,cas\nA,B\n", "key.csv:1: 答案缺少列 case_id"),
            ("case\nB\n", "key.csv:1: 答案缺少列 rule_id"),
            ("rule,case\n,B\n", "key.csv:2: rule 为空"),
            ("rule,case\nA,\n", "key.csv:2: 办件和对象都为空"),
            ("rule,case,expect\nA,B,maybe\n", "key.csv:2: expect 应是 found 或 quiet"),
            ("rule,case,level\nA,B,blue\n", "key.csv:2: level 应是"),
        ],
    )
    def test_a_key_that_cannot_be_read_names_line_and_column(
        self, key: str, said: str, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(files, [], key)

        done = ran(capsys, "compare", *files)

        assert 2 == done.code
        assert said in done.err

    def test_cards_that_cannot_be_read_name_their_line(
        self, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(files, [card(LATE, "C1"), {"rule_id": LATE}], f"rule,case\n{LATE},C1\n")

        done = ran(capsys, "compare", *files)

        assert 2 == done.code
        assert "cards.jsonl:2: 不是监察信号的 JSON 行" in done.err
