"""Headline numbers of the screens, against what the judged cards and cases come to in Python."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboards.screens import screen_of
from rules.engine.cards import STANDING, Card, State
from rules.events.instants import DAY
from rules.events.words import Level
from rules.registry import BY_ID
from sinks.clickhouse.stored import CaseState, StoredCard
from streams.cli.demo.money import SORTS, amount_of
from tests.dashboards.asked import BOARDS
from tests.dashboards.expand import ALL, Chosen, Value, expanded
from tests.sinks.clickhouse.city import City

pytestmark = pytest.mark.slow

WAITING = frozenset({State.OPEN, State.NOTIFIED, State.ACKNOWLEDGED})
FOREVER = 20_000


@dataclass
class Reckoned:
    """The city, reckoned by hand: its cards and cases, of one agency or of all."""

    city: City
    cards: Sequence[StoredCard]
    cases: Sequence[CaseState]

    def day(self, instant: int) -> int:
        """Return the local date (ordinal) of an instant."""
        return self.city.catalog.days.day_of(instant)

    def standing(self, *levels: Level) -> list[Card]:
        """Return the cards that stand, of some levels or of all."""
        found = [one.card for one in self.cards if one.card.state in STANDING]
        return [card for card in found if not levels or card.level in levels]

    def waiting(self, *levels: Level) -> int:
        """Return how many cards wait for an answer."""
        found = [one for one in self.cards if one.card.state in WAITING and not one.historic]
        return sum(not BY_ID[one.card.rule_id].is_notice and one.card.level in levels for one in found)

    def due(self, first: int, last: int) -> int:
        """Return how many open cases are due so many days from today."""
        return sum(first <= day - self.city.today <= last for one in self.cases if (day := due_day(one)) is not None)

    def money(self, *sorts: str) -> Decimal:
        """Return the money in suspicious charges of some sorts."""
        cards = [card for card in self.standing() if card.rule_id in SORTS and SORTS[card.rule_id][0] in sorts]
        return sum((amount_of(card) for card in cards), Decimal(0))

    def punctual(self) -> float:
        """Return the share of closed cases that were closed by their promise."""
        timed = [one for one in self.cases if one.closed_at is not None and one.promise_due and one.promise_certain]
        in_time = sum(self.day(one.closed_at or 0) <= (one.promise_due or 0) for one in timed)
        return in_time / len(timed)

    def raised(self, days: int) -> int:
        """Return how many cards were first said in so many days before now."""
        now = self.city.archive.run.now
        return sum(now - days * DAY <= one.raised_at < now for one in self.cards)


def due_day(one: CaseState) -> int | None:
    """Return the day (ordinal) on which the first running clock of an open case is due, None where none is certain."""
    if not one.open:
        return None
    days = [one.promise_due] if one.promise_certain else []
    days += [one.statutory_due] if one.statutory_certain and one.decided_at is None else []
    return min((day for day in days if day is not None), default=None)


HEADLINES: Sequence[tuple[str, str, Callable[[Reckoned], Any]]] = (
    ("overview", "unanswered-red", lambda one: one.waiting(Level.RED)),
    ("overview", "unanswered-yellow", lambda one: one.waiting(Level.YELLOW)),
    ("overview", "overdue", lambda one: one.due(-FOREVER, -1)),
    ("overview", "due-today", lambda one: one.due(0, 0)),
    ("overview", "due-tomorrow", lambda one: one.due(1, 1)),
    ("overview", "suspect-money", lambda one: one.money("不该收的", "该收未收的", "未缴入国库的")),
    ("cards", "unanswered-red", lambda one: one.waiting(Level.RED)),
    ("cards", "unanswered-yellow", lambda one: one.waiting(Level.YELLOW)),
    ("cards", "review", lambda one: sum(card.state is State.REVIEW for card in one.standing())),
    ("cards", "appealed", lambda one: sum(card.state is State.APPEALED for card in one.standing())),
    ("cards", "verified", lambda one: sum(each.card.verified for each in one.cards)),
    ("cards", "raised", lambda one: one.raised(30)),
    ("agency", "red", lambda one: len(one.standing(Level.RED))),
    ("agency", "yellow", lambda one: len(one.standing(Level.YELLOW))),
    ("agency", "unanswered", lambda one: one.waiting(Level.RED, Level.YELLOW)),
    ("agency", "open", lambda one: sum(each.open for each in one.cases)),
    ("agency", "on-time", Reckoned.punctual),
    ("item", "on-time", Reckoned.punctual),
    ("charges", "wrongly-taken", lambda one: one.money("不该收的")),
    ("charges", "not-taken", lambda one: one.money("该收未收的")),
    ("charges", "not-deposited", lambda one: one.money("未缴入国库的")),
    ("charges", "suspects", lambda one: sum(card.rule_id in SORTS for card in one.standing())),
    ("performance", "on-time", Reckoned.punctual),
    (
        "performance",
        "serious-share",
        lambda one: 100 * len(one.standing(Level.RED, Level.YELLOW)) / len(one.cases),
    ),
)


@pytest.fixture(scope="module")
def cards(city: City) -> Sequence[StoredCard]:
    return city.archive.cards()


@pytest.fixture(scope="module")
def whole(city: City, cards: Sequence[StoredCard]) -> Reckoned:
    """The whole city."""
    return Reckoned(city, cards, city.archive.case_states())


@pytest.fixture(scope="module")
def part(whole: Reckoned) -> Reckoned:
    """The agency with the most cards about charges, so that money is looked at too."""
    charged = Counter(card.org_code for card in whole.standing() if card.rule_id in SORTS)
    ((org, _),) = charged.most_common(1)
    mine = [one for one in whole.cards if one.card.org_code == org]
    return Reckoned(whole.city, mine, [one for one in whole.cases if one.org_code == org])


def shown(city: City, board: str, panel: str, org: Value = ALL) -> list[dict[str, Any]]:
    """Return what a panel shows of the last 30 days of the city, of one agency or of all."""
    number = [one.id for one in screen_of(board).panels].index(panel)
    json = BOARDS[board]
    values: dict[str, Value] = {one["name"]: ALL for one in json["templating"]["list"]}
    end = city.archive.run.now // 1000
    looking = Chosen(values | {"org": org}, end - 30 * 86_400_000, end, 86_400)
    return city.ask(expanded(json["panels"][number]["targets"][0]["rawSql"], json, looking))


Expected = Callable[[Reckoned], Any]


@pytest.mark.parametrize(("board", "panel", "expected"), HEADLINES, ids=[f"{b}-{p}" for b, p, _ in HEADLINES])
class TestHeadlines:
    def test_of_all_agencies(self, board: str, panel: str, expected: Expected, whole: Reckoned) -> None:
        (row,) = shown(whole.city, board, panel)

        assert same(expected(whole), row["n"])

    def test_of_one_agency(self, board: str, panel: str, expected: Expected, part: Reckoned) -> None:
        (row,) = shown(part.city, board, panel, [part.cases[0].org_code])

        assert same(expected(part), row["n"])


def same(expected: Any, found: Any) -> bool:
    """Return whether two numbers are equal; shares are floats."""
    return bool(found == pytest.approx(expected) if isinstance(expected, float) else found == expected)


def test_the_headlines_are_not_all_nothing(whole: Reckoned) -> None:
    found = [expected(whole) for _, _, expected in HEADLINES]

    assert sum(bool(number) for number in found) > 15


def test_the_list_to_answer_holds_those_counted_above_it(city: City) -> None:
    (red,), (yellow,) = shown(city, "cards", "unanswered-red"), shown(city, "cards", "unanswered-yellow")

    rows = shown(city, "cards", "unanswered")

    levels = Counter(row["level"] for row in rows)
    assert (red["n"], yellow["n"]) == (levels["red"], levels["yellow"])
    assert ["red"] * red["n"] == [row["level"] for row in rows[: red["n"]]]


def test_thirty_days_of_bars_hold_every_card_of_them(city: City, cards: Sequence[StoredCard]) -> None:
    days = city.catalog.days
    recent = [one.card for one in cards if 0 <= city.today - days.day_of(one.card.condition_at) < 30]

    rows = shown(city, "overview", "last-days")

    assert [date.fromordinal(city.today - 29 + at).strftime("%m-%d") for at in range(30)] == [r["date"] for r in rows]
    for level in Level:
        assert sum(card.level is level for card in recent) == sum(row[level.code] for row in rows)
    assert recent


def test_agencies_are_ranked_by_what_stands_against_them(city: City, cards: Sequence[StoredCard]) -> None:
    reds = Counter(one.card.org_code or "" for one in cards if stands(one, (Level.RED,)))
    both = Counter(one.card.org_code or "" for one in cards if stands(one, (Level.RED, Level.YELLOW)))

    rows = shown(city, "overview", "agencies")

    assert {row["org_code"]: (row["red"], row["serious"]) for row in rows}.items() <= {
        org: (reds[org], both[org]) for org in both
    }.items()
    assert min(15, len(both)) == len(rows)


def stands(one: StoredCard, levels: Iterable[Level]) -> bool:
    """Return whether a card stands and has one of some levels."""
    return one.card.state in STANDING and one.card.level in levels


def test_the_timeline_of_a_case_counts_the_days_its_clock_counts(city: City) -> None:
    (row,) = city.ask(
        "SELECT min(case_id) AS id FROM v_case_clock WHERE kind = 'excluded' AND clock = 'promise'"
        " AND case_id IN (SELECT case_id FROM v_case WHERE closed_at IS NOT NULL)"
    )
    json = BOARDS["case"]
    number = [one.id for one in screen_of("case").panels].index("timeline")
    values: dict[str, Value] = {one["name"]: ALL for one in json["templating"]["list"]} | {"case": row["id"]}

    rows = city.ask(expanded(json["panels"][number]["targets"][0]["rawSql"], json, Chosen(values, 0, 0)))

    words = [one["promise_word"] for one in rows]
    assert {"计入", "不计入"} <= set(words)
    assert "—" == words[0]
    assert len(rows) == len({one["time"] for one in rows})
