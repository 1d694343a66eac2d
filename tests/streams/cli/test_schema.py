import json
from typing import Any

import pytest

from rules.events.kinds import KINDS, type_name
from tests.streams.cli.running import ran


@pytest.fixture
def parts(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The definitions of the schema, as the command prints them."""
    found: dict[str, Any] = json.loads(ran(capsys, "schema").out)["$defs"]
    return found


def test_the_schema_describes_every_event_type(parts: dict[str, Any]) -> None:
    assert {type_name(kind.of) for kind in KINDS} <= {part.get("title") for part in parts.values()}


def test_every_field_stands_in_its_type_or_in_the_envelope(parts: dict[str, Any]) -> None:
    common = set(parts["Envelope"]["properties"])

    for kind in KINDS:
        own = set(parts[kind.of.__name__]["properties"])
        assert {*kind.of.__struct_fields__, "event_type"} <= own | common
        assert not own & common


def test_every_type_says_which_fields_it_must_have(parts: dict[str, Any]) -> None:
    assert {("event_id", "event_type", "occurred_at")} == {
        tuple(sorted(parts[kind.of.__name__]["required"])) for kind in KINDS
    }


def test_every_field_has_a_chinese_name(parts: dict[str, Any]) -> None:
    unnamed = [
        (name, field)
        for name, part in parts.items()
        for field, said in part.get("properties", {}).items()
        if field != "event_type" and not said.get("title")
    ]

    assert [] == unnamed
