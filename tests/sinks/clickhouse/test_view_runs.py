"""Views over stores of their own: one that was written twice, one that is empty."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from sinks.clickhouse.database import Param
from sinks.clickhouse.rollups import EVER, SHARE, RollUps
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


def test_what_was_counted_beforehand_is_what_is_counted_exactly(tmp_path: Path) -> None:
    settled(tmp_path, cases=80, seed=5)

    beforehand = _everything(tmp_path)
    with opened(tmp_path) as city:
        assert all(city.ask("SELECT * FROM v_rollup")[0].values())
        for table in ("case_day", "stage_sum", "charge_day", "event_day"):
            city.database.run(f"TRUNCATE TABLE {table}")
        assert not any(city.ask("SELECT * FROM v_rollup")[0].values())

    assert beforehand == _everything(tmp_path)
    assert beforehand["v_case_day"] == beforehand["v_exact_case_day"]
    assert beforehand["v_event_day"] == beforehand["v_exact_event_day"]


def test_counting_again_replaces_what_was_counted(tmp_path: Path) -> None:
    settled(tmp_path, cases=40, seed=5)
    before = _everything(tmp_path)

    with open_store(tmp_path / "store") as store:
        for since in (EVER, "2026-02-20", EVER):
            store.roll_up(since)

    assert before == _everything(tmp_path)


def test_counting_takes_no_more_than_its_share_of_the_time() -> None:
    slow = Slow()
    rollups = RollUps(lambda: slow.now)

    done = [rollups.refresh(slow) for _ in range(2)]
    slow.now += 28.0 / SHARE
    done.append(rollups.refresh(slow))

    assert [True, False, True] == done
    assert 4 + 1 + 4 == slow.statements


def test_every_view_answers_where_nothing_has_been_stored(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        database = store.another()
        rows = {view.name: database.table(f"SELECT * FROM {view.name}").num_rows for view in shipped_views()}
        database.close()

    assert {"v_rollup", "v_workday_index"} == {name for name, n in rows.items() if n}


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
        names = [view.name for view in shipped_views() if view.name not in {"v_current", "v_run", "v_rollup"}]
        return {name: sorted(map(str, city.ask(f"SELECT * FROM {name}"))) for name in names}


class Slow:
    """A database every statement of which takes seven seconds."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.statements = 0

    def run(self, _statement: str, _params: Mapping[str, Param] | None = None) -> None:
        self.now += 7.0
        self.statements += 1


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
