from pathlib import Path

import pytest

from rules.catalog.loading import Severity
from tests.rules.catalog.writing import linted

MATTER = """
matters:
  - code: M1
    name: 事项一
    org_code: A1
    task_type: "01"
    versions:
      - version: 1
        basis: 示1号
        {lines}
"""
FEES = "fees: [{code: F1, name: 费一, basis: 示1号}]\n"


def of_version(directory: Path, *lines: str) -> list[str]:
    """What is said of a matter whose one version has these lines, the first of them on line 10."""
    return linted(directory, matters=MATTER.format(lines="\n        ".join(lines)), fees=FEES)


class TestFlow:
    def test_a_cycle_names_the_stages_in_it(self, tmp_path: Path) -> None:
        (found,) = of_version(
            tmp_path,
            "flow:",
            "  - {code: SL, name: 受理}",
            "  - {code: SC, name: 审查, after: [SL, JD]}",
            "  - {code: SH, name: 复核, after: [SC]}",
            "  - {code: JD, name: 决定, after: [SH], decisive: true}",
        )

        assert found.startswith("matters.yaml:10 matters[0].versions[0].flow 流程成环：")
        assert {"SC", "SH", "JD"} == set(found.split("：")[1].split("（")[0].split(" → "))

    def test_a_stage_that_waits_for_itself_is_a_cycle(self, tmp_path: Path) -> None:
        (found,) = of_version(tmp_path, "flow: [{code: JD, name: 决定, after: [JD], decisive: true}]")

        assert "流程成环：JD → JD" in found

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            (
                ["flow:", "  - {code: SC, name: 审查, after: [SL]}", "  - {code: JD, name: 决定, decisive: true}"],
                "11 matters[0].versions[0].flow[0].after[0] 环节 SC 的前置环节 SL 不在流程中",
            ),
            (
                ["flow:", "  - {code: JD, name: 决定, decisive: true}", "  - {code: JD, name: 再决定}"],
                "12 matters[0].versions[0].flow[1].code 环节代码 JD 重复",
            ),
            (
                ["flow: [{code: JD, name: 决定, decisive: true, roles: [decide]}]", "separate: [[decide, JX]]"],
                "11 matters[0].versions[0].separate[0][1] 须分离的「JX」既不是流程的环节，也不是环节的岗位",
            ),
            (
                ["flow: [{code: JD, name: 决定, decisive: true}]", "separate: [[JD, JD]]"],
                "11 matters[0].versions[0].separate[0] 「JD」不能与自身分离",
            ),
            (
                ["flow: [{code: JD, name: 决定}]"],
                "10 matters[0].versions[0].flow 没有必经的决定环节（decisive: true）：来源不报决定时，只能以办结作决定",
            ),
            (
                ["flow: [{code: JD, name: 决定, decisive: true, mandatory: false}]"],
                "10 matters[0].versions[0].flow 没有必经的决定环节（decisive: true）：来源不报决定时，只能以办结作决定",
            ),
        ],
    )
    def test_what_is_wrong_names_the_line_and_the_stage(self, tmp_path: Path, lines: list[str], said: str) -> None:
        assert [f"matters.yaml:{said}"] == of_version(tmp_path, *lines)

    def test_parallel_stages_that_join_are_in_order(self, tmp_path: Path) -> None:
        assert [] == of_version(
            tmp_path,
            "flow:",
            "  - {code: A, name: 甲, roles: [check]}",
            "  - {code: B, name: 乙, after: [A]}",
            "  - {code: C, name: 丙, after: [A]}",
            "  - {code: D, name: 丁, after: [B, C], decisive: true}",
            "separate: [[check, D]]",
        )


