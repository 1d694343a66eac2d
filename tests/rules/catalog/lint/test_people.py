from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalog.lint.people import UNIFIED_CODE, is_unified_code
from rules.catalog.loading import Severity
from tests.rules.catalog.writing import linted

MATTERS = """
matters:
  - code: M1
    name: 事项一
    org_code: A1
    task_type: "01"
    versions:
      - version: 1
        basis: 示1号
        flow:
          - {code: SC, name: 审查, roles: [check]}
          - {code: JD, name: 决定, after: [SC], roles: [decide], decisive: true}
"""


def of_agencies(directory: Path, *lines: str) -> list[str]:
    return linted(directory, people="\nagencies:\n" + "".join(f"  - {{{line}}}\n" for line in lines))


class TestAgencies:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("org_code: A1, name: 甲局, basis: 示1号, parent: A9", "parent 上级部门 A9 没有登记（agencies）"),
            ("org_code: A1, name: 甲局, basis: 示1号, parent: A1", "parent 上级部门成环：A1 → A1"),
            ("org_code: A1, name: 甲局, basis: 示1号, data_source: S9", "data_source 数据来源 S9 没有登记（sources）"),
        ],
    )
    def test_what_is_not_there_is_named(self, tmp_path: Path, line: str, said: str) -> None:
        assert [f"people.yaml:3 agencies[0].{said}"] == of_agencies(tmp_path, line)

    def test_codes_of_an_odd_form_are_only_a_notice(self, tmp_path: Path) -> None:
        people = "\nagencies:\n  - {org_code: A1, name: 甲局, basis: 示1号, region: 99}\n"

        assert [
            "people.yaml:3 agencies[0].org_code 「A1」不是统一社会信用代码（GB 32100-2015：18 位，末位为校验码）",
            "people.yaml:3 agencies[0].region 「99」不是行政区划代码（6、9 或 12 位数字）",
        ] == linted(tmp_path, Severity.NOTICE, people=people)


class TestUnifiedCode:
    def test_a_code_of_the_standard_is_recognised(self) -> None:
        assert is_unified_code("91350100M000100Y43")

    @given(st.integers(0, 17), st.sampled_from(UNIFIED_CODE))
    def test_any_other_character_anywhere_is_noticed(self, place: int, sign: str) -> None:
        code = "91350100M000100Y43"

        changed = code[:place] + sign + code[place + 1 :]

        assert (changed == code) == is_unified_code(changed)

    @pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100M000100Y433", "91350100M000100O43"])
    def test_length_and_alphabet_count(self, code: str) -> None:
        assert not is_unified_code(code)


class TestOfficers:
    def test_officers_of_unknown_agencies_and_matters_are_named(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            matters=MATTERS,
            officers="""
            officers:
              - {id: P1, org_code: A1, roles: [check, decide], basis: 示1号}
              - {id: P2, org_code: A9, matters: [M1, M9], basis: 示1号}
            """,
        )

        assert [
            "officers.yaml:4 officers[1].matters[0] 事项 M1 属于部门 A1，不是其所在部门",
            "officers.yaml:4 officers[1].matters[1] 事项 M9 不在目录中",
            "officers.yaml:4 officers[1].org_code 部门 A9 没有登记（agencies）",
        ] == found

    def test_a_role_nobody_holds_is_a_warning(self, tmp_path: Path) -> None:
        officers = "officers: [{id: P1, org_code: A1, roles: [check], basis: 示1号}]\n"

        assert [
            "matters.yaml:12 matters[0].versions[0].flow[1].roles 部门 A1 没有可办此事项的「decide」岗位人员"
        ] == linted(tmp_path, Severity.WARNING, matters=MATTERS, officers=officers)

    def test_an_officer_bound_to_other_matters_does_not_count(self, tmp_path: Path) -> None:
        other = MATTERS + MATTERS.replace("\nmatters:\n", "").replace("M1", "M2")
        officers = """
        officers:
          - {id: P1, org_code: A1, roles: [check], basis: 示1号}
          - {id: P2, org_code: A1, roles: [decide], matters: [M1], basis: 示1号}
        """

        (found,) = linted(tmp_path, matters=other, officers=officers)

        assert "matters[1].versions[0].flow[1].roles" in found

    def test_agencies_whose_officers_are_not_listed_are_not_asked(self, tmp_path: Path) -> None:
        assert [] == linted(tmp_path, matters=MATTERS)
