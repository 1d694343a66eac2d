from collections import Counter

import pytest

from rules.catalog.example_files import example_file, read_examples
from rules.declare import Rule
from rules.examples import Example, ExampleKind, differences, examples_of
from tests.rules.examples.national import national_law
from tests.rules.examples.rules_under_test import all_rules

RULES = all_rules()
PARAMS = tuple({param.id: param for rule in RULES for param in rule.params}.values())


def told() -> list[tuple[Rule, Example]]:
    with_file = [rule for rule in RULES if example_file(rule).exists()]
    return [(rule, example) for rule in with_file for example in examples_of(read_examples(rule))]


@pytest.mark.parametrize(
    ("rule", "example"), [pytest.param(*pair, id=f"{pair[0].id} {pair[1].name}") for pair in told()]
)
def test_a_rule_answers_as_its_example_says(rule: Rule, example: Example) -> None:
    assert () == differences(example, rule, national_law(), PARAMS)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
class TestFile:
    def test_names_its_rule(self, rule: Rule) -> None:
        assert rule.id == read_examples(rule)["rule"]

    def test_shows_each_kind_of_example(self, rule: Rule) -> None:
        kinds = {example.kind for example in examples_of(read_examples(rule))}

        assert set(ExampleKind) == kinds

    def test_names_each_example_differently(self, rule: Rule) -> None:
        names = Counter(example.name for example in examples_of(read_examples(rule)))

        assert [] == [name for name, times in names.items() if times > 1]
