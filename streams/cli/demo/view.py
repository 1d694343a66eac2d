"""What the closing pages are shown from: the run as the store has it, its cards and cases, loaded once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.engine.cards import STANDING
from rules.events.words import Level
from streams.cli.demo.scene import Scene, names_in

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from sinks.clickhouse.archive import Archive
    from sinks.clickhouse.stored import CaseState, Run, StoredCard


@dataclass(frozen=True, slots=True)
class View(Scene):
    """One run as it stands, on the day of its last instant."""

    run: "Run"
    cards: "tuple[StoredCard, ...]"
    cases: "tuple[CaseState, ...]"

    def standing(self, *levels: Level) -> "list[StoredCard]":
        """Return the cards that stand, of some levels where given, in the order of the archive."""
        return [one for one in self.cards if one.card.state in STANDING and (not levels or one.card.level in levels)]

    def of(self, rules: Iterable[str]) -> "list[StoredCard]":
        """Return the standing cards of some rules."""
        wanted = frozenset(rules)
        return [one for one in self.standing() if one.card.rule_id in wanted]


def view_of(archive: "Archive", catalog: "Catalog") -> View:
    """Return the view of the current run."""
    run = archive.run
    today = catalog.days.day_of(run.now)
    return View(catalog, names_in(catalog), today, run, archive.cards(), archive.case_states())
