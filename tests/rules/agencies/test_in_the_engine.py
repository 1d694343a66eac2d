from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Any

import pytest

from rules.agencies.tier import agency_tier
from rules.cases.filed import Filed, file
from rules.engine.cards import Move, State, Transition, card_id
from rules.engine.engine import Engine
from rules.engine.tiers import TierSpec, case_tier
from rules.escalation import yellow_to_red
from rules.events.decode import of_mapping
from rules.events.envelope import Event
from rules.events.instants import DAY, MINUTE
from rules.events.words import Level
from rules.examples.world import world_of
from rules.examples.written import instant
from rules.overtime import promise_overdue, reply_overdue
from rules.truth import silent_org
from tests.rules.examples.national import national_law

ORG = "ORG1"
RULES = (promise_overdue.RULE, reply_overdue.RULE, yellow_to_red.RULE, silent_org.RULE)
PARAMS = tuple({param.id: param for rule in RULES for param in rule.params}.values())
WORLD = world_of(
    matter={"promise": {"n": 10}},
    fees=(),
    params={},
    sources=(),
    calendars=(),
    agencies=[{"org_code": ORG, "reports_daily": True}],
)
CATALOG = WORLD.catalog(national_law(), PARAMS)
AGENCIES = agency_tier((yellow_to_red.RULE, silent_org.RULE))


def filed(event_type: str, at: str, event_id: str, **fields: Any) -> Filed[Event]:
    record = {
        "event_type": event_type,
        "event_id": event_id,
        "occurred_at": f"{at}:00+08:00",
        "case_id": "C1",
        "task_code": "M1",
        "org_code": ORG,
        **fields,
    }
    return file(of_mapping(record), CATALOG.days.day_of)


def read(tier: TierSpec[Any], key: str, records: Iterable[Filed[Event]], until: str) -> tuple[Engine[Any], list[str]]:
    """The engine after some records and some time, and what it said: move, level and state."""
    said: list[Transition] = []
    engine = Engine(tier, CATALOG, said.append)
    for record in records:
        engine.read(key, record)
    engine.advance(instant(until))
    return engine, [f"{one.move} {one.card.level.code} {one.card.state}" for one in said]


def moved(card: str, seq: int, state: str, condition: str) -> Filed[Event]:
    fields = {
        "level": "yellow",
        "state": state,
        "verified": state == "VERIFIED",
        "condition_at": f"{condition}T00:00:00+08:00",
    }
    return filed("card.moved", "2026-03-25T10:00", f"{card}/{seq}", card_id=card, seq=seq, **fields)


class TestSilence:
    def test_is_said_when_the_day_ends_rises_and_closes_when_something_is_heard(self) -> None:
        reports = [filed("org.reported", "2026-03-02T09:00", "r1"), filed("org.reported", "2026-03-06T09:00", "r2")]

        _, said = read(AGENCIES, ORG, reports, "2026-03-06T12:00")

        assert said == ["raised notice OPEN", "escalated yellow OPEN", "closed yellow CLOSED"]

    def test_of_a_weekend_is_not_said(self) -> None:
        reports = [filed("org.reported", "2026-03-06T09:00", "r1"), filed("org.reported", "2026-03-09T09:00", "r2")]

        _, said = read(AGENCIES, ORG, reports, "2026-03-09T23:59")

        assert said == []

    @pytest.mark.parametrize("order", list(permutations(range(4))))
    def test_is_the_same_in_whatever_order_records_come(self, order: Sequence[int]) -> None:
        reports = [
            filed("org.reported", "2026-03-02T09:00", "r1"),
            filed("source.heartbeat", "2026-03-03T10:00", "r2"),
            filed("source.heartbeat", "2026-03-03T10:30", "r3"),
            filed("org.reported", "2026-03-09T09:00", "r4"),
        ]

        engine, _ = read(AGENCIES, ORG, [reports[at] for at in order], "2026-03-09T12:00")

        cards = engine.dockets[ORG].cards
        assert [(silent_org.RULE.number, "20260303")] == [
            key for key, card in cards.items() if card.state is not State.WITHDRAWN
        ]
        assert ("r3", "r4") == cards[silent_org.RULE.number, "20260303"].finding.events


class TestYellowCards:
    THREE = (
        moved("K1", 3, "VERIFIED", "2026-03-02"),
        moved("K2", 3, "VERIFIED", "2026-03-10"),
        moved("K3", 3, "VERIFIED", "2026-03-20"),
    )

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_verified_add_up_in_any_order(self, order: Sequence[int]) -> None:
        engine, said = read(AGENCIES, ORG, [self.THREE[at] for at in order], "2026-03-26T00:00")

        card = engine.dockets[ORG].cards[yellow_to_red.RULE.number, "M1#202603"]
        assert said == ["raised red OPEN"]
        assert ("K1", "K2", "K3") == card.finding.events
        assert instant("2026-03-20T00:00") == card.condition_at

    def test_one_that_falls_away_takes_the_red_with_it(self) -> None:
        _, said = read(AGENCIES, ORG, [*self.THREE, moved("K2", 4, "REVOKED", "2026-03-10")], "2026-03-26T00:00")

        assert said == ["raised red OPEN", "withdrawn red WITHDRAWN"]


class TestUnansweredCard:
    TIER = case_tier((promise_overdue.RULE, reply_overdue.RULE))
    CARD = card_id(promise_overdue.RULE.id, "C1", "")
    LATE = (
        filed("case.accepted", "2026-03-02T09:00", "e1"),
        filed("case.closed", "2026-03-17T10:00", "e2", result="GRANTED"),
    )

    def heard(self, what: str, at: str, event_id: str) -> Filed[Event]:
        return filed(f"alert.{what}", at, event_id, card_id=self.CARD)

    def test_rises_to_red_five_working_days_after_delivery(self) -> None:
        delivered = self.heard("delivered", "2026-03-18T10:00", "a1")

        engine, said = read(self.TIER, "C1", [*self.LATE, delivered], "2026-04-01T00:00")

        card = engine.dockets["C1"].cards[promise_overdue.RULE.number, ""]
        assert said[-2:] == ["life yellow NOTIFIED", "escalated red NOTIFIED"]
        assert instant("2026-03-26T00:00") == card.condition_at
        assert instant("2026-03-26T00:00") + 30 * MINUTE == card.known_at
        assert [reply_overdue.RULE.id] == [ground.rule_id for ground in card.grounds]

    def test_stays_yellow_when_answered_in_time(self) -> None:
        heard = [
            self.heard("delivered", "2026-03-18T10:00", "a1"),
            self.heard("replied", "2026-03-25T17:00", "a2"),
        ]

        engine, said = read(self.TIER, "C1", [*self.LATE, *heard], "2026-04-01T00:00")

        assert Level.YELLOW is engine.dockets["C1"].cards[promise_overdue.RULE.number, ""].level
        assert Move.ESCALATED not in {Move(one.split()[0]) for one in said}

    def test_makes_no_second_card(self) -> None:
        delivered = self.heard("delivered", "2026-03-18T10:00", "a1")

        engine, _ = read(self.TIER, "C1", [*self.LATE, delivered], "2026-04-01T00:00")

        assert [(promise_overdue.RULE.number, "")] == list(engine.dockets["C1"].cards)
        assert engine.now >= self.LATE[-1].reported + 10 * DAY
