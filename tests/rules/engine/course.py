"""The course of one case, told event by event: what tests of the engine are written in.

Times are local (``2026-03-02 09:00``) and, unless said otherwise, an event is reported when it happens.
"""

from collections.abc import Iterable
from typing import Any, Self

from rules.cases.filed import Filed, file
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.cards import Card, Move, Transition, card_id
from rules.engine.engine import Engine
from rules.engine.tiers import case_tier
from rules.events.data import Heartbeat, Outage
from rules.events.decode import of_mapping
from rules.events.envelope import Event
from rules.examples.written import instant
from rules.registry import BY_ID, CASE_RULES
from tests.rules.engine.law import MATTER, ORG, catalog

CASE = "C1"
LAST = "2026-09-01 00:00"


def stamp(text: str) -> str:
    """Return a local time as a stamp."""
    return f"{text.replace(' ', 'T')}:00+08:00"


class Course:
    """Events of one case, and the rules they are judged by: those of one wrong at a time, so that no other speaks.

    Promise 7 and statutory limit 20 working days; accepted on 2026-03-02 the promise ends on 03-11, the law's limit on
    03-30.
    """

    def __init__(self, *rules: str, law: Catalog | None = None) -> None:
        self.catalog = catalog() if law is None else law
        self.rules: tuple[Rule, ...] = tuple(BY_ID[name] for name in rules) or CASE_RULES
        self.log: list[Filed[Event]] = []
        self.source: str | None = None

    def tell(
        self, event_type: str, at: str, event_id: str = "", /, *, reported: str | None = None, **fields: Any
    ) -> Self:
        """Tell one event; without an id it is numbered."""
        record = {
            "event_type": event_type,
            "event_id": event_id or f"e{len(self.log) + 1}",
            "occurred_at": stamp(at),
            "reported_at": stamp(reported or at),
            "case_id": CASE,
            "task_code": MATTER,
            "org_code": ORG,
            "data_source": self.source,
            **fields,
        }
        self.log.append(file(of_mapping(record), self.catalog.days.day_of))
        return self

    def accepted(self, at: str = "2026-03-02 09:00") -> Self:
        """The case is accepted."""
        return self.tell("case.accepted", at, "accepted")

    def closed(self, at: str, *, reported: str | None = None) -> Self:
        """The case is closed."""
        return self.tell("case.closed", at, "closed", reported=reported, result="DENIED")

    def suspended(self, at: str, until: str, *, reported: str | None = None) -> Self:
        """A lawful suspension, both ends reported at once if a time of report is given."""
        self.tell("pause.started", at, "pause", reported=reported, kind="expert_review", applicant_told=True)
        return self.tell("pause.ended", until, "resume", reported=reported, kind="expert_review")

    def extended(self, at: str, days: int, *, reported: str | None = None) -> Self:
        """More time was granted."""
        said = {"approver": "局长", "reason": "案情复杂", "applicant_told": True}
        stamps = {"requested_at": stamp(at), "granted_at": stamp(at)}
        return self.tell("extension.granted", at, "extension", reported=reported, days=days, **said, **stamps)

    def corrected(self, target: str, at: str, event_id: str = "", /, **fields: Any) -> Self:
        """An event is corrected, with reason and approval."""
        said = {"reason": "录入错误", "approver": "科长", "target_event_id": target}
        return self.tell("event.corrected", at, event_id, fields=fields, **said)

    def voided(self, target: str, at: str, event_id: str = "", /) -> Self:
        """An event is voided, with reason and approval."""
        return self.tell("event.voided", at, event_id, reason="录入错误", approver="科长", target_event_id=target)

    def beats(self, *times: str) -> Self:
        """The source says that it is alive."""
        for at in times:
            self.tell("source.heartbeat", at, f"beat {at}")
        return self

    def alert(self, what: str, at: str, rule: str, subject: str = "", /, **fields: Any) -> Self:
        """Something is heard of a card."""
        return self.tell(f"alert.{what}", at, card_id=card_id(rule, CASE, subject), **fields)

    def judged(self, until: str = LAST, *, log: Iterable[Filed[Event]] | None = None) -> "Outcome":
        """Read all that was reported by an instant and let time pass until then."""
        outcome = Outcome(self)
        for filed in self.log if log is None else log:
            if filed.reported > instant(until):
                continue
            if isinstance(filed.event, Heartbeat | Outage):
                outcome.engine.heartbeat(filed.event, filed.reported)
            else:
                outcome.engine.read(CASE, filed)
        outcome.engine.advance(instant(until))
        return outcome


class Outcome:
    """What the engine made of a course: the engine and what it said."""

    def __init__(self, course: Course) -> None:
        self.said: list[Transition] = []
        self.engine: Engine[Any] = Engine(case_tier(course.rules), course.catalog, self.said.append)

    def card(self, rule: str, subject: str = "") -> Card:
        """Return a card that was said."""
        return self.engine.dockets[CASE].cards[BY_ID[rule].number, subject]

    def cards(self) -> dict[str, str]:
        """Return state and level of every card, by rule and subject."""
        return {
            " ".join(filter(None, (card.rule_id, card.subject))): f"{card.state} {card.level.code}"
            for card in self.engine.dockets[CASE].cards.values()
        }

    def moves(self, rule: str) -> list[Move]:
        """Return what became of the cards of a rule, in order."""
        return [one.move for one in self.said if one.card.rule_id == rule]
