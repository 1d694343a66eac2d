"""Who may look: this machine under its own names, or who has the token."""

from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest

from tests.streams.board.site import Site, listening

pytestmark = pytest.mark.slow
TOKEN = "sesam-öffne"  # noqa: S105 - of no door but this one


@pytest.fixture(scope="module")
def shut(site: Site) -> Iterator[Site]:
    """The same board, behind a token."""
    with listening(site.board, TOKEN) as port:
        yield replace(site, port=port)


@pytest.mark.parametrize("path", ["/", "/screen/cards", "/data/overview/overdue", "/live", "/static/app.js", "/card/X"])
def test_without_the_token_nothing_is_answered(shut: Site, path: str) -> None:
    answer = shut.get(path)

    assert 401 == answer.status
    assert "?token=" in answer.text


@pytest.mark.parametrize("wrong", ["", "sesam", TOKEN + "x", "Bearer"])
def test_a_wrong_token_is_none(shut: Site, wrong: str) -> None:
    assert 401 == shut.get("/live", Authorization=f"Bearer {wrong}".encode().decode("latin-1")).status
    assert 401 == shut.get(f"/?token={wrong}").status
    assert 401 == shut.get("/", Cookie=f"jiancha={wrong}".encode().decode("latin-1")).status


def test_the_token_comes_as_a_header(shut: Site) -> None:
    assert 200 == shut.get("/live", Authorization=f"Bearer {TOKEN}".encode().decode("latin-1")).status


def test_once_in_the_address_it_becomes_a_cookie_and_leaves_the_address(shut: Site) -> None:
    first = shut.get(f"/screen/cards?level=red&token={TOKEN}")
    (cookie,) = SimpleCookie(first.headers["set-cookie"]).values()

    assert (302, "/screen/cards?level=red") == (first.status, first.headers["location"])
    assert (True, "Lax") == (cookie["httponly"], cookie["samesite"])
    assert TOKEN not in cookie.value
    assert 200 == shut.get("/screen/cards?level=red", Cookie=f"jiancha={cookie.value}").status


def test_the_way_back_never_leads_elsewhere(shut: Site) -> None:
    answer = shut.get(f"//elsewhere.example/?token={TOKEN}")

    assert "/elsewhere.example/" == answer.headers["location"]


def test_a_page_from_elsewhere_that_calls_itself_by_another_name_is_not_answered(site: Site) -> None:
    assert 403 == site.get("/live", Host="evil.example").status
    assert 200 == site.get("/live", Host="localhost:1").status
    assert 200 == site.get("/live", Host="[::1]:1").status


@pytest.mark.parametrize("path", ["/", "/data/overview/overdue", "/live", "/static/style.css", "/card/UNKNOWN"])
def test_every_answer_tells_the_browser_to_trust_nothing_else(site: Site, path: str) -> None:
    headers = site.get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert "nosniff" == headers["x-content-type-options"]
    assert "no-referrer" == headers["referrer-policy"]
    assert "DENY" == headers["x-frame-options"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/data/overview/overdue", "/card/X"])
def test_nothing_can_be_written(site: Site, method: str, path: str) -> None:
    assert 405 == site.get(path, method).status
