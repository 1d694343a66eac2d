"""The fields a mapping can fill, read from the vocabulary."""

import pytest

from rules.events.decode import TYPE_NAMES
from streams.sources.mapping.targets import Takes, envelope_fields, fields_of, words_of


@pytest.mark.parametrize(
    ("event_type", "field", "takes"),
    [
        ("stage.completed", "ended_at", Takes.STAMP),
        ("stage.completed", "due_at", Takes.DUE),
        ("stage.completed", "occurrence", Takes.WHOLE),
        ("stage.completed", "result", Takes.CODE),
        ("stage.completed", "stage_code", Takes.TEXT),
        ("stage.completed", "reported_at", Takes.STAMP),
        ("stage.completed", "org_name", Takes.TEXT),
        ("stage.completed", "sent_at", Takes.STAMP),
        ("case.accepted", "promise_due", Takes.DUE),
        ("case.accepted", "fee_expected", Takes.AMOUNT),
        ("case.accepted", "attributes", Takes.TABLE),
        ("case.submitted", "materials", Takes.TEXTS),
        ("supplement.received", "complete", Takes.FLAG),
        ("hearing.held", "held_on", Takes.DATE),
        ("case.closed", "time_precision", Takes.CODE),
    ],
)
def test_a_field_is_known_with_what_it_takes(event_type: str, field: str, takes: Takes) -> None:
    assert takes is fields_of(event_type)[field]


@pytest.mark.parametrize("event_type", TYPE_NAMES)
def test_every_event_type_can_be_mapped(event_type: str) -> None:
    fields = fields_of(event_type)

    assert envelope_fields().items() <= fields.items()
    assert "defects" not in fields


def test_a_closed_list_is_known() -> None:
    assert "expert_review" in words_of("pause.started", "kind")
    assert {"second", "day"} == words_of("case.closed", "time_precision")
