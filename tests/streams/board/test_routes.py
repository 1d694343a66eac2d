"""What the board answers over a simulated city, beside what the archive says of it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from dashboards.screens import BY_KEY, SCREENS
from rules.engine.cards import STANDING, State
from rules.events.words import Level
from rules.registry import BY_ID
from sinks.clickhouse.stored import StoredCard
from streams.cli.demo.money import amount_of
from tests.streams.board.site import Site

pytestmark = pytest.mark.slow

ONLY_LIVE = {"flow", "partitions"}
UNANSWERED = frozenset({State.OPEN, State.NOTIFIED, State.ACKNOWLEDGED})
PANELS = [(screen.key, panel.id) for screen in SCREENS for panel in screen.panels]
WIDE = "from=2025-12-01&to=2026-04-30"


class Outline(HTMLParser):
    """The bones of a page: elements with their attributes, and the text within those asked for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attributes)))
        self._open.append(name)
        self.texts.setdefault(name, []).append("")

    def handle_endtag(self, name: str) -> None:
        while self._open and self._open.pop() != name:
            pass

    def handle_data(self, data: str) -> None:
        for name in set(self._open):
            self.texts[name][-1] += data

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for one, attributes in self.elements if one == name]


def unanswered(one: StoredCard, level: Level) -> bool:
    card = one.card
    return card.level is level and card.state in UNANSWERED and not one.historic and not BY_ID[card.rule_id].is_notice


def number(site: Site, panel: str, screen: str = "overview") -> Any:
    (row,) = site.get(f"/data/{screen}/{panel}").rows()
    return row["n"]


@pytest.fixture(scope="module")
def case_id(site: Site) -> str:
    """A case with cards and with days that do not count."""
    (row,) = site.database.table(
        "SELECT min(case_id) AS id FROM v_case"
        " WHERE cards > 0 AND case_id IN (SELECT case_id FROM v_case_clock WHERE kind = 'excluded')"
    ).to_pylist()
    return str(row["id"])


