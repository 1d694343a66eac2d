from typing import Any

from rules.cases.filed import Filed, file
from rules.engine.cards import State, Transition, card_id
from rules.engine.engine import Engine
from rules.engine.tiers import case_tier
from rules.events.decode import of_mapping
from rules.events.envelope import Event
from rules.examples.written import instant
from rules.registry import CASE_RULES
from tests.rules.engine.law import MATTER, ORG, catalog

CASE = "C1"


def filed(event_type: str, at: str, event_id: str, *, reported: str | None = None, **fields: Any) -> Filed[Event]:
    record = {
        "event_type": event_type,
        "event_id": event_id,
        "occurred_at": f"{at}:00+08:00",
        "reported_at": f"{reported or at}:00+08:00",
        "case_id": CASE,
        "task_code": MATTER,
        "org_code": ORG,
        **fields,
    }
    return file(of_mapping(record), catalog().days.day_of)


def read(*records: Filed[Event]) -> Engine[Any]:
    said: list[Transition] = []
    engine = Engine(case_tier(CASE_RULES), catalog(), said.append)
    for record in records:
        engine.read(CASE, record)
    engine.advance(instant("2026-04-01 00:00"))
    return engine


def test_a_later_version_of_a_record_does_not_make_it_a_late_one() -> None:
    engine = read(
        filed("case.accepted", "2026-03-02 09:00", "A", promise_limit=7),
        filed("case.closed", "2026-03-06 10:00", "Z", result="DENIED"),
        filed("case.accepted", "2026-03-02 09:00", "A", reported="2026-03-09 10:00", data_version=1, promise_limit=8),
    )

    cards = {card.rule_id for card in engine.dockets[CASE].cards.values()}

    assert "SK_BACKFILL" not in cards
    assert "DQ_TAMPER" in cards


def test_a_verified_card_says_so() -> None:
    card = card_id("OT_PROMISE_OVERDUE", CASE, "")
    engine = read(
        filed("case.accepted", "2026-03-02 09:00", "A"),
        filed("case.closed", "2026-03-12 10:00", "Z", result="DENIED"),
        filed("alert.delivered", "2026-03-12 11:00", "D", card_id=card),
        filed("alert.decided", "2026-03-13 11:00", "V", card_id=card, outcome="verified"),
    )

    found = {one.card_id: one for one in engine.dockets[CASE].cards.values()}[card]

    assert (State.VERIFIED, True) == (found.state, found.verified)
