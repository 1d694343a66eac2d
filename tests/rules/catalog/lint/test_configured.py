from pathlib import Path

import pytest

from rules.catalog.lint import lint
from rules.catalog.loading import Problem, Severity
from tests.rules.catalog.known import STANDS
from tests.rules.catalog.writing import loaded

MATTER = """
matters:
  - code: M1
    name: 事项一
    org_code: A1
    task_type: "{task_type}"
    versions:
      - version: 1
        basis: 示1号
        {lines}
"""
HEAD = "name: 试\ntitle: 试\nedition: 1\nprofile: own\n"
SPECIAL = "special_procedures: [hearing]"  # no ordinary matter: the seven days do not bind it


def findings(directory: Path, *lines: str, task_type: str = "01", **files: str) -> list[Problem]:
    """The findings of the configuration rules about a matter whose one version has these lines, from line 10 on."""
    text = MATTER.format(task_type=task_type, lines="\n        ".join(lines))
    documents = loaded(directory, matters=text, **files)
    return [found for found in lint(documents, STANDS) if found.rule is not None]


class TestLimitSum:
    def test_stages_longer_than_the_promise_are_told_with_their_sum(self, tmp_path: Path) -> None:
        (found,) = findings(
            tmp_path,
            "promise: {n: 3}",
            "flow:",
            "  - {code: SL, name: 受理}",
            "  - {code: SC, name: 审查, after: [SL], limit: {n: 2}}",
            "  - {code: JD, name: 决定, after: [SC], limit: {n: 2}, decisive: true}",
        )

        assert ("CF_LIMIT_SUM", "M1@1", Severity.NOTICE) == (found.rule, found.subject, found.severity)
        assert (11, "matters[0].versions[0].flow") == (found.line, found.field)
        assert "环节时限之和 4个工作日 超过承诺时限 3个工作日" == found.message
        assert (
            "事项一（第 1 版）",
            "审查 2个工作日 + 决定 2个工作日 = 4个工作日 > 承诺 3个工作日",
        ) == found.arithmetic
        assert found.basis is not None
        assert found.basis.endswith("；示1号")

    def test_a_sum_on_the_promise_is_in_order(self, tmp_path: Path) -> None:
        flow = (
            "flow: [{code: A, name: 甲, limit: {n: 2}}, {code: B, name: 乙, after: [A], limit: {n: 1}, decisive: true}]"
        )

        assert [] == findings(tmp_path, "promise: {n: 3}", flow)

    def test_parallel_stages_count_along_the_longest_path_only(self, tmp_path: Path) -> None:
        flow = [
            "flow:",
            "  - {code: A, name: 甲, limit: {n: 1}}",
            "  - {code: B, name: 乙, after: [A], limit: {n: 4}}",
            "  - {code: C, name: 丙, after: [A], limit: {n: 3}}",
            "  - {code: D, name: 丁, after: [B, C], limit: {n: 1}, decisive: true}",
        ]

        assert [] == findings(tmp_path, "promise: {n: 6}", *flow)
        (found,) = findings(tmp_path, "promise: {n: 5}", *flow)
        assert "甲 1个工作日 + 乙 4个工作日 + 丁 1个工作日 = 6个工作日 > 承诺 5个工作日" == found.arithmetic[1]

    def test_a_path_through_a_conditional_stage_says_so(self, tmp_path: Path) -> None:
        flow = "flow: [{code: A, name: 甲, limit: {n: 9}, when: {priority: [绿色通道]}, decisive: true}]"

        (found,) = findings(tmp_path, "promise: {n: 5}", flow)

        assert found.message.endswith("（含附条件的环节）")

    def test_without_a_promise_the_law_is_the_cap(self, tmp_path: Path) -> None:
        (found,) = findings(tmp_path, "flow: [{code: A, name: 甲, limit: {n: 21}, decisive: true}]")

        assert "环节时限之和 21个工作日 超过法定时限 20个工作日" == found.message

    @pytest.mark.parametrize(
        ("stage", "promise", "is_over"),
        [
            ("{n: 24, unit: hour}", "{n: 1}", False),
            ("{n: 25, unit: hour}", "{n: 1}", True),
            ("{n: 7, unit: natural_day}", "{n: 5}", False),
            ("{n: 8, unit: natural_day}", "{n: 5}", True),
            ("{n: 1, unit: month}", "{n: 30, unit: natural_day}", False),
            ("{n: 17, unit: office_hour}", "{n: 2}", True),
        ],
    )
    def test_units_are_converted_and_the_arithmetic_says_so(
        self, tmp_path: Path, stage: str, promise: str, is_over: bool
    ) -> None:
        found = findings(
            tmp_path,
            f"promise: {promise}",
            "statutory: {n: 400}",
            SPECIAL,
            f"flow: [{{code: A, name: 甲, limit: {stage}, decisive: true}}]",
        )

        assert is_over == bool(found)
        assert all("折算" in one.arithmetic[-1] for one in found)

    def test_a_promise_longer_than_the_law_is_told(self, tmp_path: Path) -> None:
        found = findings(tmp_path, "promise: {n: 21}", SPECIAL)

        assert "承诺时限 21个工作日 长于法定时限 20个工作日" == found[0].message
        assert 10 == found[0].line

    def test_joint_handling_is_held_against_forty_five_days(self, tmp_path: Path) -> None:
        assert [] == [
            found for found in findings(tmp_path, "promise: {n: 21}", "handling: joint") if found.rule == "CF_LIMIT_SUM"
        ]

    def test_no_limit_at_all_is_told(self, tmp_path: Path) -> None:
        (found,) = findings(tmp_path, "materials: []", task_type="08")

        assert ("既没有承诺时限，也没有法定时限", 8) == (found.message, found.line)

    def test_what_is_done_at_once_needs_no_limit(self, tmp_path: Path) -> None:
        assert [] == findings(tmp_path, 'project_type: "1"', task_type="07")

    def test_the_law_by_reference_is_a_limit(self, tmp_path: Path) -> None:
        assert [] == findings(tmp_path, "law_by_reference: true", task_type="10")

    def test_a_cycle_is_left_to_the_check_of_flows(self, tmp_path: Path) -> None:
        flow = "flow: [{code: A, name: 甲, after: [A], limit: {n: 9}, decisive: true}]"

        assert [] == findings(tmp_path, "promise: {n: 3}", flow)