class TestData:
    @pytest.mark.parametrize(("screen", "panel"), PANELS)
    def test_every_panel_is_answered_with_the_columns_it_describes(
        self, site: Site, case_id: str, screen: str, panel: str
    ) -> None:
        answer = site.get(f"/data/{screen}/{panel}?{WIDE}&case={case_id}")

        assert 200 == answer.status
        described = {one.name for one in BY_KEY[screen].panel(panel).columns}
        assert described == {one["name"] for one in answer.data["meta"]}

    @pytest.mark.parametrize("level", [Level.RED, Level.YELLOW])
    def test_the_unanswered_are_those_of_the_archive(self, site: Site, level: Level) -> None:
        wanted = sum(unanswered(one, level) for one in site.archive.cards())

        assert 0 < wanted == number(site, f"unanswered-{level.code}")

    def test_what_is_overdue_is_what_the_calendar_says(self, site: Site) -> None:
        today = site.catalog.days.day_of(site.archive.run.now)
        due = {
            one.case_id: min(
                (
                    day
                    for day in (
                        one.promise_due if one.promise_certain else None,
                        one.statutory_due if one.statutory_certain and one.decided_at is None else None,
                    )
                    if day is not None
                ),
                default=date.max.toordinal(),
            )
            for one in site.archive.case_states()
            if one.open and not one.suspended
        }

        assert sum(day < today for day in due.values()) == number(site, "overdue")
        assert sum(day == today for day in due.values()) == number(site, "due-today")

    def test_money_is_exact_to_the_cent(self, site: Site) -> None:
        standing = [
            one for one in site.archive.cards() if one.card.state in STANDING and BY_ID[one.card.rule_id].family == 4
        ]
        wanted = sum((amount_of(one.card) or Decimal(0) for one in standing), Decimal(0))

        said = number(site, "suspect-money")
        assert isinstance(said, str)
        assert 0 < wanted == Decimal(said)

    def test_a_choice_restricts_every_answer(self, site: Site) -> None:
        cards = [one.card for one in site.archive.cards() if one.card.state in STANDING]
        (org, wanted), *_ = Counter(one.org_code for one in cards).most_common()

        rows = site.get(f"/data/cards/by-rule?org={org}").rows()

        assert wanted == sum(row["cards"] for row in rows)
        assert wanted < sum(row["cards"] for row in site.get("/data/cards/by-rule").rows())

    def test_several_values_are_chosen_together(self, site: Site) -> None:
        red, yellow, both = (
            sum(row["cards"] for row in site.get(f"/data/cards/by-rule?{chosen}").rows())
            for chosen in ("level=red", "level=yellow", "level=red&level=yellow")
        )

        assert 0 < red + yellow == both

    @pytest.mark.parametrize("nasty", ["D0'02", "')) OR (('1'='1", "办件", "%_{}", "\\", "{org:Array(String)}"])
    def test_a_nasty_value_finds_nothing(self, site: Site, nasty: str) -> None:
        answer = site.get(f"/data/cards/unanswered?org={nasty.replace('%', '%25')}")

        assert (200, []) == (answer.status, answer.data["data"])

    def test_the_time_range_is_said_with_the_answer(self, site: Site) -> None:
        said = site.get("/data/cards/daily?from=2026-03-01&to=2026-03-01").headers["x-range"]

        start, end = map(int, said.split(","))
        assert 86_400_000 == end - start

    @pytest.mark.parametrize("path", ["/data/nowhere/x", "/data/cards/x", "/choices/cards/level", "/choices/x/org"])
    def test_what_is_not_there_is_said(self, site: Site, path: str) -> None:
        answer = site.get(path)

        assert 404 == answer.status
        assert answer.data["error"].startswith("没有")

    def test_a_time_that_cannot_be_read_is_said(self, site: Site) -> None:
        answer = site.get("/data/cards/daily?from=never")

        assert 400 == answer.status
        assert "never" in answer.data["error"]

    def test_choices_follow_each_other(self, site: Site) -> None:
        all_tasks = site.get("/choices/cards/task").rows()
        (org, *_) = (row["value"] for row in site.get("/choices/cards/org").rows())
        tasks = site.get(f"/choices/cards/task?org={org}").rows()

        assert 0 < len(tasks) < len(all_tasks)
        assert {row["value"] for row in tasks} < {row["value"] for row in all_tasks}

    def test_red_cards_are_marked_on_time_axes(self, site: Site) -> None:
        red = sum(
            one.card.level is Level.RED and one.card.state in STANDING and not one.historic
            for one in site.archive.cards()
        )

        marks = {one["name"]: one["answer"]["data"] for one in site.get(f"/marks/cards?{WIDE}").data}

        assert 0 < len(marks["红牌"])
        assert len(marks["红牌"]) >= red

    def test_an_answer_is_pressed_for_who_can_read_it(self, site: Site) -> None:
        plain = site.get("/static/style.css")

        assert "content-encoding" not in plain.headers
        assert "gzip" == _encoding(site, "/data/cards/all?" + WIDE)

    def test_a_file_known_already_is_not_sent_again(self, site: Site) -> None:
        first = site.get("/static/app.js")
        again = site.get("/static/app.js", If_None_Match=first.headers["etag"])

        assert ("text/javascript; charset=utf-8", 304, "") == (first.headers["content-type"], again.status, again.text)

    @pytest.mark.parametrize("path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/nothing.js"])
    def test_only_what_is_shipped_is_sent(self, site: Site, path: str) -> None:
        assert 404 == site.get(path).status


