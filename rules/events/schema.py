"""JSON Schema of the vocabulary, generated from the structs."""

from typing import Any

import msgspec

from rules.events.envelope import Archived, Event
from rules.events.kinds import KINDS, type_name

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENVELOPE = "Envelope"
"""Where the fields stand that every event has; each type names its own besides."""


def events_schema() -> dict[str, Any]:
    """Return the JSON Schema of one canonical record: any event type, with the fields only the archive keeps."""
    _, parts = msgspec.json.schema_components([kind.of for kind in KINDS] + [Archived], ref_template="#/$defs/{name}")
    archived = parts.pop("Archived")["properties"]
    common = parts[KINDS[0].of.__name__]["properties"]
    envelope = {name: common[name] for name in Event.__struct_fields__} | archived
    for kind in KINDS:
        part = parts[kind.of.__name__]
        doc = (kind.of.__doc__ or "").strip().splitlines()[0]
        part["title"], part["description"] = type_name(kind.of), doc
        part["allOf"] = [{"$ref": f"#/$defs/{ENVELOPE}"}]
        part["properties"] = {name: field for name, field in part["properties"].items() if name not in envelope}
    parts[ENVELOPE] = {"title": "信封", "description": "每个事件都有的字段。", "type": "object", "properties": envelope}
    return {
        "$schema": DIALECT,
        "title": "监察事件",
        "description": "一行一条。未列出的字段原样存档；读不出的字段记入 defects。",
        "oneOf": [{"$ref": f"#/$defs/{kind.of.__name__}"} for kind in KINDS],
        "$defs": dict(sorted(parts.items())),
    }
