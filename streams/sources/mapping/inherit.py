"""A mapping that rests on another: ``extends`` names it, ``without`` the events it leaves out."""

from pathlib import Path
from typing import Any

from streams.sources.errors import Unusable
from streams.sources.mapping.load import Document, load

_DEEPEST = 8


def document_of(path: Path) -> Document:
    """Return the document of a mapping file, laid over what it extends; Unusable with what is wrong."""
    document = load(path)
    chain = [document]
    while isinstance(base := chain[-1].values.get("extends"), str):
        if len(chain) > _DEEPEST:
            raise Unusable([chain[-1].problem(("extends",), "the chain of mappings does not end")])
        chain.append(load(Path(chain[-1].file).parent / base))
    merged = chain.pop()
    merged.values.pop("extends", None)
    while chain:
        upper = chain.pop()
        _leave_out(merged, upper)
        upper.values.pop("extends", None)
        merged = upper.over(merged)
    return merged


def _leave_out(base: Document, upper: Document) -> None:
    """Take the events the upper mapping does without from the one it extends."""
    names: Any = upper.values.pop("without", [])
    events: Any = base.values.get("events")
    if not isinstance(names, list) or not isinstance(events, list):
        raise Unusable([upper.problem(("without",), "takes a list of names of events of the mapping it extends")])
    there = [event.get("name", event.get("type")) if isinstance(event, dict) else None for event in events]
    if strange := [str(name) for name in names if name not in there]:
        raise Unusable([upper.problem(("without",), f"there is no event named {', '.join(strange)}")])
    base.drop_events({at for at, name in enumerate(there) if name in names})
