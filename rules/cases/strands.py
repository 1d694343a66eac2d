"""Which facts an event of a strand may touch: what is asked about when one comes late and all is folded again."""

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
