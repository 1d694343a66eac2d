"""Which facts an event of a strand may touch: what is asked about when one comes late and it is folded again."""

from rules.cases import facts
from rules.events.envelope import Event
from rules.events.kinds import BY_STRUCT, Strand

STRAND: dict[type[Event], Strand] = {of: kind.strand for of, kind in BY_STRUCT.items()}
STRAND_FACTS: dict[Strand, int] = {
    Strand.FILING: facts.SUBMITTED
    | facts.ANSWERED
    | facts.ACCEPTED
    | facts.DECIDED
    | facts.CLOSED
    | facts.REOPENED
    | facts.LAW
    | facts.LATE,
    Strand.STAGES: facts.STAGES | facts.ENTERED | facts.LATE | facts.LAW,
    Strand.PAUSES: facts.PAUSES | facts.EXTENSIONS | facts.LATE | facts.LAW,
    Strand.MONEY: facts.CHARGES | facts.LATE | facts.LAW,
    Strand.ALERTS: facts.CARDS,
    Strand.OTHERS: facts.LATE,
    Strand.DELIVERY: facts.DELIVERED | facts.LATE,
    Strand.DATA: facts.FACTS,
}
SLOTS: dict[Strand, tuple[str, ...]] = {
    Strand.FILING: (
        "submitted",
        "answers",
        "not_accepted",
        "accepted",
        "forwarded",
        "transferred_to",
        "decided",
        "withdrawn",
        "closed",
        "reopened",
    ),
    Strand.STAGES: ("stages", "stages_by_code"),
    Strand.PAUSES: ("pauses", "extensions"),
    Strand.MONEY: ("assessed", "waivers", "charges"),
    Strand.ALERTS: ("alerts", "issued"),
    Strand.DELIVERY: ("delivered",),
    Strand.OTHERS: (),
}
"""Slots of a case that the folds of a strand alone fill."""
