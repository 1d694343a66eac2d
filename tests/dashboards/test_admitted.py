"""The read-only endpoint of an embedded store admits whatever Grafana and the board ask."""

from collections.abc import Sequence

import pytest

from dashboards.alarms import ALARMS
from dashboards.screens import SCREENS
from sinks.clickhouse.guard import question
from tests.dashboards.asked import ASKED, BOARDS, Asked
from tests.dashboards.expand import ALL, Chosen, expanded


@pytest.mark.parametrize("value", [ALL, (), ("D0'02", "it''s", "/* not a comment */")], ids=["all", "none", "nasty"])
@pytest.mark.parametrize("one", ASKED, ids=str)
def test_every_query_of_a_dashboard_may_be_asked(one: Asked, value: str | Sequence[str]) -> None:
    typed = value if isinstance(value, str) else "".join(value)
    variables = BOARDS[one.board]["templating"]["list"]
    values = {each["name"]: typed if each["type"] == "textbox" else value for each in variables}
    sql = expanded(one.sql, BOARDS[one.board], Chosen(values, 0, 1_000_000))

    assert sql == question(sql).text


def test_so_may_alarms_and_what_the_board_asks() -> None:
    queries = [alarm.query for alarm in ALARMS] + [query for screen in SCREENS for _, query in screen.queries()]

    assert [query.sql for query in queries] == [question(query.sql).text for query in queries]
