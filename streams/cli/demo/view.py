"""What the demonstration shows from: one run, its cards and cases, the law and the names, loaded once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.engine.cards import STANDING
from rules.events.words import Level
from streams.cli.names import Names

if TYPE_CHECKING:
    from rich.console import Console

    from rules.catalog.index import Catalog
    from sinks.clickhouse.archive import Archive
    from sinks.clickhouse.stored import CaseState, Run, StoredCard


@dataclass(frozen=True, slots=True)
class View:
    """One run as it stands: ``today`` is the local date (ordinal) of its last instant."""

    run: "Run"
    catalog: "Catalog"
    names: Names
    cards: "tuple[StoredCard, ...]"
    cases: "tuple[CaseState, ...]"
    today: int

    def standing(self, *levels: Level) -> "list[StoredCard]":
        """Return the cards that stand, of some levels where given, in the order of the archive."""
        return [one for one in self.cards if one.card.state in STANDING and (not levels or one.card.level in levels)]

    def of(self, rules: Iterable[str]) -> "list[StoredCard]":
        """Return the standing cards of some rules."""
        wanted = frozenset(rules)
        return [one for one in self.standing() if one.card.rule_id in wanted]

    def org(self, code: str | None) -> str:
        """Return the name of an agency without that of the city, which everybody knows."""
        return self.names.org(code).removeprefix(self.catalog.head.title) or "（未写明）"

    def place(self, org: str | None, task: str | None) -> str:
        """Return a matter and its agency by name: ``道路货物运输经营许可 · 交通运输局``."""
        return " · ".join(part for part in (self.names.task(task), self.org(org)) if part)

    def item(self, code: str) -> str | None:
        """Return the name of a charge item; None where the catalogue has none of that code."""
        found = self.catalog.fees.get(code)
        return found.name if found is not None else None

    def stage(self, task: str, code: str) -> str:
        """Return a stage of a matter by name and code; the code alone where no version of the matter has it."""
        matter = self.catalog.matters.get(task)
        stages = [stage for version in matter.versions for stage in version.flow] if matter is not None else []
        return next((f"{stage.name}（{code}）" for stage in stages if stage.code == code), code)


def view_of(archive: "Archive", catalog: "Catalog") -> View:
    """Return the view of the current run."""
    run = archive.run
    names = Names(
        {code: agency.name for code, agency in catalog.agencies.items()},
        {code: matter.name for code, matter in catalog.matters.items()},
    )
    return View(run, catalog, names, archive.cards(), archive.case_states(), catalog.days.day_of(run.now))


def heading(to: "Console", title: str, beside: str = "") -> None:
    """Print the title of a part, with a remark beside it."""
    from rich.text import Text

    to.print()
    to.print(Text.assemble((title, "bold cyan"), ("  " + beside if beside else "", "dim")))
