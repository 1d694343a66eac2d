"""What is gathered from the archive for screens, counted afresh for whole days: doing it again changes no number."""

from collections.abc import Sequence

from sinks.clickhouse.database import Database

LONGEST_LAG = 30 * 24 * 60
"""Minutes beyond which a lag is told as that."""

_EVENT_DAYS = """
INSERT INTO event_day
    (run, day, org_code, data_source, records, defective, late, last_reported, last_occurred, lag_minutes, lag_records)
SETTINGS insert_deduplicate = 0
SELECT
    {run:String}, on_day, org, came_from, sum(n), sum(spoilt), sum(delayed), max(reported), max(occurred),
    arraySort(groupArray(lag)), arrayMap(one -> one.2, arraySort(groupArray((lag, n))))
FROM
(
    SELECT
        toDate32(reported_at, 'Asia/Shanghai') AS on_day, org_code AS org, data_source AS came_from,
        toUInt32(least(greatest(dateDiff('minute', occurred_at, reported_at), 0), {longest:UInt32})) AS lag,
        count() AS n, countIf(notEmpty(defects)) AS spoilt,
        countIf(reported_at > occurred_at + INTERVAL 1 DAY) AS delayed,
        max(reported_at) AS reported, max(occurred_at) AS occurred
    FROM event FINAL
    WHERE has({sources:Array(String)}, source) AND event_type != 'tick'
        AND reported_at >= toDateTime64({since:String}, 6, 'Asia/Shanghai')
        AND ({as_of:Int64} = 0 OR toUnixTimestamp64Micro(reported_at) <= {as_of:Int64})
    GROUP BY on_day, org, came_from, lag
)
GROUP BY on_day, org, came_from
"""
EVER = "1900-01-01"


def roll_up(
    database: Database, run: str, sources: Sequence[str], *, as_of: int | None = None, since: str = EVER
) -> None:
    """Gather the events of the sources of a run that were reported from a day (ISO date) on, until ``as_of``.

    Of a live run, whose days before yesterday no longer change, it is enough to begin with yesterday.
    """
    database.run(
        _EVENT_DAYS,
        {"run": run, "sources": list(sources), "as_of": as_of or 0, "since": since, "longest": LONGEST_LAG},
    )
