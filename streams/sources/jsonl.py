"""Canonical JSON lines: one event a line, in the vocabulary of ``rules.events``."""

from collections.abc import Iterator

from rules.events.decode import Unplaceable
from streams.sources.item import Bad, Good, Item, Where, bad, case_of, placed
from streams.sources.lines import raw_lines


def read_events(path: str, latest: int | None) -> Iterator[Item]:
    """Return an item for each line of a file that is not blank; what is after ``latest`` is put aside."""
    aside: list[Bad] = []
    for number, line in raw_lines(path, aside.append):
        if aside:
            yield from aside
            aside.clear()
        if not line or line.isspace():
            continue
        where = Where(path, number)
        try:
            event = placed(line, latest)
        except Unplaceable as err:
            yield bad(err.reason, err.field, line, where, case_of(line))
        else:
            yield Good(event, line, where)
    yield from aside
