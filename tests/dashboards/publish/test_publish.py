"""Publishing into a Grafana one does not own: what is compared, what is written, and what is never touched."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dashboards.grafana.board import GENERATED, Place, uid_of
from dashboards.publish.client import Grafana
from dashboards.publish.errors import Conflict, Foreign, Missing, Overtaken, Refused, Strange, TooOld
from dashboards.publish.gate import pass_gate, version_of
from dashboards.publish.plan import Plan, Turn, plan
from dashboards.publish.playlist import NAME, put_playlist
from dashboards.publish.publish import publish
from dashboards.screens import SCREENS, WALL
from tests.dashboards.publish.fake import EDITOR, VIEWER, Odd, State, running

PLACE, FOLDER, TITLE = Place(), "jiancha", "监察"
UIDS = [uid_of(screen) for screen in SCREENS]
FIRST = UIDS[0]


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def address(state: State, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(state) as url:
        yield url


@pytest.fixture
def grafana(address: str) -> Iterator[Grafana]:
    with Grafana(address, EDITOR, tries=0) as opened:
        yield opened


def planned(grafana: Grafana) -> Plan:
    return plan(grafana, SCREENS, PLACE, FOLDER)


def theirs(uid: str, **more: Any) -> dict[str, Any]:
    """Return a dashboard somebody else made."""
    return {"id": 7, "uid": uid, "version": 3, "title": "财务", "tags": ["finance"], **more}


class TestGate:
    @pytest.mark.parametrize("version", ["11.5.0", "11.5.2+security-01", "11.6.0-pre", "12.0.0", "13.1.4"])
    def test_a_version_from_11_5_on_passes(self, grafana: Grafana, state: State, version: str) -> None:
        state.version = version

        assert version == pass_gate(grafana)

    @pytest.mark.parametrize("version", ["11.4.9", "10.4.1", "9.5.2"])
    def test_an_older_one_does_not(self, grafana: Grafana, state: State, version: str) -> None:
        state.version = version

        with pytest.raises(TooOld, match=version):
            pass_gate(grafana)

    def test_a_hidden_version_is_read_elsewhere(self, grafana: Grafana, state: State) -> None:
        state.version = None

        assert "11.6.0" == pass_gate(grafana)

    @pytest.mark.parametrize("plugin", [None, "4.13.0", "3.2.1", ""])
    def test_the_plugin_must_be_there_and_new_enough(self, grafana: Grafana, state: State, plugin: str | None) -> None:
        state.plugin = plugin

        with pytest.raises(TooOld, match="grafana-clickhouse-datasource"):
            pass_gate(grafana)

    def test_a_sick_database_stops_it(self, grafana: Grafana, state: State) -> None:
        state.database = "failing"

        with pytest.raises(Exception, match="不健康"):
            pass_gate(grafana)

    @pytest.mark.parametrize(
        ("text", "version"), [("v11.5.0", (11, 5)), ("12.0.0+security-01", (12, 0)), ("", None), ("latest", None)]
    )
    def test_versions_are_read(self, text: str, version: tuple[int, int] | None) -> None:
        assert version == version_of(text)


class TestPlan:
    def test_a_plan_writes_nothing(self, grafana: Grafana, state: State) -> None:
        planned(grafana)

        assert [] == state.written()

    def test_at_first_everything_is_new(self, grafana: Grafana) -> None:
        made = planned(grafana)

        assert made.folder_missing
        assert UIDS == [change.uid for change in made.of(Turn.NEW)]

    def test_after_publishing_nothing_is_to_do(self, grafana: Grafana) -> None:
        publish(grafana, planned(grafana), TITLE)

        assert planned(grafana).idle

    def test_a_change_is_shown_line_by_line(self, grafana: Grafana, state: State) -> None:
        publish(grafana, planned(grafana), TITLE)
        state.boards[FIRST]["refresh"] = "5m"

        (change,) = planned(grafana).of(Turn.CHANGED)

        assert FIRST == change.uid
        assert ' "refresh": "5m",' in [line.removeprefix("-") for line in change.lines]

    def test_a_dashboard_in_another_folder_is_moved(self, grafana: Grafana, state: State) -> None:
        publish(grafana, planned(grafana), TITLE)
        state.places[FIRST] = "elsewhere"

        (change,) = planned(grafana).of(Turn.CHANGED)

        assert "文件夹 elsewhere → jiancha" == change.lines[0]

    def test_without_a_data_source_there_is_no_plan(self, grafana: Grafana, state: State) -> None:
        state.sources.clear()

        with pytest.raises(Missing, match="数据源"):
            planned(grafana)

    def test_a_data_source_of_another_kind_is_refused(self, grafana: Grafana, state: State) -> None:
        state.sources[PLACE.source_uid] = "prometheus"

        with pytest.raises(Refused, match="prometheus"):
            planned(grafana)


class TestPublish:
    def test_what_is_kept_is_what_was_sent(self, grafana: Grafana, state: State) -> None:
        written = publish(grafana, planned(grafana), TITLE)

        assert {"jiancha": "监察"} == state.folders
        assert UIDS == [change.uid for change in written]
        for change in written:
            kept = {key: value for key, value in state.boards[change.uid].items() if key not in {"id", "version"}}
            assert json.loads(json.dumps(dict(change.wanted))) == kept

    def test_only_what_changed_is_written(self, grafana: Grafana, state: State) -> None:
        publish(grafana, planned(grafana), TITLE)
        state.boards[FIRST]["title"] = "别的名字"
        state.seen.clear()

        publish(grafana, planned(grafana), TITLE)

        assert [("POST", "/api/dashboards/db")] == state.written()
        assert 2 == state.boards[FIRST]["version"]

    def test_somebody_elses_dashboard_stops_everything(self, grafana: Grafana, state: State) -> None:
        state.boards[UIDS[-1]], state.places[UIDS[-1]] = theirs(UIDS[-1]), ""

        with pytest.raises(Foreign, match=UIDS[-1]):
            publish(grafana, planned(grafana), TITLE)
        assert [] == state.written()

    def test_one_provided_by_a_file_stops_everything(self, grafana: Grafana, state: State) -> None:
        state.boards[FIRST], state.places[FIRST] = theirs(FIRST, tags=[GENERATED]), FOLDER
        state.provisioned.add(FIRST)

        with pytest.raises(Foreign, match="由文件供给"):
            publish(grafana, planned(grafana), TITLE)
        assert [] == state.written()

    def test_other_dashboards_are_left_alone(self, grafana: Grafana, state: State) -> None:
        state.boards["finance"], state.places["finance"] = theirs("finance"), ""

        publish(grafana, planned(grafana), TITLE)

        assert theirs("finance") == state.boards["finance"]

    def test_a_save_in_between_is_not_overwritten(self, grafana: Grafana, state: State) -> None:
        publish(grafana, planned(grafana), TITLE)
        state.boards[FIRST]["title"] = "甲改的"
        made = planned(grafana)
        state.boards[FIRST] |= {"title": "乙改的", "version": 9}

        with pytest.raises(Overtaken, match="412"):
            publish(grafana, made, TITLE)
        assert "乙改的" == state.boards[FIRST]["title"]

    def test_a_folder_made_in_between_is_used(self, grafana: Grafana, state: State) -> None:
        made = planned(grafana)
        state.folders[FOLDER] = TITLE

        publish(grafana, made, TITLE)

        assert FOLDER == state.places[FIRST]

    def test_another_folder_of_that_name_is_told(self, grafana: Grafana, state: State) -> None:
        state.folders["abc"] = TITLE

        with pytest.raises(Conflict, match="--folder"):
            publish(grafana, planned(grafana), TITLE)

    def test_an_unconfirmed_save_is_not_taken_for_done(self, grafana: Grafana, state: State) -> None:
        state.oddly("POST", "/api/dashboards/db", Odd(204))

        with pytest.raises(Strange, match=FIRST):
            publish(grafana, planned(grafana), TITLE)


class TestPlaylist:
    def test_it_is_made_once_and_then_left(self, grafana: Grafana, state: State) -> None:
        address = put_playlist(grafana, WALL)
        state.seen.clear()

        assert address == put_playlist(grafana, WALL)
        assert address.endswith("/playlists/play/pl1?kiosk")
        assert [] == state.written()

    def test_one_that_differs_is_mended(self, grafana: Grafana, state: State) -> None:
        state.playlists["old"] = {"uid": "old", "name": NAME, "interval": "5m", "items": []}

        put_playlist(grafana, WALL)

        assert [uid_of(one) for one in WALL] == [item["value"] for item in state.playlists["old"]["items"]]


def test_a_reader_may_plan(address: str, state: State) -> None:
    with Grafana(address, VIEWER) as grafana:
        assert planned(grafana).of(Turn.NEW)
    assert [] == state.written()
