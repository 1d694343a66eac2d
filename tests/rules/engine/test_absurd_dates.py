"""Dates and numbers no calendar reaches: undecided or a defect, never a failure."""

from typing import Any

import pytest

from rules.calendar import CalendarError
from rules.cases.filed import file
from rules.engine.cards import Transition
from rules.engine.engine import Engine
from rules.engine.tiers import case_tier
from rules.events.decode import decode, of_mapping
from rules.registry import CASE_RULES
from tests.rules.engine.course import CASE
from tests.rules.engine.law import MATTER, ORG, catalog

BASE: dict[str, Any] = {"case_id": CASE, "task_code": MATTER, "org_code": ORG}


@pytest.mark.parametrize("year", [1901, 1996, 2031, 2150])
def test_a_case_beyond_all_calendars_raises_no_card_and_no_error(year: int) -> None:
    said: list[Transition] = []
    engine = Engine(case_tier(CASE_RULES), catalog(), said.append)
    told: list[dict[str, Any]] = [
        {"event_type": "case.accepted", "event_id": "a", "occurred_at": f"{year}-01-05T09:00:00+08:00"},
        {
            "event_type": "stage.entered",
            "event_id": "b",
            "occurred_at": f"{year}-01-06T09:00:00+08:00",
            "stage_code": "S1",
        },
        {"event_type": "extension.granted", "event_id": "c", "occurred_at": f"{year}-01-07T09:00:00+08:00", "days": 3},
    ]

    for record in told:
        engine.read(CASE, file(of_mapping(BASE | record), catalog().days.day_of))
    engine.advance(engine.now + 400 * 86_400_000_000)

    assert [] == [one for one in said if one.card.rule_id.startswith("OT_PROMISE")]
    with pytest.raises(CalendarError):
        catalog().days.nth_after(1, 5)


@pytest.mark.parametrize(
    ("field", "value"), [("promise_due", ""), ("promise_due", "9999-12-31"), ("promise_due", "2026-02-30")]
)
def test_a_due_date_that_is_none_is_a_defect(field: str, value: str) -> None:
    event = of_mapping(
        BASE
        | {"event_type": "case.accepted", "event_id": "a", "occurred_at": "2026-03-02T09:00:00+08:00", field: value}
    )

    assert (None, 1) == (getattr(event, field), len(event.defects))


def test_an_old_name_of_a_field_is_understood_in_a_record_otherwise_well_formed() -> None:
    line = b'{"event_id":"a","event_type":"case.closed","project_no":"C9","occurred_at":"2026-03-02T09:00:00+08:00"}'

    assert "C9" == decode(line).case_id
