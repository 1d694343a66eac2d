"""The harness must see what is wrong: an example that cannot fail proves nothing."""

from dataclasses import replace
from typing import Any

import pytest

from rules.cases import facts
from rules.cases.case import Case
from rules.declare import Rule
from rules.events.words import Level
from rules.examples import ExampleError, differences, examples_of
from rules.law import Law
from rules.overtime import promise_overdue, stage_overdue
from rules.verdicts import CLEAR, NEVER, Breach, Rung, Verdict
from tests.rules.examples.national import national_law

LATE = [
    {"type": "case.accepted", "at": "2026-03-02 09:00"},
    {"type": "case.closed", "at": "2026-03-17 10:00", "result": "GRANTED"},
]


def found(expect: Any, *, rule: Rule = promise_overdue.RULE, **example: Any) -> tuple[str, ...]:
    """How the answers of a rule differ from what an example expects; of the late close if it says nothing else."""
    one = {"name": "例", "kind": "fires", "events": LATE, "expect": expect, **example}
    return differences(examples_of({"rule": rule.id, "examples": [one]})[0], rule, national_law())


def test_a_right_example_differs_in_nothing() -> None:
    assert () == found({"level": "yellow", "since": "2026-03-17 00:00", "events": ["e1", "e2"], "subject": ""})


@pytest.mark.parametrize(
    "expect",
    [
        "clear",
        "undecided",
        "not_applicable",
        {"level": "red"},
        {"level": "yellow", "since": "2026-03-18 00:00"},
        {"level": "yellow", "events": ["e1"]},
        {"level": "yellow", "subject": "other"},
        {"level": "yellow", "ended": "2026-03-20 00:00"},
        {"level": "yellow", "missing": "日历"},
        {"level": "yellow", "figures": {"到期日": "2026-03-17"}},
        {"level": "yellow", "next": "2026-03-20 00:00"},
    ],
)
def test_a_wrong_expectation_is_seen(expect: Any) -> None:
    assert found(expect)


def test_a_breach_that_was_not_expected_is_seen() -> None:
    events = [
        {"type": "stage.completed", "at": "2026-03-05", "stage_code": code, "due_at": "2026-03-04"}
        for code in ("A", "B")
    ]

    assert found([{"level": "yellow", "subject": "A#1"}], rule=stage_overdue.RULE, events=events)


def test_what_may_not_be_said_yet_is_clear() -> None:
    assert () == found({"verdict": "clear", "next": "2026-03-17 00:30"}, events=LATE[:1], as_of="2026-03-16 00:00")


@pytest.mark.parametrize(
    "example",
    [
        {"events": [{"type": "case.accepted", "at": "2026-03-02 09:00", "acept_doc_no": "1"}]},
        {"events": [{"type": "case.acepted", "at": "2026-03-02 09:00"}]},
        {"events": [{"type": "case.closed", "at": "2026-03-02 09:00", "result": "granted"}]},
        {"events": [{"type": "case.closed"}]},
        {"kind": "sometimes"},
        {"expext": "clear"},
        {"expect": "quiet"},
        {"matter": {"promise": {"days": 3}}},
        {"as_of": "noon"},
    ],
)
def test_an_example_that_cannot_be_read_is_named(example: dict[str, Any]) -> None:
    with pytest.raises(ExampleError, match="例"):
        found(example.pop("expect", "clear"), **example)


def test_a_rule_that_reads_more_than_it_declares_is_seen() -> None:
    blind = replace(promise_overdue.RULE, reads=facts.ACCEPTED | facts.LAW)

    assert any("event by event" in line for line in found({"level": "yellow"}, rule=blind))


def test_a_first_look_that_is_late_is_seen() -> None:
    slow = replace(promise_overdue.RULE, glance=lambda _case, _law: NEVER)

    assert any("first look" in line for line in found({"level": "yellow"}, rule=slow))


@pytest.mark.parametrize(
    "breach",
    [
        Breach((), ("e1",), (None,) * 8),
        Breach((Rung(1, Level.RED, 1),), ("e1",), ()),
        Breach((Rung(1, Level.RED, 1),), (), (None,) * 8),
        Breach((Rung(1, Level.RED, 1),), ("e9",), (None,) * 8),
        Breach((Rung(1, Level.RED, 0),), ("e1",), (None,) * 8),
        Breach((Rung(2, Level.RED, 2), Rung(1, Level.YELLOW, 1)), ("e1",), (None,) * 8),
    ],
)
def test_a_malformed_breach_is_seen(breach: Breach) -> None:
    def judge(case: Case, _law: Law) -> Verdict:
        return breach if case.accepted is not None else CLEAR

    rule = replace(promise_overdue.RULE, judge=judge, glance=None)

    assert any(line.startswith("OT_PROMISE_OVERDUE:") for line in found({"level": "red"}, rule=rule))