class TestPromiseWeak:
    def test_half_of_the_law_is_enough(self, tmp_path: Path) -> None:
        assert [] == findings(tmp_path, "promise: {n: 10}", SPECIAL)

    def test_a_day_more_than_half_is_told_with_the_share(self, tmp_path: Path) -> None:
        (found,) = findings(tmp_path, "promise: {n: 11}", SPECIAL)

        assert ("CF_PROMISE_WEAK", 10) == (found.rule, found.line)
        assert "承诺时限压缩不足：承诺 11个工作日 ÷ 法定 20个工作日 = 55% > 50%" == found.message

    def test_an_ordinary_matter_is_told_beyond_seven_days(self, tmp_path: Path) -> None:
        assert [] == findings(tmp_path, "promise: {n: 7}")
        (found,) = findings(tmp_path, "promise: {n: 8}")
        assert "承诺时限压缩不足：一般事项承诺 8个工作日 > 7个工作日" == found.message

    def test_a_law_that_is_short_already_need_not_be_shortened(self, tmp_path: Path) -> None:
        assert [] == findings(tmp_path, "statutory: {n: 5}", "promise: {n: 5}")
        assert ["CF_PROMISE_WEAK"] == [
            found.rule for found in findings(tmp_path, "statutory: {n: 6}", "promise: {n: 5}")
        ]

    def test_only_the_last_version_can_still_be_mended(self, tmp_path: Path) -> None:
        text = MATTER.format(task_type="01", lines="promise: {n: 15}\n        until: 2026-02-01")
        text += "      - {version: 2, basis: 示2号, from: 2026-02-01, promise: {n: 5}}\n"

        assert [] == [found for found in lint(loaded(tmp_path, matters=text), STANDS) if found.rule]

    def test_the_thresholds_are_those_of_the_catalogues_profile(self, tmp_path: Path) -> None:
        profile = """
        profiles:
          - name: own
            title: 自己的
            basis: 示1号
            params:
              CF_PROMISE_WEAK.share: [{value: 0.8, basis: 示1号}]
              CF_PROMISE_WEAK.workdays: [{value: 15, basis: 示1号}]
        """

        assert [] == findings(tmp_path, "promise: {n: 15}", catalog=HEAD, profiles=profile)
        assert ["CF_PROMISE_WEAK"] == [
            found.rule for found in findings(tmp_path, "promise: {n: 17}", catalog=HEAD, profiles=profile)
        ]
