"""Codes as people know them: rules, agencies, matters; and instants as people and machines read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rules.events.instants import to_datetime
from rules.registry import BY_ID
from rules.verdicts import NEVER
from streams.cli.chinese import meant
from streams.cli.trouble import Trouble, Troubles

if TYPE_CHECKING:
    from sinks.clickhouse.stored import Run


@dataclass(frozen=True, slots=True)
class Names:
    """Names of agencies and matters by code; a code without a name is shown as it is."""

    orgs: Mapping[str, str]
    tasks: Mapping[str, str]

    def org(self, code: str | None) -> str:
        """Return the name of an agency."""
        return self.orgs.get(code or "", code or "")

    def task(self, code: str | None) -> str:
        """Return the name of a matter."""
        return self.tasks.get(code or "", code or "")

    def rule(self, rule_id: str) -> str:
        """Return the name of a rule."""
        return BY_ID[rule_id].name if rule_id in BY_ID else rule_id

    def rule_id(self, written: str) -> str:
        """Return the id of a rule written as id or as name; Trouble where there is none."""
        found = BY_ID.get(written.upper()) or next((rule for rule in BY_ID.values() if rule.name == written), None)
        if found is None:
            raise Trouble(f"没有规则「{written}」{meant(written.upper(), BY_ID)}")
        return found.id

    def org_code(self, written: str) -> str:
        """Return the code of an agency written as code, name, or as what one name alone contains."""
        if written in self.orgs:
            return written
        found = {code: name for code, name in self.orgs.items() if written in name}
        if len(found) > 1:
            exact = [code for code, name in found.items() if name == written]
            if exact:
                return exact[0]
            raise Troubles(f"「{written}」不止一个部门：", [f"{code}  {name}" for code, name in found.items()])
        return next(iter(found), written)


def names_of(run: "Run") -> Names:
    """Return the names in the catalogue of a run; codes alone where it can no longer be read."""
    from rules.catalog.loading import CatalogErrors, load_documents

    try:
        documents = load_documents(run.catalog)
    except CatalogErrors:
        return Names({}, {})
    return Names(
        {agency.org_code: agency.name for agency in documents.agencies},
        {matter.code: matter.name for matter in documents.matters},
    )


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def minute(instant: int, zone: str) -> str:
    """Return an instant (microseconds) as local date and minute; a dash where there is none."""
    if instant >= NEVER:
        return "—"
    return to_datetime(instant).astimezone(_zone(zone)).strftime("%Y-%m-%d %H:%M")


def stamp(instant: int, zone: str) -> str:
    """Return an instant (microseconds) as ISO 8601 in a zone."""
    return to_datetime(instant).astimezone(_zone(zone)).isoformat()
