import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from rules.catalog.loading import CatalogErrors
from streams.answers import EXAMPLES, Answered, BadAnswers, Outcome, answers_for
from streams.replay import ReplaySettings, replay
from streams.sources.errors import Unusable
from tests.streams.answers.small import (
    BUILDING_ANSWERS,
    COMMON,
    RECEIPT_ANSWERS,
    building_case,
    building_log,
    receipt_case,
    receipt_log,
    write,
    write_answer,
)


def by_file(answers: Iterable[Answered]) -> dict[str, Answered]:
    return {one.file.file.removesuffix(".csv"): one for one in answers}


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("logs")
    write(directory, "receipt", receipt_log(), RECEIPT_ANSWERS)
    return write(directory, "bpic15_1", building_log(), BUILDING_ANSWERS)


@pytest.fixture(scope="module")
def answers(logs: Path) -> Mapping[str, Answered]:
    return by_file(answers_for(logs, EXAMPLES))


def receipt_only(directory: Path, *files: str) -> Path:
    return write(directory, "receipt", receipt_log(), {file: RECEIPT_ANSWERS[file] for file in files})


class TestEqual:
    @pytest.mark.parametrize(
        "file", [f"receipt__{one}" for one in RECEIPT_ANSWERS] + [f"bpic15_1__{one}" for one in BUILDING_ANSWERS]
    )
    def test_what_can_be_answered_is_equal_out_of_the_same_population(
        self, file: str, answers: Mapping[str, Answered]
    ) -> None:
        one = answers[file]

        assert ((), ()) == (one.missed, one.surplus)
        if one.outcome is not Outcome.REFUSED:
            assert Outcome.EQUAL is one.outcome
            assert one.file.population == one.population

    def test_logs_are_answered_in_the_order_of_the_index(self, answers: Mapping[str, Answered]) -> None:
        assert ["receipt", "bpic15_1"] == list(dict.fromkeys(one.file.log for one in answers.values()))

    def test_two_processes_answer_as_one(self, logs: Path, answers: Mapping[str, Answered]) -> None:
        assert list(answers.values()) == list(answers_for(logs, EXAMPLES, processes=2))

    def test_what_is_asked_otherwise_says_why(self, answers: Mapping[str, Answered]) -> None:
        one = answers["bpic15_1__decision_later_than_net_term"]

        assert (Outcome.REFUSED, 1, None) == (one.outcome, one.wanted, one.found)
        assert "到期之前" in one.why
        assert one.holds

    def test_the_heading_tells_what_was_read(self, answers: Mapping[str, Answered]) -> None:
        log = answers["bpic15_1__negative_fee"].log

        assert log is not None
        assert (8, 1, 0, "bpic15/mapping.yaml") == (log.cases, log.duplicates, log.quarantined, log.mapping)

    def test_the_fifth_municipality_is_asked_for_two_more_steps(self, tmp_path: Path) -> None:
        rows = building_case("short", [f"{code} 2014-09-02" for code in COMMON])
        wanted = [{"case": "short", "missing": "01_HOOFD_030_2+01_HOOFD_180"}]
        write(tmp_path, "bpic15_5", rows, {"lacks_90pct_step": (1, wanted)})

        assert [Outcome.EQUAL] == [one.outcome for one in answers_for(tmp_path, EXAMPLES)]


class TestDifferent:
    def test_what_the_file_lacks_is_surplus_and_what_we_lack_is_missed(self, tmp_path: Path) -> None:
        directory = receipt_only(tmp_path, "closed_after_deadline_date")
        write_answer(directory, "receipt", "closed_after_deadline_date", [{"case": "same-day"}])

        (one,) = answers_for(directory, EXAMPLES)

        assert Outcome.DIFFERENT is one.outcome
        assert not one.holds
        assert ((("same-day",),), (("next-day",),)) == (one.missed, one.surplus)

    def test_the_steps_of_a_case_must_be_the_same_too(self, tmp_path: Path) -> None:
        directory = receipt_only(tmp_path, "closed_lacking_core_step")
        write_answer(directory, "receipt", "closed_lacking_core_step", [{"case": "short", "missing": "T04"}])

        (one,) = answers_for(directory, EXAMPLES)

        assert (("short", "T04"),) == one.missed

    @pytest.mark.parametrize("spoilt", ["2011-02-30", "1811-12-01", "2099-12-01"])
    def test_a_case_with_a_record_put_aside_is_not_said_to_lack_a_step(self, spoilt: str, tmp_path: Path) -> None:
        rows = receipt_case("spoilt", "2012-01-05 01:06:40", "2011-12-19 10:00:00", ("T00 R1", "T02 R1"))
        rows[1]["time:timestamp"] = f"{spoilt} 09:00:00+01:00"
        write(tmp_path, "receipt", rows, {"closed_lacking_core_step": (1, [])})

        (one,) = answers_for(tmp_path, EXAMPLES)

        assert Outcome.EQUAL is one.outcome
        assert one.log is not None
        assert 1 == one.log.quarantined


