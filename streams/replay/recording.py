"""A run written into the store: its cards, transitions, case states and what was put aside; its own row last."""

from collections.abc import Sequence
from pathlib import Path

from rules.registry import BY_ID
from sinks.clickhouse.rows import Row, card_row, quarantine_row, transition_row
from sinks.clickhouse.spool import Spool, Written
from sinks.clickhouse.store import Store
from sinks.clickhouse.stored import Quarantined, Run, StoredCard
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, QUARANTINE, Table
from streams.replay.outcome import Outcome
from streams.replay.shard import Aside


def record_run(
    store: Store, run: Run, said: Outcome, *, aside: Sequence[Aside], states: Sequence[Path], room: Path
) -> None:
    """Write a run into the store; until the last step nobody sees it.

    ``states`` are the pieces the shards wrote of ``run.cases`` cases, ``room`` is where further pieces go.
    """
    rows: dict[Table, list[Row]] = {
        QUARANTINE: [quarantine_row(run.run, one) for one in quarantined(aside)],
        CARD: [_card_row(run.run, card, said) for card in said.cards.values()],
        CARD_TRANSITION: [transition_row(run.run, one) for one in said.transitions],
    }
    pieces: dict[Table, list[Path]] = {CASE_STATE: list(states)}
    for table, many in rows.items():
        written = pieces.setdefault(table, [])
        spool = Spool(table, room, "all", _into(written))
        for row in many:
            spool.add(row)
        spool.flush()
    store.load_run(run.run, pieces, {CASE_STATE: run.cases, **{table: len(many) for table, many in rows.items()}})
    store.record(run)


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
