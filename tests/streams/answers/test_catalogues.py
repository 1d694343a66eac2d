from pathlib import Path

import pytest

from rules.catalog.lint import examined
from rules.catalog.loading import Severity
from rules.registry import PARAMS, RULES
from streams.answers import EXAMPLES
from streams.answers.questions import QUESTIONS

CATALOGUES = sorted(path.parent for path in EXAMPLES.glob("*/*/catalog.yaml"))


@pytest.mark.parametrize("directory", CATALOGUES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_example_catalogue_is_fit_for_use(directory: Path) -> None:
    documents, problems = examined(directory, RULES, PARAMS.values())

    assert documents is not None
    assert [] == [problem for problem in problems if problem.severity is Severity.ERROR]


def test_every_question_names_a_catalogue_a_profile_and_rules_that_are_there() -> None:
    profiles = {
        f"{directory.parent.name}/{directory.name}": {one.name for one in documents.profiles}
        for directory in CATALOGUES
        if (documents := examined(directory, RULES, PARAMS.values())[0]) is not None
    }

    for question in QUESTIONS.values():
        assert question.setting.profile in profiles[question.setting.catalog]
        assert {rule.id for rule in RULES} >= set(question.rules)
        assert question.rules or question.by


def test_every_example_catalogue_is_described() -> None:
    for directory in CATALOGUES:
        readme = (directory.parent / "README.md").read_text(encoding="utf-8")
        assert f"`{directory.name}`" in readme
