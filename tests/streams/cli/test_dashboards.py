"""``jiancha dashboards`` against a Grafana that answers as documented."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.grafana.board import Place
from dashboards.grafana.files import files
from tests.dashboards.publish.fake import EDITOR, PAGE, VIEWER, Odd, State, running
from tests.streams.cli.running import Ran, ran


@pytest.fixture
def state() -> State:
    return State()


class Shell:
    """Runs commands against one Grafana with one token."""

    def __init__(self, capsys: pytest.CaptureFixture[str], url: str) -> None:
        self.capsys, self.url = capsys, url

    def __call__(self, command: str, *arguments: object) -> Ran:
        return ran(self.capsys, "dashboards", command, "--url", self.url, *arguments)


@pytest.fixture
def ask(state: State, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("GRAFANA_TOKEN", EDITOR)
    with running(state) as url:
        yield Shell(capsys, url)


class TestPlan:
    def test_it_says_what_would_change_and_writes_nothing(self, ask: Shell, state: State) -> None:
        done = ask("plan")

        assert 1 == done.code
        assert "新建  文件夹 jiancha" in done.out
        assert "新建  jiancha-overview  监察 · 总览" in done.out
        assert [] == state.written()

    def test_a_machine_is_told_the_same(self, ask: Shell, state: State) -> None:
        told = json.loads(ask("plan", "--json").out)

        assert told["folder_missing"]
        assert {"new"} == {one["turn"] for one in told["dashboards"]}
        assert [] == state.written()

    def test_after_publishing_there_is_nothing_to_do(self, ask: Shell) -> None:
        ask("publish")

        done = ask("plan")

        assert 0 == done.code
        assert "不变  jiancha-overview" in done.out

    def test_a_difference_is_shown_line_by_line(self, ask: Shell, state: State) -> None:
        ask("publish")
        state.boards["jiancha-overview"]["refresh"] = "1h"

        done = ask("plan")

        assert '- "refresh": "1h",' in done.out
        assert '+ "refresh": "10s",' in done.out


class TestPublish:
    def test_it_names_what_it_wrote(self, ask: Shell, state: State) -> None:
        done = ask("publish", "--board", "https://board.example.cn/", "--playlist")

        assert 0 == done.code
        assert "已写 9 个看板，0 个不变" in done.out
        assert "/playlists/play/pl1?kiosk" in done.out
        assert "https://board.example.cn" in json.dumps(state.boards["jiancha-cards"])

    def test_somebody_elses_dashboard_is_left_alone(self, ask: Shell, state: State) -> None:
        state.boards["jiancha-case"] = {"uid": "jiancha-case", "id": 1, "version": 1, "tags": []}
        state.places["jiancha-case"] = ""

        done = ask("publish")

        assert 2 == done.code
        assert "什么也没有写" in done.err
        assert [] == state.written()

    def test_the_wall_alone_can_be_made(self, ask: Shell, state: State) -> None:
        done = ask("wall")

        assert "/playlists/play/pl1?kiosk" in done.out
        assert [("POST", "/api/playlists")] == state.written()


class TestTrouble:
    @pytest.mark.parametrize(
        ("odd", "said"),
        [
            (Odd(401, b'{"message": "Invalid API key"}'), "令牌不对"),
            (Odd(403, b'{"message": "no"}'), "权限不够"),
            (Odd(409, b'{"message": "exists"}'), "409"),
            (Odd(412, b'{"message": "version"}'), "412"),
            (Odd(200, b"<html><title>Login</title>", "text/html"), "「Login」"),
        ],
    )
    def test_a_refusal_is_one_clear_line(self, ask: Shell, state: State, odd: Odd, said: str) -> None:
        state.oddly("POST", "/api/dashboards/db", odd)

        done = ask("publish")

        assert 2 == done.code
        assert said in done.err
        assert 1 == done.err.count("\n")

    def test_a_proxy_that_answers_for_grafana_is_told(self, ask: Shell, state: State) -> None:
        state.oddly("POST", "/api/folders", Odd(502, PAGE, "text/html"))

        assert "「502 Bad Gateway」" in ask("publish").err

    def test_an_old_grafana_is_not_written_to(self, ask: Shell, state: State) -> None:
        state.version = "10.4.2"

        done = ask("publish")

        assert 2 == done.code
        assert "10.4.2 低于 11.5" in done.err
        assert [] == state.written()

    def test_a_token_may_lie_in_a_file(self, ask: Shell, tmp_path: Path) -> None:
        (tmp_path / "token").write_text(f"{VIEWER}\n", encoding="utf-8")

        done = ask("publish", "--token-file", tmp_path / "token")

        assert "权限不够" in done.err

    def test_a_token_file_that_is_not_there_is_told(self, ask: Shell, tmp_path: Path) -> None:
        assert "读不出" in ask("plan", "--token-file", tmp_path / "none").err

    def test_without_a_token_nothing_is_asked(self, ask: Shell, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("GRAFANA_TOKEN")

        assert "没有 Grafana 令牌" in ask("plan").err
        assert [] == state.seen


def test_files_are_written_as_they_are_generated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "dashboards", "write", tmp_path / "grafana", "--source", "other-uid")

    wanted = files(Place(source_uid="other-uid"))
    assert f"已写 {len(wanted)} 个文件" in done.out
    assert {path: (tmp_path / "grafana" / path).read_text(encoding="utf-8") for path in wanted} == dict(wanted)
