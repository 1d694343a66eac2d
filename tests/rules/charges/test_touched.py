"""Asked after each event about the charge it touched, a rule ends with the breaches it finds when asked afresh."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.calendar import WorkCalendar
from rules.cases.case import Case
from rules.cases.filed import Filed, file
from rules.cases.fold import fold
from rules.charges import cancelled, duplicate, free_item, off_catalog, off_treasury, over_standard, waiver_noauth
from rules.declare import Rule, Subjects
from rules.events.decode import of_mapping
from rules.events.envelope import Event
from rules.examples.world import world_of
from rules.law import Bearing, Law
from rules.verdicts import NEVER, Breach, Later, Verdict
from tests.rules.examples.national import national_law

RULES = [
    module.RULE for module in (cancelled, duplicate, free_item, off_catalog, off_treasury, over_standard, waiver_noauth)
]
FEES = [
    {
        "code": "F1",
        "standards": [{"id": "S1", "tariff": {"form": "fixed", "amount": 100}}],
        "waivers": [{"id": "W1", "share": "0.5"}],
    },
    {"code": "F2", "until": "2026-03-05", "standards": [{"id": "S2", "tariff": {"form": "per_unit", "amount": 10}}]},
]
PARAMS = tuple({param.id: param for rule in RULES for param in rule.params}.values())
WORLD = world_of(matter={"is_fee": True}, fees=FEES, params={}, sources=(), calendars=())
CATALOG = WORLD.catalog(national_law(), PARAMS)
LAW: Law = CATALOG.law(Bearing("M1", "ORG1", None, "01", None, None), date(2026, 3, 2).toordinal())
DAYS: WorkCalendar = CATALOG.days

WORDS: dict[str, st.SearchStrategy[Any]] = {
    "pay_no": st.sampled_from(["P1", "P2", "P3"]),
    "assess_no": st.sampled_from([None, "A1", "A2"]),
    "fee_item_code": st.sampled_from([None, "F1", "F1", "F2", "F9"]),
    "payer": st.sampled_from([None, "X", "X", "Y"]),
    "amount": st.sampled_from([None, "50", "100", "101", "150"]),
    "amount_due": st.sampled_from([None, "100", "150"]),
    "quantity": st.sampled_from([None, "5", "10"]),
    "basis": st.sampled_from([None, "批复"]),
    "waiver_id": st.sampled_from([None, "W1", "W9"]),
    "method": st.sampled_from([None, "cash", "online"]),
    "payee_account_class": st.sampled_from([None, "fiscal", "agency"]),
    "account_class": st.sampled_from([None, "fiscal"]),
    "service": st.sampled_from([None, None, True]),
    "result": st.sampled_from(["GRANTED", "DENIED"]),
}
TYPES = {
    "fee.assessed": ("assess_no", "fee_item_code", "amount_due", "quantity"),
    "fee.paid": (
        *("pay_no", "assess_no", "fee_item_code", "payer", "amount", "quantity"),
        *("method", "payee_account_class", "service"),
    ),
    "fee.waived": ("assess_no", "fee_item_code", "basis", "waiver_id", "amount"),
    "fee.reversed": ("pay_no",),
    "fee.refunded": ("pay_no", "amount", "basis"),
    "deposit.made": ("pay_no", "account_class", "amount"),
    "case.closed": ("result",),
}
KIND = st.sampled_from(["fee.assessed", "fee.paid", "fee.paid", "fee.paid", *TYPES])


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(KIND)
    day = draw(st.integers(2, 9))
    hour = draw(st.integers(9, 17))
    fields = {name: draw(WORDS[name]) for name in TYPES[kind]}
    precision = draw(st.sampled_from(["second", "second", "day"]))
    return {
        "event_type": kind,
        "occurred_at": f"2026-03-0{day}T{'00' if precision == 'day' else f'{hour:02}'}:00:00+08:00",
        "time_precision": precision,
        **{name: value for name, value in fields.items() if value is not None},
    }


def filed(written: Sequence[dict[str, Any]]) -> list[Filed[Event]]:
    events = [of_mapping({"event_id": f"e{number}", "case_id": "C1", **one}) for number, one in enumerate(written)]
    return sorted((file(event, DAYS.day_of) for event in events), key=lambda one: one.key)


def folded(log: Sequence[Filed[Event]]) -> Case:
    case = Case("C1")
    for one in log:
        fold(case, one)
    return case


def breaches(answers: Iterable[tuple[str, Verdict | Later]]) -> dict[str, Breach]:
    return {subject: verdict for subject, verdict in answers if isinstance(verdict, Breach)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
@settings(max_examples=150, deadline=None)
@given(written=st.lists(records(), max_size=9))
def test_piece_by_piece_is_afresh(rule: Rule, written: list[dict[str, Any]]) -> None:
    log = filed(written)
    case = Case("C1")
    answers: dict[str, Verdict | Later] = {}
    assert rule.judge_each is not None
    for one in log:
        concerned = fold(case, one) & rule.reads
        if not concerned:
            continue
        touched = (case.touched or None) if not concerned & ~rule.follows else None
        if touched is None:
            answers = {}
        for subject, verdict in rule.judge_each(case, LAW, touched):
            answers[subject] = verdict

    assert breaches(rule.about(folded(log), LAW)) == breaches(answers.items())


@settings(max_examples=60, deadline=None)
@given(written=st.lists(records(), max_size=9))
def test_no_breach_outlasts_money_given_back_in_full(written: list[dict[str, Any]]) -> None:
    case = folded(filed(written))
    given_back = {
        key
        for key, charge in case.charges.items()
        if charge.paid is not None and charge.refunded() >= (charge.paid.event.amount or NEVER)
    }

    found = [breaches(rule.about(case, LAW)) for rule in RULES if rule.subjects is Subjects.CHARGE]

    assert [] == [key for each in found for key in each.keys() & given_back if each[key].ended == NEVER]
