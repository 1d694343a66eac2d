"""How tests read: samples, or files written on the spot, through a mapping given as text."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rules.events.envelope import Event
from streams.sources import Bad, Filtered, Good, Item, open_source

SAMPLES = Path(__file__).resolve().parent / "samples"


class Read(NamedTuple):
    """What was read, by kind and in order."""

    items: list[Item]

    @property
    def events(self) -> list[Event]:
        """Return the events."""
        return [item.event for item in self.items if isinstance(item, Good)]

    @property
    def raws(self) -> list[bytes]:
        """Return the canonical JSON of the events."""
        return [item.raw for item in self.items if isinstance(item, Good)]

    @property
    def bad(self) -> list[Bad]:
        """Return what was put aside."""
        return [item for item in self.items if isinstance(item, Bad)]

    @property
    def filtered(self) -> list[Filtered]:
        """Return what was filtered."""
        return [item for item in self.items if isinstance(item, Filtered)]

    def event(self, event_id: str) -> Event:
        """Return the one event of an id."""
        (found,) = [event for event in self.events if event.event_id == event_id]
        return found

    def of(self, event_type: str) -> list[Event]:
        """Return the events of a type."""
        return [event for event in self.events if event.__struct_config__.tag == event_type]


def read(paths: Sequence[Path | str], mapping: Path | None, latest: int | None = None) -> Read:
    """Return what is read from files."""
    return Read(list(open_source([str(path) for path in paths], mapping, latest=latest)))


def read_text(folder: Path, mapping: str, name: str, content: str | bytes, latest: int | None = None) -> Read:
    """Return what is read from a file with this content through a mapping with this text."""
    file, rules = folder / name, folder / "mapping.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    rules.write_text(mapping, encoding="utf-8")
    return read([file], rules, latest)


def get(event: Event, field: str) -> object:
    """Return a field of an event whose type the test knows."""
    return getattr(event, field)
