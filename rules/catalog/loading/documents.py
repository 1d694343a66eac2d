"""The immutable outcome of loading: all entries of a catalogue and of what it extends."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.loading.kinds import Kind
from rules.catalog.loading.problems import Problem, Severity
from rules.catalog.loading.written import Place, path_text
from rules.catalog.models.fees import FeeItem
from rules.catalog.models.head import Head
from rules.catalog.models.matters import Matter
from rules.catalog.models.people import Agency, Officer
from rules.catalog.models.profiles import Profile
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import Statute


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry was written: the file, the path to it within the file, and the lines of its parts."""

    file: str
    path: tuple[str | int, ...]
    place: Place

    def problem(self, path: tuple[str | int, ...], message: str, severity: Severity = Severity.ERROR) -> Problem:
        """A problem of the entry, at a path that starts within it."""
        return Problem(self.file, self.place.line_of(path), path_text((*self.path, *path)), message, severity)


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """A catalogue (目录) as it was written, with everything it extends beneath it.

    Of entries with one code those of the later layer hold, all of them together. ``edition_digest`` identifies the
    edition: twelve hexadecimal digits that differ when any file of any layer differs. ``layers`` names them, the
    widest first. ``origins`` runs parallel to the tuples.
    """

    name: str
    layers: tuple[str, ...]
    edition_digest: str
    head: Head
    statutes: tuple[Statute, ...]
    matters: tuple[Matter, ...]
    fees: tuple[FeeItem, ...]
    agencies: tuple[Agency, ...]
    officers: tuple[Officer, ...]
    sources: tuple[Source, ...]
    profiles: tuple[Profile, ...]
    calendars: tuple[CalendarDoc, ...]
    origins: Mapping[Kind, tuple[Origin, ...]]

    def origin(self, kind: Kind, index: int = 0) -> Origin:
        """Where the entry at a position of a kind's tuple was written; the head is the only one of its kind."""
        return self.origins[kind][index]
