"""The run of a live deployment, as the store records it: one row, replaced as it advances."""

import platform
from collections import Counter
from importlib.metadata import version

import pyarrow as pa

from rules.catalog.index import Catalog
from sinks.clickhouse.database import Database
from sinks.clickhouse.stored import Counts, Run, SourceRead
from streams.clock import wall
from streams.live.rows import LIVE, source_of
from streams.replay.accounts import rule_versions
from streams.settings.settings import Settings
from streams.topics import Topics

_FIGURES = """
SELECT source, metric, label, argMax(value, (minute, last)) AS value FROM metric_minute FINAL
WHERE run = {run:String} AND metric IN ('now', 'records_total') GROUP BY source, metric, label
"""
_OF_CARDS = """
SELECT (SELECT count() FROM card FINAL WHERE run = {run:String}) AS cards,
    (SELECT count() FROM card_transition FINAL WHERE run = {run:String}) AS transitions,
    (SELECT count() FROM case_state FINAL WHERE run = {run:String}) AS cases
"""


def live_run(settings: Settings, catalog: Catalog, partitions: int, database: Database) -> Run:
    """Return the run as the store stands now."""
    topics = Topics.of(settings.topics.prefix)
    figures = database.table(_FIGURES, {"run": LIVE}).to_pylist()
    total: Counter[str] = Counter()
    now = 0
    for one in figures:
        if one["metric"] == "now":
            now = max(now, int(one["value"]))
        else:
            total[one["label"]] += int(one["value"])
    found = _first(database.table(_OF_CARDS, {"run": LIVE}))
    folded, duplicate, quarantined = total["folded"], total["duplicate"], total["quarantined"]
    sources = [source_of(topics.events, number) for number in range(partitions)]
    return Run(
        run=LIVE,
        recorded_at=wall(),
        catalog=settings.catalog,
        edition=catalog.edition,
        rules=rule_versions(),
        profile=settings.profile or "",
        as_of=None,
        now=now,
        zone=catalog.head.zone,
        mapping="",
        sources=tuple(SourceRead(source, source, "", 0) for source in sources),
        counts=Counts(folded + duplicate + quarantined, folded, duplicate, quarantined, 0),
        filtered={},
        defective=0,
        cases=found["cases"],
        cards=found["cards"],
        transitions=found["transitions"],
        events=folded + duplicate,
        events_digest="",
        versions={name: version(name) for name in ("jiancha", "chdb", "msgspec", "pyarrow", "tzdata")}
        | {"python": platform.python_version()},
    )


def _first(table: pa.Table) -> dict[str, int]:
    row: dict[str, int] = table.to_pylist()[0]
    return row
