"""Views and query files asked of a simulated city: what each role may see, and that every query of the book runs."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules.events.words import Level
from sinks.clickhouse.guard import NotAllowed
from sinks.clickhouse.reads import checked
from sinks.clickhouse.views import shipped_views
from streams.cli.demo.money import SORTS, amount_of
from streams.cli.demo.view import View, view_of
from streams.export.asking import Refused, ask, rows_of
from streams.export.public import Subject, published
from streams.export.roles import Role
from tests.sinks.clickhouse.city import City, opened, settled

pytestmark = pytest.mark.slow

BOOK = sorted((Path(__file__).resolve().parents[3] / "docs" / "queries").glob("*.sql"))
MASKED = frozenset(view.name for view in shipped_views() if not view.internal)
MAY_BE_EMPTY = frozenset({"04-due-tomorrow-list"})


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The city, its store open."""
    room = tmp_path_factory.mktemp("city")
    settled(room)
    with opened(room) as found:
        yield found


@pytest.fixture(scope="module")
def seen(city: City) -> View:
    """The city as the demonstration reckons with it, in Python."""
    return view_of(city.archive, city.catalog)


def told(city: City, number: str, role: Role = Role.READER) -> list[dict[str, Any]]:
    """What a query of the book answers."""
    [path] = [one for one in BOOK if one.name.startswith(f"{number}-")]
    answer = ask(city.database, str(path), role)
    names = [column.name for column in answer.columns]
    return [dict(zip(names, row, strict=True)) for row in rows_of(answer)]


class TestBook:
    @pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
    def test_every_query_says_its_question_and_has_an_answer(self, city: City, path: Path) -> None:
        role = Role.INTERNAL if "_internal" in path.read_text(encoding="utf-8") else Role.READER

        answer = ask(city.database, str(path), role)

        rows = list(rows_of(answer))
        assert path.read_text(encoding="utf-8").startswith(f"-- 问：{answer.title}")
        assert answer.title.rstrip("）").endswith(("？", "可", "internal"))
        assert rows or path.stem in MAY_BE_EMPTY

    def test_there_are_enough(self) -> None:
        assert len(BOOK) >= 20

    def test_agencies_compared_are_those_of_the_cards(self, city: City, seen: View) -> None:
        red = Counter(one.card.org_code or "" for one in seen.standing(Level.RED))
        names = {one.org_code: one.name for one in city.catalog.agencies.values()}

        found = told(city, "07")

        assert {names.get(org, org): n for org, n in red.items() if n} == {
            row["org_name"]: row["red"] for row in found if row["red"]
        }

    def test_suspicious_money_is_that_of_the_cards(self, city: City, seen: View) -> None:
        expected = sum((amount_of(one.card) for one in seen.of(SORTS)), Decimal(0))

        assert expected == sum(row["total_yuan"] for row in told(city, "11"))

    def test_overdue_by_agency_adds_up_to_the_list(self, city: City) -> None:
        assert Counter(row["org_name"] for row in told(city, "01")) == {
            row["org_name"]: row["cases"] for row in told(city, "02")
        }

    def test_both_runs_are_compared(self, city: City) -> None:
        assert 2 == len(told(city, "25"))


class TestRoles:
    @pytest.mark.parametrize("what", ["v_case_timeline_internal", "event", "card"])
    def test_a_reader_sees_no_names_and_no_tables(self, city: City, what: str) -> None:
        with pytest.raises(Refused, match=what):
            ask(city.database, what, Role.READER)

    def test_those_inside_see_officers(self, city: City) -> None:
        answer = ask(city.database, "v_case_timeline_internal", Role.INTERNAL)

        assert any(row[-2] for row in rows_of(answer))

    def test_the_custodian_sees_records(self, city: City) -> None:
        assert "record" in [column.name for column in ask(city.database, "event", Role.CUSTODIAN).columns]

    def test_what_is_not_there_is_refused(self, city: City) -> None:
        with pytest.raises(Refused, match="没有视图"):
            ask(city.database, "v_nothing", Role.READER)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT record FROM event",
            "SELECT e.record FROM jiancha.event AS e",
            "SELECT `record` FROM `jiancha`.`event`",
            "SELECT length((SELECT groupArray(record) FROM event)) + 1",
            "WITH (SELECT any(record) FROM event) AS told SELECT told",
            "SELECT 1 FROM v_word WHERE code IN (SELECT case_id FROM event)",
            "SELECT * FROM merge('jiancha', '^event$')",
            "SELECT length((SELECT groupArray(record) FROM merge('jiancha', '^event$')))",
            "SELECT * FROM file('/etc/hostname', LineAsString)",
            "SELECT operator_name FROM v_case_timeline_internal",
            "SELECT * FROM system.tables",
            "SELECT 1; SELECT 2",
            "DROP VIEW v_card",
            "SELECT * FROM v_card INTO OUTFILE 'x.csv'",
            "SELECT * FROM v_card FORMAT JSON",
        ],
    )
    def test_a_query_reads_nothing_but_what_the_role_may(self, city: City, query: str) -> None:
        with pytest.raises(NotAllowed):
            checked(city.database, query, MASKED)

    @pytest.mark.parametrize(
        "query",
        [
            "WITH worst AS (SELECT * FROM v_card WHERE level = 'red') SELECT count() FROM worst, v_current",
            "SELECT run FROM v_run",
            "SELECT number FROM numbers(3)",
            "SELECT a.case_id FROM v_case AS a INNER JOIN v_card AS b ON a.case_id = b.case_id",
        ],
    )
    def test_questions_over_views_are_answered(self, city: City, query: str) -> None:
        assert query == checked(city.database, query, MASKED)


class TestPublic:
    def test_the_public_sees_agencies_and_no_small_number(self, city: City, seen: View) -> None:
        rows = list(rows_of(published(city.database, Subject.ORG)))

        *_, total = rows
        assert ("合计", str(len([one for one in seen.cases if one.org_code]))) == total[:2]
        assert not any(cell in {"1", "2", "3", "4"} for row in rows for cell in row)
        assert any(cell == "不公开" for row in rows for cell in row)

    def test_the_public_sees_matters(self, city: City) -> None:
        answer = published(city.database, Subject.TASK)

        assert ["name", "cases", "open", "closed", "on_time_share"] == [column.name for column in answer.columns]
        assert len(list(rows_of(answer))) > 10
