"""How good the data is: records that could not be read, defects, late reports, silence, changes after the fact."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.events.instants import DAY
from streams.cli.demo.view import View, heading
from streams.cli.outcome import ends_text
from streams.cli.screen import share
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.archive import Archive
    from sinks.clickhouse.stored import Quarantined

COLUMNS = (Column("", style="cyan"), Column("", right=True), Column("", gives=True))
RULES = (
    ("DQ_SILENT_ORG", "无数据的部门"),
    ("DQ_TAMPER", "办结后改数"),
    ("SK_BACKFILL", "事后补录"),
    ("CAL_MISSING", "日历缺失"),
)


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late records were reported: how many there are, how many by more than a day, and whose those are."""

    records: int
    late: int
    by_org: Counter[str]


def lateness_of(archive: "Archive") -> Lateness:
    """Return how late records were reported, of copies the first; one pass over the archive."""
    waited: dict[str, tuple[int, str]] = {}
    for stored in archive.all_events():
        wait = (stored.reported_at - stored.occurred_at, stored.org_code)
        waited[stored.event_id] = min(wait, waited.get(stored.event_id, wait))
    by_org = Counter(org for wait, org in waited.values() if wait > DAY)
    return Lateness(len(waited), by_org.total(), by_org)


def show_quality(to: "Console", view: View, lateness: Lateness, quarantined: "Iterable[Quarantined]") -> None:
    """Show how good the data is."""
    run, counts = view.run, view.run.counts
    heading(to, "五、数据质量")
    reasons = Counter(_why(one) for one in quarantined)
    whose = "、".join(f"{view.org(org)} {n:,}" for org, n in lateness.by_org.most_common(3))
    rows: list[tuple[str, str, str]] = [
        ("读入", f"{counts.read:,}", f"＝ {ends_text(counts)}"),
        ("隔离", f"{counts.quarantined:,}", "、".join(f"{why} {n}" for why, n in reasons.most_common(3))),
        ("缺陷", f"{run.defective:,}", "有读不出的字段，按缺项计入，不丢弃"),
        (
            "迟报",
            f"{lateness.late:,}",
            f"发生一日以后才到，占 {share(lateness.late, lateness.records)}" + (f"；最多：{whose}" if whose else ""),
        ),
    ]
    for rule_id, title in RULES:
        found = [one for one in view.cards if one.card.rule_id == rule_id]
        orgs = Counter(one.card.org_code or one.card.scope for one in found)
        told = "、".join(f"{view.org(org)} {n}" for org, n in orgs.most_common(3))
        rows.append((title, f"{len(found):,}", told))
    print_table(to, COLUMNS, rows, titles=False)


def _why(one: "Quarantined") -> str:
    """Return the reason without its particulars, after the field it is about."""
    head = re.split("[：（]| '", one.reason, maxsplit=1)[0]
    return f"{one.field} {head}".strip()
