"""A run written into the store: its cards, transitions, case states and what was put aside; its own row last."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rules.registry import BY_ID
from sinks.clickhouse.dimension_tables import CASE_PART
from sinks.clickhouse.dimensions import write_dimensions
from sinks.clickhouse.rows import Row, card_row, quarantine_row, transition_row
from sinks.clickhouse.spool import Spool, Written
from sinks.clickhouse.store import Store
from sinks.clickhouse.stored import Quarantined, Run, StoredCard
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, QUARANTINE, Table
from streams.replay.outcome import Outcome
from streams.replay.shard import Aside

OF_CASES = (CASE_STATE, CASE_PART)
"""Tables with one row a case, which the shards write."""


def record_run(
    store: Store, run: Run, said: Outcome, *, aside: Sequence[Aside], told: Mapping[str, Sequence[Path]], room: Path
) -> None:
    """Write a run into the store; until the last step nobody sees it.

    ``told`` are the pieces the shards wrote of ``run.cases`` cases, by table; ``room`` is where further pieces go.
    """
    rows: dict[Table, list[Row]] = {
        QUARANTINE: [quarantine_row(run.run, one) for one in quarantined(aside)],
        CARD: [_card_row(run.run, card, said) for card in said.cards.values()],
        CARD_TRANSITION: [transition_row(run.run, one) for one in said.transitions],
    }
    pieces: dict[Table, list[Path]] = {table: list(told.get(table.name, ())) for table in OF_CASES}
    for table, many in rows.items():
        written = pieces.setdefault(table, [])
        spool = Spool(table, room, "all", _into(written))
        for row in many:
            spool.add(row)
        spool.flush()
    counts = {**dict.fromkeys(OF_CASES, run.cases), **{table: len(many) for table, many in rows.items()}}
    store.load_run(run.run, pieces, counts)
    write_dimensions(store, said.catalog)
    store.record(run)
    store.roll_up()


def _into(pieces: list[Path]) -> Written:
    def written(_table: Table, piece: Path) -> None:
        pieces.append(piece)

    return written


def quarantined(aside: Sequence[Aside]) -> list[Quarantined]:
    """Return what was put aside by all shards, in the order of the log."""
    found: list[Quarantined] = []
    for position, one in enumerate(sorted(aside, key=lambda one: (one.input, one.seq)), 1):
        bad = one.bad
        where = bad.where
        found.append(
            Quarantined(
                position=position,
                file=where.file,
                line=where.line,
                trace=where.record or "",
                field=bad.field,
                reason=bad.reason,
                case_id=bad.case_id or "",
                size=bad.size,
                digest=bad.digest or "",
                record=bad.raw,
            )
        )
    return found


def _card_row(run: str, stored: StoredCard, said: Outcome) -> Row:
    card, catalog = stored.card, said.catalog
    rule = BY_ID.get(card.rule_id)
    agency = catalog.agencies.get(card.org_code or "")
    matter = catalog.matters.get(card.task_code or "")
    names = (
        rule.name if rule is not None else "",
        agency.name if agency is not None else "",
        matter.name if matter is not None else "",
    )
    return card_row(run, stored, names, "agency" if card.card_id in said.agencies else "case")