class TestLive:
    def test_the_latest_are_those_said_last(self, site: Site) -> None:
        said = site.get("/live").data
        last = sorted(site.archive.transitions(), key=lambda one: (one.transition.known_at, one.position))[-8:]

        assert [one.transition.card.card_id for one in reversed(last)] == [row["card_id"] for row in said["news"]]

    def test_who_has_seen_it_is_told_nothing_again(self, site: Site) -> None:
        said = site.get("/live").data

        assert "news" not in site.get(f"/live?since={said['version']}").data

    def test_the_instant_is_that_of_the_run(self, site: Site) -> None:
        said = site.get("/live").data

        assert site.archive.run.run == said["run"]
        assert said["now"].startswith("2026-")


class TestPages:
    @pytest.mark.parametrize("screen", [one.key for one in SCREENS])
    def test_a_screen_is_whole_html_that_needs_nothing_from_elsewhere(self, site: Site, screen: str) -> None:
        answer = site.get(f"/screen/{screen}")
        page = Outline(answer.text)

        assert 200 == answer.status
        assert "no-store" == answer.headers["cache-control"]
        assert [{"lang": "zh-CN"}] == page.named("html")
        assert 1 == len(page.named("h1"))
        assert len(BY_KEY[screen].panels) == len([one for one in page.named("section") if "data-panel" in one])
        for name, attributes in page.elements:
            assert not [one for one in attributes if one.startswith("on") or one == "style"], name
            for one in ("src", "href", "action"):
                assert (attributes.get(one) or "/").startswith(("/", "#"))
        assert ["module", "application/json"] == [one.get("type") for one in page.named("script")]

    @pytest.mark.parametrize("screen", [one.key for one in SCREENS])
    def test_a_screen_can_be_heard(self, site: Site, screen: str) -> None:
        page = Outline(site.get(f"/screen/{screen}").text)
        ids = {one["id"] for _, one in page.elements if "id" in one}

        assert {"class": "skip", "href": "#main"} in page.named("a")
        assert {"main", "news"} <= ids
        assert ["page"] == [one["aria-current"] for one in page.named("a") if "aria-current" in one]
        for name, attributes in page.elements:
            if (label := attributes.get("aria-labelledby")) is not None:
                assert label in ids, name
        assert "polite" in [one.get("aria-live") for one in page.named("ol")]
        assert [one for one in page.texts["summary"] if not one.strip()] == []

    def test_what_is_chosen_stays_chosen(self, site: Site) -> None:
        page = Outline(site.get("/screen/cards?level=red&level=yellow&from=2026-03-01&nonsense=1").text)

        hidden = [(one["name"], one["value"]) for one in page.named("input") if one["type"] == "hidden"]
        assert [("level", "red"), ("level", "yellow")] == hidden
        assert "已选 2 项" in page.texts["b"]
        ways = [one["href"] for one in page.named("a") if (one["href"] or "").startswith("/screen/agency")]
        assert ["/screen/agency?level=red&level=yellow&from=2026-03-01"] == ways

    def test_what_is_written_in_an_address_is_never_markup(self, site: Site) -> None:
        text = site.get("/screen/cards?org=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E").text

        assert "<script>alert" not in text
        assert 2 == text.count("</script>")

    def test_a_case_has_one_address(self, site: Site, case_id: str) -> None:
        moved = site.get(f"/screen/case?case={case_id}")
        page = Outline(site.get(f"/case/{case_id}").text)

        assert (302, f"/case/{case_id}") == (moved.status, moved.headers["location"])
        assert [f"办件 {case_id}"] == page.texts["h1"]

    @pytest.mark.parametrize("path", ["/screen/nowhere", "/card/NOSUCHCARD", "/case/X/why?rule=NO_RULE", "/case/X/why"])
    def test_what_is_not_there_is_said_with_a_way_back(self, site: Site, path: str) -> None:
        answer = site.get(path)
        page = Outline(answer.text)

        assert 404 == answer.status
        assert "没有" in answer.text
        assert {"href": "/"} in page.named("a")


def _encoding(site: Site, path: str) -> str | None:
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        return response.getheader("content-encoding")
    finally:
        connection.close()