class TestVersions:
    @staticmethod
    def between(directory: Path, first: str, second: str) -> list[str]:
        return linted(
            directory,
            matters=f"""
            matters:
              - code: M1
                name: 事项一
                org_code: A1
                task_type: "01"
                versions:
                  - {{version: 1, basis: 示1号, {first}}}
                  - {{version: 2, basis: 示2号, {second}}}
            """,
        )

    def test_versions_that_meet_are_in_order(self, tmp_path: Path) -> None:
        assert [] == self.between(tmp_path, "until: 2026-02-01", "from: 2026-02-01")

    def test_versions_that_overlap_are_refused(self, tmp_path: Path) -> None:
        assert [
            "matters.yaml:9 matters[0].versions[1] 版本 2 自 2026-01-31 起，版本 1 尚未失效：日期重叠"
        ] == self.between(tmp_path, "until: 2026-02-01", "from: 2026-01-31")

    def test_a_version_left_open_overlaps_the_next(self, tmp_path: Path) -> None:
        (found,) = self.between(tmp_path, "from: 2024-01-01", "from: 2026-02-01")

        assert "版本 1 尚未失效" in found

    def test_a_gap_between_versions_is_refused(self, tmp_path: Path) -> None:
        assert [
            "matters.yaml:9 matters[0].versions[1] 版本之间有空档：2026-02-01 至 2026-02-03（不含） 没有有效版本"
        ] == self.between(tmp_path, "until: 2026-02-01", "from: 2026-02-03")

    def test_a_number_is_used_once(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            matters="""
            matters:
              - code: M1
                name: 事项一
                org_code: A1
                task_type: "01"
                versions:
                  - {version: 1, basis: 示1号, until: 2026-01-01}
                  - {version: 1, basis: 示2号, from: 2026-01-01}
            """,
        )

        assert ["matters.yaml:9 matters[0].versions[1].version 版本号 1 重复"] == found


class TestReferences:
    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            (
                ["is_fee: true", "fee_items: [F1, F9]"],
                "11 matters[0].versions[0].fee_items[1] 收费项目 F9 不在收费目录中",
            ),
            (["fee_items: [F1]"], "10 matters[0].versions[0].fee_items is_fee 不是 true，却列了收费项目"),
            (["is_fee: true"], "10 matters[0].versions[0].is_fee 收费事项没有列收费项目（fee_items）"),
            (
                ["exempt: [SK_DECIDE_NOACCEPT, SK_NONE]", "exempt_basis: 示3号"],
                "10 matters[0].versions[0].exempt[1] 没有规则 SK_NONE",
            ),
            (["exempt: [SK_DECIDE_NOACCEPT]"], "10 matters[0].versions[0].exempt 豁免须写明依据（exempt_basis）"),
            (
                ["statutory: {n: 25, unit: month}"],
                "10 matters[0].versions[0].statutory 时限 25个月 超过两年，工作日历算不到",
            ),
            (
                ["extension: {limit: {n: 501}, basis: 示1号}"],
                "10 matters[0].versions[0].extension.limit 时限 501个工作日 超过两年，工作日历算不到",
            ),
        ],
    )
    def test_what_is_not_there_is_named(self, tmp_path: Path, lines: list[str], said: str) -> None:
        assert [f"matters.yaml:{said}"] == of_version(tmp_path, *lines)

    def test_an_agency_and_a_type_must_be_known(self, tmp_path: Path) -> None:
        text = MATTER.format(lines="").replace("A1", "A9").replace('"01"', '"许可"')

        assert [
            "matters.yaml:5 matters[0].org_code 部门 A9 没有登记（agencies）",
            "matters.yaml:6 matters[0].task_type 事项类型「许可」不在 GB/T 39046 表 A.1（00–10、11–29）",
        ] == linted(tmp_path, matters=text)

    def test_an_item_of_another_agency_is_only_a_warning(self, tmp_path: Path) -> None:
        text = MATTER.format(lines="is_fee: true\n        fee_items: [F2]")
        people = """
        agencies:
          - {org_code: A1, name: 甲局, basis: 示编1号}
          - {org_code: A2, name: 乙局, basis: 示编2号}
        """
        fees = "fees: [{code: F2, name: 费二, basis: 示1号, orgs: [A2]}]\n"

        files = {"matters": text, "people": people, "fees": fees}
        (found,) = linted(tmp_path, Severity.WARNING, **files)

        assert found.startswith("matters.yaml:11 matters[0].versions[0].fee_items[0] ")
        assert found.endswith("收费项目 F2（费二）的执收部门不含 A1：由他部门执收或代收")
        assert [] == linted(tmp_path, Severity.ERROR, **files)
