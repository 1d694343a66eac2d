"""Where the demonstration takes place: the law, the names people know, the day."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.cli.names import Names

if TYPE_CHECKING:
    from rich.console import Console

    from rules.catalog.index import Catalog


@dataclass(frozen=True, slots=True)
class Scene:
    """A city on a day: ``today`` is the local date (ordinal) up to which things are told."""

    catalog: "Catalog"
    names: Names
    today: int

    @property
    def zone(self) -> str:
        """Return the zone instants are told in."""
        return self.catalog.head.zone

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


def names_in(catalog: "Catalog") -> Names:
    """Return the names of the agencies and matters of a catalogue."""
    return Names(
        {code: agency.name for code, agency in catalog.agencies.items()},
        {code: matter.name for code, matter in catalog.matters.items()},
    )


def heading(to: "Console", title: str, beside: str = "") -> None:
    """Print the title of a part, with a remark beside it."""
    from rich.text import Text

    to.print()
    to.print(Text.assemble((title, "bold cyan"), ("  " + beside if beside else "", "dim")))
