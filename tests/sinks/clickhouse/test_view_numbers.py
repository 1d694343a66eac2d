"""What the views say of a simulated city, against what the judged cards, the cases and the records come to by hand."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from rules.clocks.clock import Clock, promise_clock, statutory_clock
from rules.engine.cards import STANDING, State
from rules.events.handling import StageCompleted
from rules.events.instants import DAY, MINUTE
from rules.events.money import FeePaid
from rules.events.words import Level
from rules.registry import BY_ID
from sinks.clickhouse.stored import CaseState, StoredCard, StoredEvent
from streams.cli.asking import case_as_of
from streams.cli.demo.holdups import holdups_of
from streams.cli.demo.money import SORTS, amount_of
from streams.cli.demo.view import View, view_of
from streams.cli.intervals import intervals
from tests.sinks.clickhouse.city import City, opened, settled

pytestmark = pytest.mark.slow

CHINA = ZoneInfo("Asia/Shanghai")
UNANSWERED = frozenset({State.OPEN, State.NOTIFIED, State.ACKNOWLEDGED})


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


@pytest.fixture(scope="module")
def records(city: City) -> tuple[StoredEvent, ...]:
    """Every record of the run."""
    return tuple(city.archive.all_events())


def unanswered(one: StoredCard) -> bool:
    """Whether a card waits for an answer of its agency."""
    card = one.card
    serious = card.level > Level.NOTICE and not BY_ID[card.rule_id].is_notice
    return card.state in UNANSWERED and serious and not one.historic


def first_due(one: CaseState) -> int | None:
    """The day (ordinal) on which the first of the running clocks of a case is due."""
    running = [
        one.promise_due if one.open and one.promise_certain else None,
        one.statutory_due if one.open and one.decided_at is None and one.statutory_certain else None,
    ]
    return min((day for day in running if day is not None), default=None)


def on_time(city: City, one: CaseState) -> bool | None:
    """Whether a closed case was closed by its promise; None where that cannot be said."""
    if one.closed_at is None or one.promise_due is None or not one.promise_certain:
        return None
    return city.catalog.days.day_of(one.closed_at) <= one.promise_due


class TestCards:
    def test_every_card_of_the_current_run_is_there_once(self, city: City, seen: View) -> None:
        found = city.ask("SELECT card_id, level, state, standing, unanswered FROM v_card")

        assert {
            one.card.card_id: (one.card.level.code, one.card.state.value, one.card.state in STANDING, unanswered(one))
            for one in seen.cards
        } == {row["card_id"]: (row["level"], row["state"], row["standing"], row["unanswered"]) for row in found}
        assert len(found) == len(seen.cards) > 50

    def test_open_cards_come_worst_first(self, city: City, seen: View) -> None:
        found = city.ask("SELECT card_id, unanswered, level_rank FROM v_card_open")

        expected = sorted(
            seen.standing(),
            key=lambda one: (not unanswered(one), -one.card.level, one.card.condition_at, one.card.card_id),
        )
        assert [one.card.card_id for one in expected] == [row["card_id"] for row in found]

    def test_a_card_says_since_how_many_working_days(self, city: City, seen: View) -> None:
        days = city.catalog.days
        expected = {
            one.card.card_id: days.working_between(days.day_of(one.card.condition_at), city.today) for one in seen.cards
        }

        found = city.ask("SELECT card_id, workdays FROM v_card")

        assert expected == {row["card_id"]: row["workdays"] for row in found}

    def test_names_are_chinese(self, city: City) -> None:
        found = city.ask("SELECT DISTINCT level_name, state_name, family_name, level_sign FROM v_card")

        assert {"预警", "黄牌", "红牌"} >= {row["level_name"] for row in found}
        assert {"时限监察", "收费监察"} <= {row["family_name"] for row in found}
        assert all(not row["state_name"].isascii() for row in found)
        assert {"○ 预警", "◆ 黄牌", "● 红牌"} >= {row["level_sign"] for row in found}

    def test_the_history_of_a_card_is_all_there(self, city: City) -> None:
        expected = [
            (one.transition.card.card_id, one.transition.card.seq, one.transition.move.value, one.transition.reason)
            for one in city.archive.transitions()
        ]

        found = city.ask("SELECT card_id, seq, move, reason FROM v_card_transition ORDER BY position")

        assert expected == [tuple(row.values()) for row in found]

    def test_days_of_a_rule_add_up_to_its_transitions(self, city: City) -> None:
        expected: Counter[tuple[date, str]] = Counter()
        for one in city.archive.transitions():
            if one.transition.move.value == "raised":
                expected[_day(one.transition.known_at), one.transition.card.rule_id] += 1

        found = city.ask("SELECT day, rule_id, sum(raised) AS n FROM v_rule_daily GROUP BY day, rule_id HAVING n > 0")

        assert expected == {(row["day"], row["rule_id"]): row["n"] for row in found}


class TestCases:
    def test_every_case_has_its_due_days(self, city: City, seen: View) -> None:
        found = {row["case_id"]: row for row in city.ask("SELECT case_id, due, workdays_left, on_time FROM v_case")}

        days = city.catalog.days
        for one in seen.cases:
            due, row = first_due(one), found[one.case_id]
            assert row["due"] == (None if due is None else date.fromordinal(due))
            assert row["workdays_left"] == (None if due is None else days.index(due) - days.index(city.today))
            assert row["on_time"] == on_time(city, one)
        assert len(seen.cases) == len(found)

    def test_what_is_overdue_is_late_by_so_many_working_days(self, city: City, seen: View) -> None:
        expected = {
            one.case_id: city.catalog.days.working_between(due, city.today)
            for one in seen.cases
            if (due := first_due(one)) is not None and due < city.today
        }

        found = city.ask("SELECT case_id, workdays_over, over_promise, over_statutory FROM v_case_overdue")

        assert expected == {row["case_id"]: row["workdays_over"] for row in found}
        assert expected
        assert all(row["over_promise"] or row["over_statutory"] for row in found)

    def test_what_becomes_overdue_next_is_told_by_day(self, city: City, seen: View) -> None:
        ahead = {one.case_id: first_due(one) for one in seen.cases}
        expected = {
            case: due - city.today for case, due in ahead.items() if due is not None and 0 <= due - city.today <= 7
        }

        found = city.ask("SELECT case_id, days_left, when_due FROM v_case_due")

        assert expected == {row["case_id"]: row["days_left"] for row in found}
        assert all((row["when_due"] == "今天") == (row["days_left"] == 0) for row in found)
        assert all((row["when_due"] == "明天") == (row["days_left"] == 1) for row in found)

    def test_the_way_of_a_case_is_told_in_order(self, city: City, seen: View) -> None:
        case = max(seen.cases, key=lambda one: one.events).case_id

        found = city.ask("SELECT * FROM v_case_timeline WHERE case_id = {case:String} ORDER BY position", case=case)

        stored = city.archive.events(case)
        assert Counter(one.event_id for one in stored) == Counter(row["event_id"] for row in found)
        assert sorted(row["occurred_at"] for row in found) == [row["occurred_at"] for row in found]
        assert len({one.event_id for one in stored}) == sum(not row["duplicate"] for row in found)

    def test_copies_and_corrected_events_are_marked(self, city: City, records: tuple[StoredEvent, ...]) -> None:
        ids = Counter((one.case_id, one.event_id) for one in records if one.case_id)
        corrected = {
            (one.case_id, target)
            for one in records
            if one.event_type == "event.corrected" and (target := getattr(one.event, "target_event_id", None))
        }

        found = city.ask("SELECT case_id, event_id, duplicate, corrected FROM v_case_timeline")

        assert sum(n - 1 for n in ids.values()) == sum(row["duplicate"] for row in found) > 0
        assert corrected & ids.keys() == {(row["case_id"], row["event_id"]) for row in found if row["corrected"]}
        assert corrected

    def test_free_text_is_only_counted(self, city: City, records: tuple[StoredEvent, ...]) -> None:
        opinions = {
            (one.case_id, one.event_id): event.opinion
            for one in records
            if isinstance(event := one.event, StageCompleted) and event.opinion
        }
        key, opinion = next(iter(opinions.items()))

        found = city.ask(
            "SELECT text_chars, text_digest, title FROM v_case_timeline"
            " WHERE case_id = {case:String} AND event_id = {event:String}",
            case=key[0],
            event=key[1],
        )

        assert found
        assert all(len(opinion) == row["text_chars"] and opinion not in row["title"] for row in found)

    def test_stages_are_told_as_they_were_folded(self, city: City, records: tuple[StoredEvent, ...]) -> None:
        ended = {
            (one.case_id, event.stage_code)
            for one in records
            if isinstance(event := one.event, StageCompleted) and event.stage_code
        }

        found = city.ask("SELECT case_id, stage_code, stage_name FROM v_case_stage WHERE ended IS NOT NULL")

        told = {(row["case_id"], row["stage_code"]) for row in found}
        assert told <= ended
        assert len(ended - told) < 0.02 * len(ended)  # what was voided is gone
        assert all(row["stage_name"] for row in found)

    def test_clocks_are_told_in_the_intervals_they_ran(self, city: City, seen: View) -> None:
        held = sorted((one for one in seen.cases if one.accepted_at), key=lambda one: (-one.events, one.case_id))[:15]

        for one in held:
            found = city.ask(
                "SELECT clock, kind_name, first_day, last_day, n FROM v_case_clock"
                " WHERE case_id = {case:String} ORDER BY clock, first_day, kind_name",
                case=one.case_id,
            )
            assert sorted(_clocked(city, one.case_id)) == sorted(tuple(row.values()) for row in found)


class TestCauses:
    def test_agencies_are_compared_by_their_cases_and_cards(self, city: City, seen: View) -> None:
        cases = Counter(one.org_code for one in seen.cases)
        levels = Counter((one.card.org_code or "", one.card.level) for one in seen.standing())
        waiting = Counter(one.card.org_code or "" for one in seen.cards if unanswered(one))
        timed: defaultdict[str, list[bool]] = defaultdict(list)
        for one in seen.cases:
            if (kept := on_time(city, one)) is not None:
                timed[one.org_code].append(kept)

        found = {row["org_code"]: row for row in city.ask("SELECT * FROM v_org")}

        assert {org for org in cases if org} <= found.keys()
        assert set(city.catalog.agencies) <= found.keys()
        for org, row in found.items():
            assert cases[org] == row["cases"]
            assert [levels[org, level] for level in Level] == [row["notice"], row["yellow"], row["red"]]
            assert waiting[org] == row["unanswered"]
            closed = timed[org]
            assert row["on_time_share"] == (pytest.approx(sum(closed) / len(closed)) if closed else None)

    def test_matters_have_all_the_cases(self, city: City, seen: View) -> None:
        cases = Counter(one.task_code for one in seen.cases if one.task_code)

        found = city.ask("SELECT task_code, cases, task_name FROM v_task WHERE cases > 0")

        assert cases == {row["task_code"]: row["cases"] for row in found}

    def test_stages_that_hold_late_cases_up_are_those_found_by_hand(self, city: City, seen: View) -> None:
        expected: Counter[tuple[str, str]] = Counter()
        for one in holdups_of(city.archive, seen):
            expected[one.task, one.stage] += 1

        found = city.ask("SELECT task_code, stage_code, held_up FROM v_stage WHERE held_up > 0")

        assert expected == {(row["task_code"], row["stage_code"]): row["held_up"] for row in found}
        assert expected

    def test_days_of_agencies_add_up_to_the_cases(self, city: City, seen: View) -> None:
        closed = Counter(_day(one.closed_at) for one in seen.cases if one.closed_at is not None)
        late = Counter(_day(one.closed_at or 0) for one in seen.cases if on_time(city, one) is False)

        found = city.ask("SELECT day, sum(closed) AS n, sum(closed_late) AS late FROM v_org_daily GROUP BY day")

        assert closed == {row["day"]: row["n"] for row in found if row["n"]}
        assert late == {row["day"]: row["late"] for row in found if row["late"]}


class TestMoney:
    def test_suspicious_charges_come_to_the_fen(self, city: City, seen: View) -> None:
        expected: defaultdict[str, Decimal] = defaultdict(Decimal)
        for one in seen.of(SORTS):
            expected[one.card.card_id] += amount_of(one.card)

        found = city.ask("SELECT card_id, amount_yuan, item_name, money_sort FROM v_charge_suspect")

        assert dict(expected) == {row["card_id"]: row["amount_yuan"] for row in found}
        assert sum(expected.values()) > 0
        assert all(row["money_sort"] and row["item_name"] for row in found)

    def test_what_was_paid_is_what_was_reported_paid(self, city: City, records: tuple[StoredEvent, ...]) -> None:
        paid: dict[tuple[str, str], Decimal] = {}
        for one in sorted(records, key=lambda one: (one.reported_at, one.seq)):
            event = one.event
            if isinstance(event, FeePaid) and event.pay_no and event.amount is not None:
                paid.setdefault((one.case_id, event.pay_no), event.amount)
        touched = {one.case_id for one in records if one.event_type in {"event.corrected", "event.voided"}}

        found = city.ask("SELECT * FROM v_charge WHERE paid_at IS NOT NULL AND state_name != '已冲正'")

        told = {(row["case_id"], row["charge_key"]): row["paid_yuan"] for row in found}
        untouched = {key for key in told if key[0] not in touched}
        assert {key: paid.get(key, Decimal(0)) for key in untouched} == {key: told[key] for key in untouched}
        assert len(untouched) > 20
        days = city.ask("SELECT sum(paid_yuan) AS paid, sum(charges) AS n FROM v_charge_daily")[0]
        assert (sum(told.values()), len(told)) == (days["paid"], days["n"])

    def test_a_suspicious_charge_is_marked_among_the_charges(self, city: City, seen: View) -> None:
        expected = {(one.card.scope, one.card.subject) for one in seen.standing() if one.card.rule_id.startswith("FE_")}

        found = city.ask("SELECT case_id, charge_key FROM v_charge WHERE suspect")

        assert {(row["case_id"], row["charge_key"]) for row in found} <= expected
        assert found


class TestQuality:
    def test_lags_are_those_of_the_records(self, city: City, records: tuple[StoredEvent, ...]) -> None:
        by_org: defaultdict[str, list[StoredEvent]] = defaultdict(list)
        for one in records:
            if one.event_type != "tick":
                by_org[one.org_code].append(one)

        found = city.ask(
            "SELECT org_code, sum(records) AS n, sum(late) AS late, sum(defective) AS spoilt,"
            " max(lag_p95_minutes) AS p95, max(last_reported) AS last, count() AS sources"
            " FROM v_data_quality GROUP BY org_code"
        )

        assert by_org.keys() == {row["org_code"] for row in found}
        for row in found:
            mine = by_org[row["org_code"]]
            lags = sorted(max(0, one.reported_at // MINUTE - one.occurred_at // MINUTE) for one in mine)
            assert len(mine) == row["n"]
            assert sum(one.reported_at > one.occurred_at + DAY for one in mine) == row["late"]
            assert sum(bool(one.defects) for one in mine) == row["spoilt"]
            assert _instant(row["last"]) == max(one.reported_at for one in mine)
            if row["sources"] == 1:
                assert lags[-(-len(lags) * 95 // 100) - 1] == pytest.approx(row["p95"], abs=1)

    def test_quarantine_is_listed_without_its_bytes(self, city: City) -> None:
        found = city.ask("SELECT * FROM v_quarantine ORDER BY position")

        assert [one.reason for one in city.archive.quarantine()] == [row["reason"] for row in found]
        assert found
        assert "record" not in found[0]

    def test_the_run_reconciles(self, city: City) -> None:
        found = city.ask("SELECT * FROM v_run WHERE is_current")

        assert [(city.archive.run.run, True, city.archive.run.cards)] == [
            (row["run"], row["reconciles"], row["cards"]) for row in found
        ]


class TestReach:
    @pytest.mark.parametrize(
        ("view", "key"),
        [
            ("v_card", "card_id"),
            ("v_card_transition", "card_id"),
            ("v_case", "case_id"),
            ("v_case_stage", "case_id"),
            ("v_case_pause", "case_id"),
            ("v_case_clock", "case_id"),
            ("v_charge", "case_id"),
            ("v_case_timeline", "case_id"),
            ("v_case_timeline_internal", "case_id"),
        ],
    )
    def test_who_asks_of_one_reads_by_its_key(self, city: City, view: str, key: str) -> None:
        plan = city.ask(f"EXPLAIN indexes = 1 SELECT * FROM {view} WHERE {key} = 'X'")

        assert any("Condition:" in row["explain"] and f"({key} in ['X', 'X'])" in row["explain"] for row in plan)

    def test_what_is_in_hand_is_found_without_reading_the_rest(self, city: City) -> None:
        plan = city.ask("EXPLAIN indexes = 1 SELECT count() FROM v_case_overdue")

        assert any("in_hand" in row["explain"] for row in plan)

    def test_what_was_counted_beforehand_is_not_counted_again(self, city: City) -> None:
        for name in ("v_case_day", "v_stage", "v_charge_daily", "v_event_day"):
            plan = [row["explain"].strip("│└─ ") for row in city.ask(f"EXPLAIN SELECT * FROM {name}")]
            assert "Filter column: 0" in plan, name


class TestRuns:
    def test_the_earlier_run_is_told_apart(self, city: City) -> None:
        assert 2 == len({row["run"] for row in city.ask("SELECT DISTINCT run FROM v_run_card")})

    def test_the_pages_of_screens_have_something_to_choose_from(self, city: City) -> None:
        for name in ("v_region", "v_agency", "v_matter", "v_rule", "v_word", "v_annotation"):
            assert city.ask(f"SELECT * FROM {name} LIMIT 1"), name


def _clocked(city: City, case_id: str) -> Iterator[tuple[str, str, date, date | None, int]]:
    """Yield the intervals of the clocks of a case as the page of a case shows them."""
    known = case_as_of(city.archive, city.catalog, case_id, None)
    assert known.docket is not None
    assert known.law is not None
    facts, law = known.docket.facts, known.law
    for kind, clock in (("promise", promise_clock(facts, law)), ("statutory", statutory_clock(facts, law))):
        if isinstance(clock, Clock):
            for one in intervals(law.days, clock, city.today):
                yield kind, one.kind, one.first, one.last, one.n


def _day(instant: int) -> date:
    return datetime.fromtimestamp(instant / 1_000_000, CHINA).date()


def _instant(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)
