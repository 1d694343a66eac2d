from typing import Any

import pytest

from rules.catalog.models.matters import StageDef, When
from rules.steps.conditions import holds, required
from tests.rules.clocks.told import told

ACCEPTED = {"type": "case.accepted", "at": "2026-03-02 09:00"}
SUBMITTED = {"type": "case.submitted", "at": "2026-03-02 08:00"}


def answer(when: dict[str, Any], *events: dict[str, Any], **law: Any) -> bool | None:
    """Whether a condition holds of a case."""
    case, judged_by = told(*(events or (ACCEPTED,)), **law)
    return holds(When.model_validate(when), case, judged_by)


def test_no_condition_holds_always() -> None:
    assert answer({})


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"apply_type": ["1"]}, "apply_type"),
        ({"channel": ["1"]}, "channel"),
        ({"applicant_type": ["1"]}, "applicant_type"),
    ],
)
def test_what_the_application_says_decides(when: dict[str, Any], field: str) -> None:
    assert answer(when, {**SUBMITTED, field: "1"})
    assert answer(when, {**SUBMITTED, field: "2"}) is False
    assert answer(when, SUBMITTED) is None
    assert answer(when, ACCEPTED) is None


def test_attributes_of_application_and_acceptance_are_read_together() -> None:
    when = {"attributes": {"现场": ["1"], "面积": ["大"]}}
    applied = {**SUBMITTED, "attributes": {"现场": "1"}}

    assert answer(when, applied, {**ACCEPTED, "attributes": {"面积": "大"}})
    assert answer(when, applied, {**ACCEPTED, "attributes": {"面积": "小"}}) is False
    assert answer(when, applied) is None


def test_one_part_that_fails_settles_it_though_another_is_unknown() -> None:
    assert answer({"channel": ["1"], "attributes": {"现场": ["1"]}}, {**SUBMITTED, "channel": "2"}) is False


def test_a_case_without_a_priority_has_an_ordinary_one() -> None:
    assert answer({"priority": ["green"]}) is False
    assert answer({"priority": ["green"]}, {**ACCEPTED, "priority": "green"})


def test_how_a_case_is_handled_is_its_own_word_else_the_matters() -> None:
    assert answer({"handling_mode": ["joint"]}) is False
    assert answer({"handling_mode": ["joint"]}, {**ACCEPTED, "handling_mode": "joint"})
    assert answer({"handling_mode": ["joint"]}, matter={"handling": "joint"})
    assert answer({"handling_mode": ["single"]}, {**ACCEPTED, "handling_mode": "joint"}, matter={}) is False


def test_the_kind_of_case_is_its_own_word_else_the_matters() -> None:
    assert answer({"project_type": ["1"]}) is False
    assert answer({"project_type": ["1"]}, {**ACCEPTED, "project_type": "1"})
    assert answer({"project_type": ["1"]}, matter={"project_type": "1"})


def test_the_result_is_that_of_the_close_else_of_the_decision() -> None:
    decided = {"type": "decision.made", "at": "2026-03-05 09:00", "result": "GRANTED"}
    closed = {"type": "case.closed", "at": "2026-03-06 09:00", "result": "DENIED"}

    assert answer({"result": ["GRANTED"]}, ACCEPTED) is None
    assert answer({"result": ["GRANTED"]}, ACCEPTED, decided)
    assert answer({"result": ["GRANTED"]}, ACCEPTED, decided, closed) is False


@pytest.mark.parametrize(
    ("stage", "needed"),
    [
        ({"mandatory": False}, False),
        ({}, True),
        ({"when": {"priority": ["green"]}}, False),
        ({"when": {"channel": ["1"]}}, None),
        ({"mandatory": False, "when": {"channel": ["1"]}}, False),
    ],
)
def test_a_stage_is_required_where_it_is_mandatory_and_its_condition_holds(
    stage: dict[str, Any], needed: bool | None
) -> None:
    case, law = told(ACCEPTED)

    assert needed is required(StageDef.model_validate({"code": "S", "name": "环节", **stage}), case, law)
