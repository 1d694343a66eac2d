"""Events, cards, transitions, case states and runs as rows, and back. Rows hold columns in the order of ``tables``."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from rules.cases.filed import Filed
from rules.engine.cards import STANDING, Card, Move, State, Transition
from rules.events.envelope import Event
from rules.events.kinds import BY_STRUCT, type_name
from rules.events.words import Level
from rules.verdicts import NEVER
from sinks.clickhouse.findings import CODES, finding_of, finding_text, grounds_of, grounds_text
from sinks.clickhouse.stored import CaseState, Quarantined, Run, StoredCard, StoredEvent, StoredTransition
from sinks.clickhouse.tables import AMOUNT_DIGITS, AMOUNT_SCALE
from sinks.clickhouse.tables import Row as Row  # noqa: PLC0414 - who makes rows takes it from here

_LONGEST_AMOUNT = Decimal(10) ** (AMOUNT_DIGITS - AMOUNT_SCALE)
_LONG = (1 << 63) - 1
_TYPE: dict[type[Event], str] = {of: type_name(of) for of in BY_STRUCT}
_AMOUNT: dict[type[Event], str] = {
    of: name for of in BY_STRUCT for name in ("amount", "amount_due") if name in of.__struct_fields__
}


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a record stood: the key of its source, its place there, and what people call it."""

    source: str
    seq: int
    file: str
    line: int | None
    trace: str


def event_row(filed: Filed[Event], place: Place, digest: bytes, record: bytes) -> Row:
    """Return the row of an event in the archive."""
    event = filed.event
    of = type(event)
    return (
        place.source,
        place.seq,
        event.case_id or "",
        event.event_id,
        _TYPE[of],
        filed.at,
        filed.reported,
        event.org_code or "",
        event.task_code or "",
        event.region_code or "",
        event.data_source or "",
        max(-_LONG, min(event.data_version, _LONG)),
        _amount(event, _AMOUNT[of]) if of in _AMOUNT else None,
        event.defects,
        digest,
        record,
        place.file,
        place.line,
        place.trace,
    )


def _amount(event: Event, field: str) -> Decimal | None:
    amount: Decimal | None = getattr(event, field)
    if amount is None or not -_LONGEST_AMOUNT < amount < _LONGEST_AMOUNT:
        return None
    return amount.quantize(Decimal("0.01"))


def stored_event(row: dict[str, Any]) -> StoredEvent:
    """Return the record of a row of the archive."""
    return StoredEvent(**{**row, "defects": tuple(row["defects"])})


def quarantine_row(run: str, put_aside: Quarantined) -> Row:
    """Return the row of a record put aside."""
    one = put_aside
    return (
        run,
        one.position,
        one.file,
        one.line,
        one.trace,
        one.field,
        one.reason,
        one.case_id,
        one.size,
        one.digest,
        one.record,
        one.at,
    )


def quarantined(row: dict[str, Any]) -> Quarantined:
    """Return the record put aside that a row holds."""
    return Quarantined(**row)


def card_row(run: str, stored: StoredCard, names: tuple[str, str, str], tier: str) -> Row:
    """Return the row of a card; ``names`` are those of its rule, agency and matter."""
    card = stored.card
    rule_name, org_name, task_name = names
    return (
        run,
        card.card_id,
        card.rule_id,
        card.rule_version,
        rule_name,
        card.scope,
        tier,
        card.subject,
        CODES[card.level],
        CODES[card.peak],
        card.state.value,
        card.verified,
        card.state in STANDING,
        card.condition_at,
        card.known_at,
        stored.raised_at,
        _ended(card),
        card.merged_into,
        card.org_code,
        org_name,
        card.task_code,
        task_name,
        card.region_code,
        card.profile,
        card.seq,
        stored.historic,
        card.finding.events,
        card.digest,
        finding_text(card.finding),
        grounds_text(card.grounds),
        _contested(card),
    )