class TestMissing:
    def test_a_log_that_cannot_be_read_is_put_aside_whole(self, tmp_path: Path) -> None:
        directory = receipt_only(tmp_path, "closed_after_deadline_date")
        (directory / "receipt" / "receipt.csv.gz").write_bytes(b"\x1f\x8b no log at all")

        (one,) = answers_for(directory, EXAMPLES)

        assert (Outcome.DIFFERENT, (("next-day",),)) == (one.outcome, one.missed)
        assert one.log is not None
        assert (0, 1) == (one.log.events, one.log.quarantined)

    def test_a_log_that_is_not_there_is_an_open_question(self, tmp_path: Path) -> None:
        directory = receipt_only(tmp_path, "closed_after_deadline_date")
        (directory / "receipt" / "receipt.csv.gz").unlink()

        (one,) = answers_for(directory, EXAMPLES)

        assert (Outcome.NO_LOG, False) == (one.outcome, one.holds)
        assert "receipt/receipt.csv.gz" in one.why

    @pytest.mark.parametrize(("log", "rule"), [("elsewhere", "anything"), ("receipt", "anything")])
    def test_what_nobody_wrote_a_setting_for_has_no_answer(self, log: str, rule: str, tmp_path: Path) -> None:
        directory = receipt_only(tmp_path, "closed_after_deadline_date")
        write_answer(directory, log, rule, [{"case": "c"}])

        one = by_file(answers_for(directory, EXAMPLES))[f"{log}__{rule}"]

        assert Outcome.REFUSED is one.outcome
        assert one.why

    @pytest.mark.parametrize(
        ("file", "content", "said"),
        [
            ("INDEX.csv", "file,log\n", "INDEX.csv:1: 缺少列 rule、violations_rows、population"),
            ("INDEX.csv", "file,log,rule,violations_rows,population\n../x,l,r,1,1\n", "INDEX.csv:2: file"),
            ("INDEX.csv", "file,log,rule,violations_rows,population\na,l,r,many,1\n", "INDEX.csv:2: violations_rows"),
            ("receipt__closed_after_deadline_date.csv", "fall\nx\n", "date.csv:1: 缺少列 case"),
            ("receipt__closed_after_deadline_date.csv", "case\nx\ny\n", "date.csv: 有 2 行，INDEX.csv 说是 1 行"),
            ("receipt__closed_after_deadline_date.csv", b"case\n\xff\n", "date.csv: 读不出"),
        ],
    )
    def test_answers_that_cannot_be_read_are_refused_with_file_and_line(
        self, file: str, content: str | bytes, said: str, tmp_path: Path
    ) -> None:
        directory = receipt_only(tmp_path, "closed_after_deadline_date")
        path = directory / "known_answers" / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

        with pytest.raises(BadAnswers) as refused:
            list(answers_for(directory, EXAMPLES))

        assert said in str(refused.value)

    def test_a_number_that_is_none_is_refused(self, tmp_path: Path) -> None:
        rows = building_case("c", ["01_HOOFD_510_2 2014-09-03"])
        broken = [{"case": "c", "days": "one", "wd_cn": "1", "extended_procedure": "False"}]
        write(tmp_path, "bpic15_1", rows, {"decision_clock_all_cases": (1, broken)})

        with pytest.raises(BadAnswers, match=r"decision_clock_all_cases\.csv"):
            list(answers_for(tmp_path, EXAMPLES))

    def test_examples_that_cannot_be_used_are_refused_before_a_log_is_read(self, tmp_path: Path) -> None:
        directory = receipt_only(tmp_path, "closed_after_deadline_date")
        (directory / "receipt" / "receipt.csv.gz").write_bytes(b"no log at all")
        (tmp_path / "examples" / "receipt").mkdir(parents=True)

        with pytest.raises(Unusable):
            list(answers_for(directory, tmp_path / "examples"))

        mapping = (EXAMPLES / "receipt" / "mapping.yaml").read_bytes()
        (tmp_path / "examples" / "receipt" / "mapping.yaml").write_bytes(mapping)
        with pytest.raises(CatalogErrors):
            list(answers_for(directory, tmp_path / "examples"))


class TestReplay:
    @pytest.mark.parametrize(
        ("file", "beyond"),
        [
            ("receipt__closed_after_deadline_date", set()),
            ("receipt__lacks_core_step", set()),
            ("bpic15_1__decision_later_than_net_term_lawful_only", {"wide", "steps"}),
            ("bpic15_1__case_over_20_working_days_CN", {"extended", "asked-too-late", "steps"}),
        ],
    )
    def test_a_replay_by_all_rules_says_the_same_and_more_only_beyond_the_population(
        self, file: str, beyond: set[str], answers: Mapping[str, Answered], tmp_path: Path
    ) -> None:
        one = answers[file]
        assert one.log is not None
        assert one.setting is not None
        settings = ReplaySettings(
            sources=(one.log.file,),
            mapping=EXAMPLES / one.log.mapping,
            catalog=EXAMPLES / one.setting.catalog,
            profile=one.setting.profile,
            as_of=one.log.as_of,
            cards=tmp_path / "cards.jsonl",
        )

        replay(settings)

        cards = [json.loads(line) for line in (tmp_path / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
        found = {card["case_id"] for card in cards if card["rule_id"] in one.rules and card["state"] != "WITHDRAWN"}
        log, _, rule = file.partition("__")
        known = {"receipt": RECEIPT_ANSWERS, "bpic15_1": BUILDING_ANSWERS}[log][rule][1]
        assert {row["case"] for row in known} | beyond == found
