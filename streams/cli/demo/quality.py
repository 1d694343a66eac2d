"""How good the data is: records that could not be read, defects, late reports, silence, changes after the fact."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.events.data import Tick
from rules.events.instants import DAY
from rules.events.kinds import type_name
from streams.cli.demo.scene import heading
from streams.cli.demo.view import View
from streams.cli.outcome import ends_text
from streams.cli.screen import share
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.archive import Archive
    from sinks.clickhouse.stored import Quarantined

TICK = type_name(Tick)
COLUMNS = (Column("", style="cyan"), Column("", right=True), Column("", gives=True))
RULES = (
    ("DQ_SILENT_ORG", "无数据的部门"),
    ("DQ_TAMPER", "办结后改数"),
    ("SK_BACKFILL", "事后补录"),
    ("CAL_MISSING", "日历缺失"),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be told of the records: how many there are, how many spoilt, how many late by a day, whose those are."""

    records: int
    defective: int
    late: int
    late_by_org: Counter[str]
    reasons: Counter[str]
    """Why records were put aside."""


def quality_of(archive: "Archive") -> Quality:
    """Return how good the data is, of copies the first; one pass over the archive, ticks left out."""
    waited: dict[str, tuple[int, str]] = {}
    spoilt: set[str] = set()
    for stored in archive.all_events():
        if stored.event_type == TICK:
            continue
        wait = (stored.reported_at - stored.occurred_at, stored.org_code)
        waited[stored.event_id] = min(wait, waited.get(stored.event_id, wait))
        if stored.defects:
            spoilt.add(stored.event_id)
    late = Counter(org for wait, org in waited.values() if wait > DAY)
    return Quality(len(waited), len(spoilt), late.total(), late, Counter(_why(one) for one in archive.quarantine()))


def show_quality(to: "Console", view: View, quality: Quality) -> None:
    """Show how good the data is."""
    counts = view.run.counts
    heading(to, "五、数据质量")
    whose = "、".join(f"{view.org(org)} {n:,}" for org, n in quality.late_by_org.most_common(3))
    rows: list[tuple[str, str, str]] = [
        ("读入", f"{counts.read:,}", f"＝ {ends_text(counts)}"),
        ("隔离", f"{counts.quarantined:,}", "、".join(f"{why} {n}" for why, n in quality.reasons.most_common(3))),
        ("缺陷", f"{quality.defective:,}", "有读不出的字段，按缺项计入，不丢弃"),
        (
            "迟报",
            f"{quality.late:,}",
            f"发生一日以后才到，占 {share(quality.late, quality.records)}" + (f"；最多：{whose}" if whose else ""),
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
