import re

import pytest

from sinks.clickhouse.roles import CUSTODIAN, INTERNAL, READER, grants
from sinks.clickhouse.views import View, ViewColumn, in_order, shipped_views

VIEWS = {view.name: view for view in shipped_views()}
HEADER = "-- 题目\n-- 粒度：每件一行\n-- 时效：即时\n-- 示例：SELECT 1 FROM v_one\n"
ONLY_WHETHER = frozenset({"run", "quarantine", "dim_agency", "dim_matter"})
"""Tables of which it is asked whether there is such a row: doubles change nothing."""
RECKONED = frozenset({"case_day", "stage_sum", "charge_day", "event_day"})
"""Tables of which one reckoning is read, named by its time; within it there are no doubles."""
PERSONAL = re.compile(r"\boperator_(id|name)\b|\bapplicant|\bpayer\b|\brecord\b|\bfinding\b")


def view(name: str, query: str = "SELECT 'x' AS code") -> View:
    return View(
        name, f"{HEADER}CREATE OR REPLACE VIEW {name}\n(\n    code  String  COMMENT '代码，个'\n)\nAS\n{query}\n"
    )


class TestFile:
    def test_a_file_says_title_grain_freshness_and_example(self) -> None:
        one = view("v_one")

        assert ("题目", "每件一行", "即时", "SELECT 1 FROM v_one") == (one.title, one.grain, one.freshness, one.example)

    def test_a_column_has_a_type_and_a_meaning(self) -> None:
        assert (ViewColumn("code", "String", "代码，个"),) == view("v_one").columns

    def test_a_file_without_its_comments_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"v_one\.sql"):
            View("v_one", "CREATE VIEW v_one AS SELECT 1").title  # noqa: B018 - asking is what fails

    def test_views_run_with_the_rights_of_their_maker_and_say_what_they_are(self) -> None:
        assert (
            "CREATE OR REPLACE VIEW v_one\n(\n    code  String  COMMENT '代码，个'\n)\n"
            "DEFINER = CURRENT_USER SQL SECURITY DEFINER\nAS\nSELECT 'x' AS code\nCOMMENT '题目。粒度：每件一行'"
        ) == view("v_one").statement()

    def test_on_a_cluster_every_server_makes_the_view(self) -> None:
        assert view("v_one").statement("city").startswith("CREATE OR REPLACE VIEW v_one ON CLUSTER city\n(")


class TestOrder:
    def test_a_view_comes_after_those_it_reads(self) -> None:
        views = {one.name: one for one in (view("v_a", "SELECT * FROM v_b"), view("v_b"))}

        assert ["v_b", "v_a"] == [one.name for one in in_order(views)]

    def test_views_that_read_each_other_are_refused(self) -> None:
        views = {one.name: one for one in (view("v_a", "SELECT * FROM v_b"), view("v_b", "SELECT * FROM v_a"))}

        with pytest.raises(ValueError, match="ring"):
            in_order(views)

    def test_what_a_view_reads_is_there_before_it(self) -> None:
        seen: set[str] = set()
        for one in shipped_views():
            assert one.reads <= seen
            seen.add(one.name)


@pytest.mark.parametrize("name", sorted(VIEWS))
class TestShipped:
    def test_the_file_makes_the_view_of_its_name(self, name: str) -> None:
        assert f"\nCREATE OR REPLACE VIEW {name}\n(\n" in VIEWS[name].text

    def test_every_declared_column_is_commented(self, name: str) -> None:
        declared = VIEWS[name].text.partition("\n(\n")[2].partition("\n)\nAS\n")[0].splitlines()

        assert len(declared) == len(VIEWS[name].columns) > 0

    def test_times_name_their_zone(self, name: str) -> None:
        untold = [one for one in VIEWS[name].columns if "DateTime" in one.type and "Asia/Shanghai" not in one.type]

        assert [] == untold

    def test_every_type_is_one_a_screen_can_show(self, name: str) -> None:
        refused = re.compile(r"UUID|Tuple|AggregateFunction|Date32|Enum")

        assert [] == [one for one in VIEWS[name].columns if refused.search(one.type)]

    def test_money_is_decimal(self, name: str) -> None:
        money = [one for one in VIEWS[name].columns if one.name.endswith("_yuan")]

        assert [] == [one for one in money if "Decimal" not in one.type]

    def test_no_number_is_read_without_putting_doubles_aside(self, name: str) -> None:
        query = VIEWS[name].text.partition("\n)\nAS\n")[2]
        reads = re.findall(r"\b(?:FROM|(?<!ARRAY )JOIN) (?!v_)(\w+)( AS \w+)?( FINAL)?", query)
        doubled = [table for table, _, final in reads if not final]

        assert set(doubled) <= ONLY_WHETHER | RECKONED

    def test_screens_see_no_person_and_no_free_text(self, name: str) -> None:
        found = [one.name for one in VIEWS[name].columns if PERSONAL.search(one.name)]

        assert VIEWS[name].internal or [] == found

    def test_the_current_run_is_meant_unless_runs_are_told_apart(self, name: str) -> None:
        query = VIEWS[name].text.partition("\n)\nAS\n")[2]
        of_a_run = re.search(
            r"FROM (card|card_transition|case_state|case_part|quarantine|event_day|metric_minute)\b", query
        )

        assert of_a_run is None or "run = current" in query or name == "v_run_card"


class TestCluster:
    def test_what_lies_on_many_servers_is_looked_up_on_all_of_them(self) -> None:
        tables = "card|case_state|case_part|quarantine|event"
        looked_up = rf"(?<!GLOBAL )(?:\bIN|ANY LEFT JOIN)\s*\(\s*SELECT [^()]* FROM (?:{tables})\b"
        found = {name for name, one in VIEWS.items() if re.search(looked_up, one.text)}

        assert set() == found


class TestGrants:
    def test_screens_may_read_every_view_but_the_internal_ones(self) -> None:
        readers = {line for line in grants(shipped_views()) if line.endswith(f" TO {READER}") and " SELECT ON " in line}

        assert {f"GRANT SELECT ON jiancha.{name} TO {READER}" for name in VIEWS if not VIEWS[name].internal} == readers

    def test_internal_views_are_for_a_role_of_their_own(self) -> None:
        assert f"GRANT SELECT ON jiancha.v_case_timeline_internal TO {INTERNAL}" in grants(shipped_views())

    def test_tables_are_for_the_custodian_alone(self) -> None:
        tables = [line for line in grants(shipped_views()) if " SELECT ON jiancha." in line and ".v_" not in line]

        assert tables
        assert all(line.endswith(f" TO {CUSTODIAN}") for line in tables)

    def test_on_a_cluster_every_server_gets_the_rights(self) -> None:
        assert all(" ON CLUSTER city " in line for line in grants(shipped_views(), "db", "city"))

    def test_readers_change_nothing(self) -> None:
        assert any(line.startswith(f"CREATE ROLE IF NOT EXISTS {READER} SETTINGS readonly = 1") for line in grants(()))
