from pathlib import Path

import pytest

from rules.catalog.loading import CatalogErrors, load_documents
from tests.rules.catalog.writing import loaded, refusals, written

MATTER = """
matters:
  - code: M1
    name: 事项一
    org_code: A1
    task_type: "01"
    versions:
      - version: 1
        basis: 示1号
        {line}
"""


def of_version(directory: Path, line: str) -> list[str]:
    return refusals(directory, matters=MATTER.format(line=line))


class TestFields:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("from: 2026-02-30", "from 「2026-02-30」：不是日期，或没有这一天：写作 2026-01-31"),
            ("from: 2026", "from 「2026」：不是日期，或没有这一天：写作 2026-01-31"),
            ("promise: 5", "promise 「5」：应是「键: 值」的一组"),
            ("promise: {n: 五}", "promise.n 「五」：应是整数"),
            ("promise: {n: -1}", "promise.n 「-1」：不得小于 0"),
            ("promise: {n: true}", "promise.n 「true」：应是整数"),
            ("promise: {n: 200000}", "promise.n 「200000」：不得大于 100000"),
            ("promise: {}", "promise.n 缺少必填项"),
            ("promise: {n: 5, units: month}", "promise.units 没有这个键，写错了或不在此处"),
            ("project_type: '3'", "project_type 「3」：只能是 '1'、'2'、'9'"),
            ("is_fee: 也许", "is_fee 「也许」：应是 true 或 false"),
            ("materials: 申请表", "materials 「申请表」：应是列表"),
            ("materials: [申请表, '']", "materials[1] 「」：不得为空"),
            ("materials: [申请表, 12]", "materials[1] 「12」：应是文字（数字作文字时加引号）"),
            ("separate: [[SC]]", "separate[0][1] 缺少必填项"),
            ("flow: [{code: SC}]", "flow[0].name 缺少必填项"),
            (
                "flow: [{code: SC, name: 审查, when: {attributes: [x]}}]",
                "flow[0].when.attributes 「列表」：应是「键: 值」的一组",
            ),
            ("until: 1949-10-01", " until 1949-10-01 不晚于 from 1949-10-01（until 是失效的第一天）"),
        ],
    )
    def test_a_wrong_value_names_file_line_field_and_what_was_written(
        self, tmp_path: Path, line: str, said: str
    ) -> None:
        (found,) = of_version(tmp_path, line)

        where, dot, rest = "matters[0].versions[0]", "" if said.startswith(" ") else ".", said
        row = 8 if said.startswith(" ") else 10
        assert f"matters.yaml:{row} {where}{dot}{rest}" == found

    @pytest.mark.parametrize(
        ("tariff", "said"),
        [
            ("{form: fixed, amount: '1,200元'}", "tariff.amount 「1,200元」：应是数字，不带单位、千分号"),
            ("{form: fixed, amount: 12.005}", "tariff.amount 「12.005」：小数不超过 2 位"),
            ("{form: fixed, amount: -5}", "tariff.amount 「-5」：不得小于 0"),
            ("{form: fixed}", "tariff.amount 缺少必填项"),
            ("{form: 定额, amount: 5}", "tariff 'form' 只能是 'fixed'、'range'、'per_unit'、'tiers'"),
            ("{amount: 5}", "tariff 缺少 'form'，不知是哪一种"),
            ("{form: range, min: 9, max: 5}", "tariff 上限 5 低于下限 9"),
            ("{form: tiers, tiers: []}", "tariff.tiers 「列表」：至少要有 1 项"),
        ],
    )
    def test_a_tariff_that_cannot_be_meant_is_refused(self, tmp_path: Path, tariff: str, said: str) -> None:
        (found,) = refusals(
            tmp_path,
            fees=f"""
            fees:
              - code: F1
                name: 费一
                basis: 示1号
                standards:
                  - {{id: S1, basis: 示1号, tariff: {tariff}}}
            """,
        )

        # A union's own refusals quote nothing: what is wrong is a key, not a value.
        assert f"fees.yaml:7 fees[0].standards[0].{said}" == found.replace("「一组键值」：", "")

    def test_an_outage_needs_a_zone_and_an_order(self, tmp_path: Path) -> None:
        found = refusals(
            tmp_path,
            sources="""
            sources:
              - id: S1
                name: 来源一
                basis: 示1号
                delay_minutes: 5
                outages:
                  - {start: 2026-02-10 08:00, end: 2026-02-11T08:00:00+08:00, reason: 停机, basis: 示2号}
                  - {start: 2026-02-11T08:00:00+08:00, end: 2026-02-10T08:00:00+08:00, reason: 停机, basis: 示2号}
            """,
        )

        assert [
            "sources.yaml:6 sources[0].delay_minutes 「5」：不得小于 30",
            "sources.yaml:8 sources[0].outages[0].start 「2026-02-10 08:00」：缺时区：写作 2026-02-10T08:00:00+08:00",
            "sources.yaml:9 sources[0].outages[1] end 2026-02-10 08:00:00+08:00 不晚于 start 2026-02-11 08:00:00+08:00",
        ] == found

    def test_a_calendar_names_the_day_that_is_none(self, tmp_path: Path) -> None:
        (found,) = refusals(
            tmp_path,
            calendar="""
            region: "64"
            extends: CN
            editions:
              - {year: 2026, notice: 通知, notice_no: null, published: 2025-12-01, off: [2026-02-30 开斋节]}
            """,
        )

        assert found.startswith("calendar.yaml:5 editions[0].off[0] 「2026-02-30」：不是日期")


