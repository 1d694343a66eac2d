from pathlib import Path

import pytest

from tests.rules.catalog.writing import linted

STANDARD = "{{id: {id}, basis: 示1号, tariff: {{form: fixed, amount: 5}}, {dates}}}"


def of_item(directory: Path, *lines: str) -> list[str]:
    """What is said of one charge item with these lines, the first of them on line 6."""
    text = "\nfees:\n  - code: F1\n    name: 费一\n    basis: 示1号\n" + "".join(f"    {line}\n" for line in lines)
    return linted(directory, fees=text)


def dated(id_: str, dates: str) -> str:
    return "  - " + STANDARD.format(id=id_, dates=dates)


class TestDates:
    def test_standards_that_meet_are_in_order(self, tmp_path: Path) -> None:
        assert [] == of_item(
            tmp_path,
            "from: 2020-01-01",
            "standards:",
            dated("S1", "from: 2020-01-01, until: 2026-02-01"),
            dated("S2", "from: 2026-02-01"),
        )

    def test_a_gap_names_its_days(self, tmp_path: Path) -> None:
        found = of_item(
            tmp_path,
            "standards:",
            dated("S1", "from: 2020-01-01, until: 2026-02-01"),
            dated("S2", "from: 2026-03-01"),
        )

        assert ["fees.yaml:8 fees[0].standards[1] 收费标准有空档：2026-02-01 至 2026-03-01（不含） 没有标准"] == found

    def test_an_overlap_names_both_standards(self, tmp_path: Path) -> None:
        found = of_item(
            tmp_path,
            "standards:",
            dated("S1", "from: 2020-01-01, until: 2026-02-02"),
            dated("S2", "from: 2026-02-01"),
        )

        assert ["fees.yaml:8 fees[0].standards[1] 收费标准 S2 自 2026-02-01 起，S1 尚未失效：日期重叠"] == found

    def test_an_item_in_force_must_not_run_out_of_standards(self, tmp_path: Path) -> None:
        found = of_item(tmp_path, "standards:", dated("S1", "from: 2020-01-01, until: 2026-02-01"))

        assert ["fees.yaml:7 fees[0].standards[0] 收费标准有空档：2026-02-01 起 没有标准"] == found

    def test_standards_may_end_with_their_item(self, tmp_path: Path) -> None:
        lines = ["until: 2026-02-01", "standards:", dated("S1", "from: 2020-01-01, until: 2026-02-01")]

        assert [] == of_item(tmp_path, *lines)

    def test_standards_must_reach_to_the_end_of_their_item(self, tmp_path: Path) -> None:
        lines = ["until: 2026-03-01", "standards:", dated("S1", "from: 2020-01-01, until: 2026-02-01")]

        assert [
            "fees.yaml:8 fees[0].standards[0] 收费标准有空档：2026-02-01 至 2026-03-01（不含） 没有标准"
        ] == of_item(tmp_path, *lines)

    def test_an_item_that_says_when_it_began_needs_a_standard_from_then_on(self, tmp_path: Path) -> None:
        lines = ["from: 2019-01-01", "standards:", dated("S1", "from: 2020-01-01")]

        assert [
            "fees.yaml:8 fees[0].standards[0] 收费标准有空档：2019-01-01 至 2020-01-01（不含） 没有标准"
        ] == of_item(tmp_path, *lines)

    def test_an_item_without_standards_is_a_heading(self, tmp_path: Path) -> None:
        assert [] == of_item(tmp_path, "from: 2019-01-01")


class TestEntries:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("orgs: [A1, A9]", "orgs[1] 执收部门 A9 没有登记（agencies）"),
            ("parent: F9", "parent 上级收费项目 F9 不在收费目录中"),
            ("parent: F1", "parent 上级项目成环：F1 → F1"),
            ("cancelled_by: 示2号", "cancelled_by 写了取消依据，没有写取消日期（until）"),
            ("waivers: [{id: W1, basis: 示1号, share: 1.5}]", "waivers[0].share 减免比例 1.5 须大于 0、不大于 1"),
            ("waivers: [{id: W1, basis: 示1号, share: 0}]", "waivers[0].share 减免比例 0 须大于 0、不大于 1"),
            ("waivers: [{id: W1, basis: 一}, {id: W1, basis: 二}]", "waivers[1].id 减免规定编号 W1 重复"),
        ],
    )
    def test_a_wrong_entry_is_named(self, tmp_path: Path, line: str, said: str) -> None:
        assert [f"fees.yaml:6 fees[0].{said}"] == of_item(tmp_path, line)

    @pytest.mark.parametrize(
        ("tariff", "said"),
        [
            ("{form: per_unit, amount: 1, min: 9, max: 5}", "tariff.max 上限 5 低于下限 9"),
            ("{form: tiers, tiers: [{amount: 1}, {amount: 2}]}", "tariff.tiers[0] 只有末档可以不写 upto"),
            (
                "{form: tiers, tiers: [{upto: 5, amount: 1}, {upto: 5, amount: 2}, {amount: 3}]}",
                "tariff.tiers[1].upto 分档须递增：5 不大于前一档的 5",
            ),
            (
                "{form: tiers, tiers: [{upto: 5, amount: 1}]}",
                "tariff.tiers[0] 末档到 5 为止，超出部分没有标准",
            ),
        ],
    )
    def test_a_tariff_must_say_one_amount_for_every_quantity(self, tmp_path: Path, tariff: str, said: str) -> None:
        lines = ["standards:", f"  - {{id: S1, basis: 示1号, unit: 件, tariff: {tariff}}}"]

        assert [f"fees.yaml:7 fees[0].standards[0].{said}"] == of_item(tmp_path, *lines)

    def test_a_price_a_unit_names_its_unit(self, tmp_path: Path) -> None:
        lines = ["standards:", "  - {id: S1, basis: 示1号, tariff: {form: per_unit, amount: 1}}"]

        assert ["fees.yaml:7 fees[0].standards[0].tariff 按量计费没有写计量单位（unit）"] == of_item(tmp_path, *lines)

    def test_a_name_leads_to_one_item(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            fees="""
            fees:
              - {code: F1, name: 登记费, basis: 示1号, aliases: [登记费]}
              - {code: F2, name: 工本费, basis: 示1号, aliases: [证书费, 登记费]}
            """,
        )

        assert ["fees.yaml:4 fees[1].aliases[1] 名称「登记费」已属收费项目 F1：按名称对不上唯一的项目"] == found

    def test_items_that_are_each_others_parents_are_both_named(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            fees="""
            fees:
              - {code: F1, name: 一, basis: 示1号, parent: F2}
              - {code: F2, name: 二, basis: 示1号, parent: F1}
              - {code: F3, name: 三, basis: 示1号, parent: F1}
            """,
        )

        assert [
            "fees.yaml:3 fees[0].parent 上级项目成环：F1 → F2 → F1",
            "fees.yaml:4 fees[1].parent 上级项目成环：F2 → F1 → F2",
        ] == found
