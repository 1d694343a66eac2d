from pathlib import Path

from rules.catalog.loading import Severity
from tests.rules.catalog.writing import linted

HEAD = "name: 试\ntitle: 试\nedition: 1\n"


class TestSources:
    def test_a_map_by_which_nothing_is_ever_granted_is_a_warning(self, tmp_path: Path) -> None:
        sources = """
        sources:
          - {id: S1, name: 一, basis: 示1号, results: {"0": GRANTED, "1": DENIED}}
          - {id: S2, name: 二, basis: 示1号, results: {"1": DENIED, "6": NOT_ACCEPTED}}
          - {id: S3, name: 三, basis: 示1号}
        """

        assert ["sources.yaml:4 sources[1].results 没有一个代码对应 DONE、GRANTED：这个来源的办件将无一办成"] == linted(
            tmp_path, Severity.WARNING, sources=sources
        )


class TestCalendars:
    def test_a_calendar_that_extends_none_there_is_says_so(self, tmp_path: Path) -> None:
        (found,) = linted(tmp_path, calendar='region: "64"\nextends: "65"\n')

        assert found.startswith("calendar.yaml:1  ")
        assert "65" in found

    def test_the_head_must_name_a_calendar(self, tmp_path: Path) -> None:
        (found,) = linted(tmp_path, catalog=HEAD + "extends: []\nprofile: null\n")

        assert found.startswith("catalog.yaml:1 calendar ")

    def test_a_region_without_calendar_is_told_that_the_nations_is_used(self, tmp_path: Path) -> None:
        assert ["catalog.yaml:4 calendar 没有地区 64 的工作日历，将用全国的"] == linted(
            tmp_path, catalog=HEAD + 'calendar: "64"\n'
        )

    def test_an_unknown_zone_is_named_at_the_head(self, tmp_path: Path) -> None:
        assert ["catalog.yaml:4 zone 未知时区：Asia/Shili"] == linted(tmp_path, catalog=HEAD + "zone: Asia/Shili\n")


class TestStatutes:
    def test_limits_of_one_law_neither_overlap_nor_leave_a_gap(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            law="""
            statutes:
              - {id: licence.issue, from: 2004-07-01, until: 2026-01-01, limit: {n: 10}, basis: 旧法}
              - {id: licence.issue, from: 2026-02-01, limit: {n: 8}, basis: 新法}
              - {id: licence.statutory, from: 2004-07-01, limit: {n: 20}, basis: 旧法}
              - {id: licence.statutory, from: 2026-02-01, limit: {n: 15}, basis: 新法}
            """,
        )

        assert [
            "law.yaml:4 statutes[1] 法定时限 licence.issue 有空档：2026-01-01 至 2026-02-01（不含）",
            "law.yaml:6 statutes[3] 法定时限 licence.statutory 自 2026-02-01 起有两个：日期重叠",
        ] == found