class TestFiles:
    def test_all_errors_of_all_files_are_listed_at_once(self, tmp_path: Path) -> None:
        found = refusals(
            tmp_path,
            catalog="name: 试\ntitle: 试\nedition: 1\nzonne: Asia/Shanghai\n",
            fees="fees:\n  - {code: F1, basis: 示1号, until: 2026-02-30}\n",
            matters=MATTER.format(line="promise: {n: 五, unit: 天}"),
            broken="agencies: [\n",
        )

        assert [
            "broken.yaml:2",
            "catalog.yaml:4",
            "fees.yaml:2",
            "fees.yaml:2",
            "matters.yaml:10",
            "matters.yaml:10",
        ] == [line.split(" ")[0] for line in found]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "空文件"),
            ("- 1\n", "文件须是「键: 值」的一组"),
            ("matter: []\n", "不认识的内容"),
            ("calendars: []\n", "不认识的内容"),
            ("matters:\n", "「空」：应是列表"),
            ("fees: 无\n", "「无」：应是列表"),
        ],
    )
    def test_a_file_that_holds_no_section_is_refused(self, tmp_path: Path, text: str, said: str) -> None:
        (found,) = refusals(tmp_path, extra=text)

        assert "extra.yaml:1" == found.split(" ")[0]
        assert said in found

    def test_bytes_that_are_no_text_name_their_line(self, tmp_path: Path) -> None:
        directory = written(tmp_path)
        (directory / "fees.yaml").write_bytes("fees:\n# 收费\n".encode() + "名称".encode("gb18030"))

        assert ["fees.yaml:3  不是 UTF-8 文字（第 15 字节起读不出）"] == refusals(tmp_path)

    def test_a_byte_order_mark_is_no_part_of_the_text(self, tmp_path: Path) -> None:
        directory = written(tmp_path)
        (directory / "catalog.yaml").write_bytes(b"\xef\xbb\xbf" + (directory / "catalog.yaml").read_bytes())

        assert "test" == load_documents(directory).head.name

    def test_a_file_with_the_wrong_ending_is_not_passed_over(self, tmp_path: Path) -> None:
        written(tmp_path)
        (tmp_path / "fees.yml").write_text("fees: []\n", encoding="utf-8")

        assert ["fees.yml:1  扩展名须是 .yaml"] == refusals(tmp_path)

    def test_hidden_files_are_not_part_of_a_catalogue(self, tmp_path: Path) -> None:
        written(tmp_path)
        (tmp_path / "._fees.yaml").write_bytes(b"\x00\x05\x16\x07")

        assert [] == refusals(tmp_path)

    def test_a_folder_named_as_a_file_is_a_problem(self, tmp_path: Path) -> None:
        written(tmp_path)
        (tmp_path / "fees.yaml").mkdir()

        (found,) = refusals(tmp_path)
        assert found.startswith("fees.yaml:1  文件读不出")

    def test_a_directory_without_head_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "fees.yaml").write_text("fees: []\n", encoding="utf-8")

        with pytest.raises(CatalogErrors, match="缺少目录的头"):
            load_documents(tmp_path)

    def test_a_directory_that_is_not_there_says_which_ship(self, tmp_path: Path) -> None:
        with pytest.raises(CatalogErrors, match="national、shili"):
            load_documents(tmp_path / "nowhere")

    def test_one_code_twice_names_the_first(self, tmp_path: Path) -> None:
        directory = tmp_path
        found = refusals(
            directory,
            one="fees:\n  - {code: F1, name: 费一, basis: 示1号}\n",
            two="fees:\n  - {code: F2, name: 费二, basis: 示1号}\n  - {code: F1, name: 费三, basis: 示1号}\n",
        )

        assert [f"two.yaml:3 fees[1] 收费项目 F1 重复，已写在 {directory}/one.yaml 第 2 行"] == found

    def test_codes_may_be_written_as_numbers(self, tmp_path: Path) -> None:
        documents = loaded(tmp_path, catalog="name: 试\ntitle: 试\nedition: 2026.10\n")

        assert "2026.10" == documents.head.edition
