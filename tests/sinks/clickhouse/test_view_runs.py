"""Views over stores of their own: one that was written twice, one that is empty."""

from collections import defaultdict
from pathlib import Path

import pytest

from sinks.clickhouse.store import open_store
from sinks.clickhouse.views import View, make_views, shipped_views
from streams.replay import replay
from tests.sinks.clickhouse.city import opened, settled

pytestmark = pytest.mark.slow


def test_writing_everything_again_changes_no_number(tmp_path: Path) -> None:
    settings = settled(tmp_path, cases=60, seed=3)

    before = _everything(tmp_path)
    replay(settings)

    assert before == _everything(tmp_path)


def test_every_view_answers_where_nothing_has_been_stored(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        database = store.another()
        rows = {view.name: database.table(f"SELECT * FROM {view.name}").num_rows for view in shipped_views()}
        database.close()

    assert {"v_workday_index"} == {name for name, n in rows.items() if n}


def test_the_schema_carries_what_the_files_say(tmp_path: Path) -> None:
    query = "SELECT table, name, type, comment FROM system.columns WHERE database = 'jiancha' ORDER BY table, position"
    with open_store(tmp_path, create=True) as store:
        database = store.another()
        rows = database.table(query).to_pylist()
        database.close()

    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        found[row["table"]].append((row["name"], row["type"], row["comment"]))
    assert {view.name: [(one.name, one.type, one.comment) for one in view.columns] for view in shipped_views()} == {
        name: columns for name, columns in found.items() if name.startswith("v_")
    }
    assert all(comment for columns in found.values() for _, _, comment in columns)


def _everything(room: Path) -> dict[str, list[str]]:
    with opened(room) as city:
        names = [view.name for view in shipped_views() if view.name not in {"v_current", "v_run"}]
        return {name: sorted(map(str, city.ask(f"SELECT * FROM {name}"))) for name in names}


class TestMaking:
    def test_views_as_they_should_be_are_left_alone(self, tmp_path: Path) -> None:
        with open_store(tmp_path, create=True) as store:
            database = store.another()
            again = make_views(database, shipped_views())
            database.close()

        assert () == again

    def test_a_changed_view_is_made_anew_and_one_that_is_gone_is_dropped(self, tmp_path: Path) -> None:
        words = next(view for view in shipped_views() if view.name == "v_word")
        changed = View("v_word", words.text.replace("代码与名称", "词表"))
        with open_store(tmp_path, create=True) as store:
            database = store.another()
            made = make_views(database, [changed])
            left = database.table(
                "SELECT name, comment FROM system.tables WHERE database = 'jiancha' AND engine = 'View'"
            ).to_pylist()
            database.close()

        assert ("v_word",) == made
        assert [{"name": "v_word", "comment": "词表。粒度：每个词表的每个代码一行"}] == left
