import json

import pytest

from rules.registry import RULES
from tests.streams.cli.running import ran


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "rules")

    assert [rule.id for rule in RULES] == [line.split()[0] for line in done.out.splitlines()[1:]]


def test_the_list_for_machines_carries_basis_and_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(ran(capsys, "rules", "--json").out)

    assert [(rule.id, rule.basis) for rule in RULES] == [(one["id"], one["basis"]) for one in listed]
    assert [len(rule.params) for rule in RULES] == [len(one["params"]) for one in listed]


def test_the_page_for_the_tree_names_every_rule_and_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    page = ran(capsys, "rules", "--markdown").out

    assert all(f"### {rule.id} {rule.name}\n" in page for rule in RULES)
    assert all(f"| `{param.id}` |" in page for rule in RULES for param in rule.params)


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULES])
def test_a_rule_is_shown_with_law_parameters_steps_and_examples(
    rule_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (rule,) = (rule for rule in RULES if rule.id == rule_id)

    page = ran(capsys, "rules", "show", rule_id).out

    assert rule.basis in page
    assert all(param.id in page for param in rule.params)
    assert all(step in page for step in rule.runbook)
    assert all(spot in page for spot in rule.blind_spots)
    assert "\n例子\n" in page
    assert "报警  " in page
    assert "边界  " in page


def test_a_rule_for_machines_carries_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(ran(capsys, "rules", "show", "OT_PROMISE_OVERDUE", "--json").out)

    assert {"fires", "quiet", "boundary"} <= {example["kind"] for example in shown["examples"]}


def test_a_rule_may_be_written_in_small_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "rules", "show", "ot_promise_overdue").out.startswith("OT_PROMISE_OVERDUE  超承诺时限")


def test_an_unknown_rule_is_refused_with_what_may_have_been_meant(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "rules", "show", "OT_PROMISE_OVERDU")

    assert 2 == done.code
    assert "没有规则「OT_PROMISE_OVERDU」；是否想写 OT_PROMISE_OVERDUE" in done.err