def transition_row(run: str, stored: StoredTransition) -> Row:
    """Return the row of a transition."""
    transition = stored.transition
    card = transition.card
    return (
        run,
        card.card_id,
        card.seq,
        stored.position,
        transition.move.value,
        CODES[transition.level_before] if transition.level_before is not None else None,
        transition.state_before.value if transition.state_before is not None else None,
        transition.cause,
        transition.reason,
        card.rule_id,
        card.rule_version,
        card.scope,
        card.subject,
        CODES[card.level],
        CODES[card.peak],
        card.state.value,
        card.verified,
        card.condition_at,
        transition.known_at,
        _ended(card),
        card.merged_into,
        card.org_code,
        card.task_code,
        card.region_code,
        card.profile,
        card.digest,
        finding_text(card.finding),
        grounds_text(card.grounds),
        _contested(card),
    )


def _ended(card: Card) -> int | None:
    return None if card.ended >= NEVER else card.ended


def _contested(card: Card) -> str | None:
    return finding_text(card.contested) if card.contested is not None else None


def card_of(row: dict[str, Any]) -> Card:
    """Return the card of a row of ``card`` or ``card_transition``; equal to the one that was stored."""
    return Card(
        card_id=row["card_id"],
        rule_id=row["rule_id"],
        rule_version=row["rule_version"],
        scope=row["scope"],
        subject=row["subject"],
        level=Level(row["level"]),
        peak=Level(row["peak"]),
        state=State(row["state"]),
        condition_at=row["condition_at"],
        known_at=row["known_at"],
        finding=finding_of(row["finding"]),
        digest=row["digest"],
        grounds=grounds_of(row["grounds"]),
        merged_into=row["merged_into"],
        ended=NEVER if row["ended"] is None else row["ended"],
        org_code=row["org_code"],
        task_code=row["task_code"],
        region_code=row["region_code"],
        profile=row["profile"],
        seq=row["seq"],
        contested=finding_of(row["contested"]) if row["contested"] is not None else None,
        verified=row["verified"],
    )


def stored_card(row: dict[str, Any]) -> StoredCard:
    """Return the card of a row of ``card``."""
    return StoredCard(card_of(row), row["raised_at"], row["historic"])


def stored_transition(row: dict[str, Any]) -> StoredTransition:
    """Return the transition of a row of ``card_transition``."""
    before, state = row["level_before"], row["state_before"]
    transition = Transition(
        card=card_of(row),
        move=Move(row["move"]),
        level_before=Level(before) if before is not None else None,
        state_before=State(state) if state is not None else None,
        known_at=row["known_at"],
        cause=row["cause"],
        reason=row["reason"],
    )
    return StoredTransition(transition, row["position"])


def case_row(run: str, state: CaseState, version: int | None = None) -> Row:
    """Return the row of a case; of two the greater ``version`` holds, the number of its records where none is given."""
    fields = msgspec.structs.asdict(state)
    for name in ("promise_due", "statutory_due"):
        if fields[name] is not None:
            fields[name] = date.fromordinal(fields[name])
    fields["worst"] = CODES[state.worst] if state.worst is not None else None
    return (run, *fields.values(), state.events if version is None else version)


def case_state(row: dict[str, Any]) -> CaseState:
    """Return the case of a row."""
    fields = dict(row)
    for name in ("promise_due", "statutory_due"):
        if fields[name] is not None:
            fields[name] = fields[name].toordinal()
    fields["worst"] = Level(fields["worst"]) if fields["worst"] is not None else None
    return CaseState(**fields)


def run_row(run: Run) -> Row:
    """Return the row of a run; all of it is in ``detail``, the columns are for queries."""
    counts = run.counts
    return (
        run.run,
        run.recorded_at,
        run.catalog,
        run.edition,
        run.profile,
        run.as_of,
        run.now,
        counts.read,
        counts.folded,
        counts.duplicate,
        counts.quarantined,
        counts.filtered,
        msgspec.json.encode(run).decode(),
    )


def run_of(row: dict[str, Any]) -> Run:
    """Return the run of a row."""
    return msgspec.json.decode(row["detail"], type=Run)
