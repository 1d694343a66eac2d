"""The logs: where they lie, and their events with their places in the log."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import msgspec

from rules.events.envelope import Event
from rules.events.handling import StageCompleted
from streams.sources import Bad, Good, open_source


class Kept(msgspec.Struct, frozen=True):
    """Where a log lies below the directory of logs, by preference, and which mapping below the examples reads it."""

    files: tuple[str, ...]
    mapping: str


KEPT: Mapping[str, Kept] = {
    "receipt": Kept(("receipt/receipt.csv.gz", "receipt/receipt.xes.gz"), "receipt/mapping.yaml"),
    "bpic15_1": Kept(("bpic15/BPIC15_1.xes.gz", "bpic15/BPIC15_1.flat.csv.gz"), "bpic15/mapping.yaml"),
    "bpic15_5": Kept(("bpic15/BPIC15_5.xes.gz", "bpic15/BPIC15_5.flat.csv.gz"), "bpic15/mapping.yaml"),
}
"""Logs by the name that answer files call them."""


class Told(msgspec.Struct, frozen=True):
    """An event with its record and place: the number in its case, from 0, of what stands in the log as a record.

    What is told of a whole case has no place. The mappings make of each record exactly one ``stage.completed``.
    """

    event: Event
    record: bytes
    place: int | None


class Log(msgspec.Struct, frozen=True):
    """A log as read: its events in its order, the cases a record of which was put aside, and how many records were."""

    name: str
    path: Path
    events: tuple[Told, ...]
    broken: frozenset[str]
    quarantined: int

    def places(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """Return the places of the records of each event, by case and event id: several where it stands there again."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for told in self.events:
            if told.place is not None:
                found[told.event.case_id or "", told.event.event_id].append(told.place)
        return {key: tuple(places) for key, places in found.items()}


def log_file(name: str, directory: Path) -> Path | None:
    """Return the file of a log; None where it is not known, or not there."""
    kept = KEPT.get(name)
    files = kept.files if kept is not None else ()
    return next((path for file in files if (path := directory / file).is_file()), None)


def read_log(name: str, path: Path, examples: Path, latest: int) -> Log:
    """Return a log read through its mapping; what is of after ``latest`` (microseconds) is put aside.

    Raises Unusable where the mapping cannot be used.
    """
    events: list[Told] = []
    broken: set[str] = set()
    quarantined = 0
    count: Counter[str] = Counter()
    for item in open_source([str(path)], examples / KEPT[name].mapping, latest=latest):
        if isinstance(item, Good):
            case = item.event.case_id or ""
            place: int | None = None
            if isinstance(item.event, StageCompleted):
                place = count[case]
                count[case] += 1
            events.append(Told(item.event, item.raw, place))
        elif isinstance(item, Bad):
            quarantined += 1
            if item.case_id:
                broken.add(item.case_id)
    return Log(name, path, tuple(events), frozenset(broken), quarantined)
