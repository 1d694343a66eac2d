"""What grafana-api gets wrong, and what comes of it through our client."""

import json
from collections.abc import Iterator

import pytest
import requests
from grafana_api.grafana_api import GrafanaAPI, GrafanaServerError

from dashboards.publish.client import Grafana
from dashboards.publish.errors import (
    Away,
    Conflict,
    Forbidden,
    Missing,
    Overtaken,
    PublishError,
    Redirected,
    Refused,
    Strange,
    Unauthorised,
)
from tests.dashboards.publish.fake import EDITOR, PAGE, VIEWER, Odd, State, running

SAVE = "/api/dashboards/db"


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
    with Grafana(address, EDITOR, tries=2, pause=0) as opened:
        yield opened


def raw(address: str) -> GrafanaAPI:
    """Return the library as it is."""
    return GrafanaAPI(EDITOR, host="127.0.0.1", port=int(address.rpartition(":")[2]))


class TestOddities:
    """Each is first shown in the library, so that we notice when it is mended there."""

    def test_something_done_without_words_is_done(self, grafana: Grafana, state: State, address: str) -> None:
        state.oddly("PUT", "/api/v1/provisioning/x", Odd(204), Odd(204))
        api = raw(address)
        with pytest.raises(requests.JSONDecodeError):
            api.PUT("/v1/provisioning/x", json={})
        api.s.close()

        assert {} == grafana.put("/v1/provisioning/x", {})

    def test_a_refusal_that_is_a_number_is_still_a_refusal(self, grafana: Grafana, state: State, address: str) -> None:
        state.oddly("POST", SAVE, Odd(400, b"42"), Odd(400, b"42"))
        api = raw(address)
        with pytest.raises(TypeError):
            api.POST("/dashboards/db", json={})
        api.s.close()

        with pytest.raises(Refused, match=r"400.*42"):
            grafana.post("/dashboards/db", {})

    def test_a_page_of_a_proxy_is_told_by_its_title(self, grafana: Grafana, state: State, address: str) -> None:
        state.oddly("POST", SAVE, Odd(502, PAGE, "text/html"), Odd(502, PAGE, "text/html"))
        api = raw(address)
        with pytest.raises(GrafanaServerError) as caught:
            api.POST("/dashboards/db", json={})
        api.s.close()
        assert len(str(caught.value)) > 4000

        with pytest.raises(Away, match=r"502.*「502 Bad Gateway」") as ours:
            grafana.post("/dashboards/db", {})
        assert len(str(ours.value)) < 200

    def test_a_redirect_is_not_followed(self, grafana: Grafana, state: State, address: str) -> None:
        """The library would send the POST on as a GET, and call the answer a success."""
        away = Odd(302, b"", location=f"{address}/api/health")
        state.oddly("POST", SAVE, away, away)
        api = raw(address)
        assert "ok" == api.POST("/dashboards/db", json={})["database"]
        api.s.close()

        with pytest.raises(Redirected, match="/api/health"):
            grafana.post("/dashboards/db", {})

    def test_a_login_page_is_no_answer(self, grafana: Grafana, state: State) -> None:
        page = b"<!DOCTYPE html><title>Sign in</title>"
        state.oddly("GET", "/api/health", Odd(200, page, "text/html"))

        with pytest.raises(Strange, match="「Sign in」"):
            grafana.get("/health")

    def test_no_token_is_refused_before_anything_is_sent(self, address: str, state: State) -> None:
        """The library would send ``Bearer None``."""
        with pytest.raises(Unauthorised):
            Grafana(address, " ")

        assert [] == state.seen


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "kind", "said"),
        [
            (400, Refused, "400"),
            (401, Unauthorised, "令牌"),
            (403, Forbidden, "权限"),
            (404, Missing, "404"),
            (409, Conflict, "同名"),
            (412, Overtaken, "重新 plan"),
            (418, Refused, "418"),
            (422, Refused, "422"),
            (500, Refused, "内部出错"),
            (502, Away, "502"),
            (503, Away, "503"),
            (504, Away, "504"),
        ],
    )
    def test_every_status_has_its_error(
        self, grafana: Grafana, state: State, status: int, kind: type[PublishError], said: str
    ) -> None:
        state.oddly("POST", SAVE, Odd(status, json.dumps({"message": "some words"}).encode()))

        with pytest.raises(kind, match=said) as caught:
            grafana.post("/dashboards/db", {})
        assert type(caught.value) is kind

    @pytest.mark.parametrize("body", [b"null", b"[]", b'["x"]', b'"text"', b"", b"{}", b"not json", b"true"])
    def test_whatever_a_refusal_holds_it_is_told(self, grafana: Grafana, state: State, body: bytes) -> None:
        state.oddly("POST", SAVE, Odd(403, body))

        with pytest.raises(Forbidden):
            grafana.post("/dashboards/db", {})

    def test_a_token_that_may_only_read_is_told_so(self, address: str) -> None:
        with Grafana(address, VIEWER) as grafana, pytest.raises(Forbidden, match="additional permissions"):
            grafana.post("/folders", {"uid": "x", "title": "x"})

    def test_a_wrong_token_is_told_so(self, address: str) -> None:
        with Grafana(address, "glsa_nobody") as grafana, pytest.raises(Unauthorised, match="Invalid API key"):
            grafana.get("/folders/x")


class TestReaching:
    def test_what_is_not_there_is_none(self, grafana: Grafana) -> None:
        assert grafana.find("/folders/nowhere") is None

    def test_reading_is_tried_again_while_grafana_is_away(self, grafana: Grafana, state: State) -> None:
        state.oddly("GET", "/api/health", Odd(502, PAGE, "text/html"), Odd(503))

        assert "ok" == grafana.get("/health")["database"]

    def test_reading_is_given_up_in_the_end(self, grafana: Grafana, state: State) -> None:
        state.oddly("GET", "/api/health", *[Odd(503)] * 5)

        with pytest.raises(Away):
            grafana.get("/health")
        assert 3 == len(state.seen)

    def test_writing_is_never_repeated(self, grafana: Grafana, state: State) -> None:
        state.oddly("POST", SAVE, Odd(502, PAGE, "text/html"), Odd(502))

        with pytest.raises(Away):
            grafana.post("/dashboards/db", {})
        assert [("POST", SAVE)] == state.seen

    def test_nobody_at_the_address(self) -> None:
        with Grafana("http://127.0.0.1:9", EDITOR, tries=0) as grafana, pytest.raises(Away, match="连不上"):
            grafana.get("/health")

    @pytest.mark.parametrize("url", ["grafana.example.cn", "ftp://x", "http://", ""])
    def test_an_address_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(Refused, match="地址"):
            Grafana(url, EDITOR)

    def test_grafana_may_live_below_a_path(self, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with running(state, "/grafana") as url, Grafana(url + "/", EDITOR) as grafana:
            assert "11.5.2" == grafana.get("/health")["version"]
