import json

import pytest

from benchmarks.terms import Lookup, Step, Unsupported, needs_of
from rules.catalog.models.matters import When
from tests.benchmarks.small import calm_city, law


def accepted() -> list[dict[str, str]]:
    told = [json.loads(line) for line in calm_city().lines if b'"case.accepted"' in line]
    return [one for one in told if one.get("event_type") == "case.accepted"]


def test_the_terms_are_those_of_the_matter() -> None:
    told = accepted()[0]
    day = law().days.certain_through - 100

    terms = Lookup(law()).terms(told, day)

    matter = law().matters[told["task_code"]]
    version = next(one for one in matter.versions if one.covers(day))
    assert [step.code for step in terms.steps] == [stage.code for stage in version.flow if stage.mandatory]


def test_a_step_applies_where_the_attributes_are_as_wanted() -> None:
    step = Step("SC", (("scale", ("large", "huge")),))

    assert [step.applies(attributes) for attributes in ({"scale": "huge"}, {"scale": "small"}, {})] == [
        True,
        False,
        False,
    ]
    assert Step("SC", ()).applies({})


def test_a_condition_the_peers_do_not_know_is_refused() -> None:
    with pytest.raises(Unsupported, match="channel"):
        needs_of(When(channel=("2",)))


def test_what_may_be_charged_is_unknown_for_an_item_unknown() -> None:
    assert Lookup(law()).bound("NO-SUCH-ITEM", None, "1", 739_000) is None
