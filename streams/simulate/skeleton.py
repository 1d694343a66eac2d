"""A lawful case, from application to close (依法办理的骨架): what plants bend and disorder blurs.

Every deadline is kept by the simulator's own reckoning; where a draw would not keep one, the case goes faster.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from rules.catalog.models.base import Limit, Unit
from rules.catalog.models.matters import Matter, MatterVersion, StageDef
from rules.events.words import ProjectType, Result
from streams.simulate.desk import Desk
from streams.simulate.detours import extend, give_up, halt, promise_day, send_back
from streams.simulate.flowing import SHORTEST, Circumstances, Span, in_one_sitting, schedule, stages_of
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of
from streams.simulate.numbering import Numbering
from streams.simulate.office import Stroke
from streams.simulate.plan import Notice, Passage, Plan
from streams.simulate.reckon import too_late
from streams.simulate.terms import Lawbook, Terms

ORDINARY = "ordinary"
TRIES = 5
NO_LIMIT = 30
"""Working days a case may take that no text limits."""

SITTING = 30 * MINUTE
"""Working time in which an application is answered that must be answered within hours."""

IN_HOURS = frozenset({Unit.HOUR, Unit.OFFICE_HOUR})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a case shall be like; ``pace`` is the share of its time it takes, None leaves it to chance.

    ``skipped`` is the chance that an optional stage is left out.
    """

    result: Result = Result.GRANTED
    pace: float | None = None
    supplements: int = 0
    pause: bool = False
    extend: bool = False
    returned: bool = False
    slip: bool = False
    online: bool = False
    answer_days: float | None = None
    skipped: float = 0.3


class Drafter:
    """Draws up lawful cases; those who draft for one city share its numbering."""

    def __init__(self, lawbook: Lawbook, rng: Random, numbering: Numbering) -> None:
        self.lawbook = lawbook
        self.rng = rng
        self.numbering = numbering

    def draft(self, desk: Desk, matter: Matter, arrival: Moment, wish: Wish) -> Plan | None:
        """Return a lawful case of a matter; None where no version of it is in force or its limits leave no time."""
        office = desk.office
        handed_in = arrival if wish.online else office.moment(office.stroke(arrival))
        terms = self.lawbook.terms(matter, day_of(handed_in))
        if terms is None:
            return None
        if _answered_in_hours(terms):
            # Hours run through the night: what must be answered within hours comes in while someone is there.
            handed_in = office.moment(in_one_sitting(office, office.stroke(handed_in), SITTING))
        case_id = self.numbering.case_id(matter.code, day_of(handed_in))
        plan = Plan(desk, terms, self.numbering.serial(), case_id, handed_in, wish.online)
        plan.result = wish.result
        plan.attributes = self._attributes(terms.version)
        if terms.version.auto_approve:
            return self._at_once(plan)
        if terms.version.project_type is ProjectType.INSTANT:
            return self._same_day(plan)
        return self._promised(plan, wish)

    # At the window

    def _at_once(self, plan: Plan) -> Plan:
        """秒批: no human hand touches it, at any hour."""
        at = plan.submitted + 2
        plan.accepted = at
        for stage in stages_of(plan.terms, _circumstances(plan), self.rng, 0.0):
            plan.passages.append(Passage(stage, at, at + 6, None))
            at += 6
        plan.decided, plan.closed = at, at + 2
        plan.result = Result.DONE
        return plan

    def _same_day(self, plan: Plan) -> Plan | None:
        """即办件: handed in, decided and closed within one sitting; None where it is none any more when taken up."""
        office, rng = plan.desk.office, self.rng
        stroke = office.stroke(plan.submitted)
        if office.left_today(stroke) < (len(plan.terms.flow) + 3) * 8 * MINUTE:
            stroke = office.next_opening(stroke)
        if not plan.online:
            plan.submitted = office.moment(stroke)
        stroke += MINUTE + int(rng.random() * 4 * MINUTE)
        if not self._accept(plan, stroke) or plan.terms.version.project_type is not ProjectType.INSTANT:
            return None
        stages = stages_of(plan.terms, _circumstances(plan), rng, 0.0)
        spans: list[Span] = []
        for stage in stages:
            took = SHORTEST + int(rng.random() * 3 * MINUTE)
            spans.append(Span(stage, stroke, stroke + took))
            stroke += took
        self._hold(plan, spans)
        plan.decided, plan.closed = office.moment(stroke), office.moment(stroke + MINUTE // 2)
        return plan

    # Over days

    def _promised(self, plan: Plan, wish: Wish) -> Plan | None:
        stroke = self._answered(plan, wish)
        if stroke is None:
            return plan
        if not self._accept(plan, stroke):
            return None
        stages = stages_of(plan.terms, _circumstances(plan), self.rng, wish.skipped)
        pace = wish.pace if wish.pace is not None else min(1.0, self.rng.betavariate(4, 4) * 2 * plan.desk.pace)
        spans = self._scheduled(plan, stages, stroke, pace)
        if stages and not spans:
            return None
        self._finish(
            plan, spans, max((span.ends for span in spans), default=stroke + int(_budget(plan, stroke) * pace))
        )
        if wish.pause:
            halt(plan, self.rng)
        if wish.extend:
            extend(plan, self.rng)
        if wish.returned:
            send_back(plan)
        if wish.slip and plan.accepted is not None:
            plan.slip = promise_day(plan.terms, plan.accepted)
        if wish.result is Result.WITHDRAWN:
            give_up(plan)
        return plan

    def _scheduled(self, plan: Plan, stages: Sequence[StageDef], stroke: Stroke, pace: float) -> list[Span]:
        """Return the stages from acceptance on, none where its deadlines leave no time for them."""
        budget = _budget(plan, stroke)
        for _ in range(TRIES):
            spans = schedule(stages, plan.terms, plan.desk.office, (stroke, int(budget * pace)), self.rng)
            if max((span.ends for span in spans), default=stroke) + 2 * MINUTE <= stroke + budget:
                return spans
            pace /= 3
        return []

    def _finish(self, plan: Plan, spans: Sequence[Span], end: Stroke) -> None:
        """Decide with the end of the decisive stage and close after the last, which ends at a stroke."""
        office = plan.desk.office
        decided = next((span.ends for span in spans if span.stage.decisive), end)
        plan.decided = office.moment(decided)
        plan.closed = office.moment(end + MINUTE + int(self.rng.random() * MINUTE))
        self._hold(plan, spans)

    def _answered(self, plan: Plan, wish: Wish) -> Stroke | None:
        """Play the rounds up to acceptance; return its stroke, None where there is none."""
        office, rng = plan.desk.office, self.rng
        stroke = office.stroke(plan.submitted)
        for _ in range(wish.supplements):
            stroke += self._answer_time(plan, wish)
            notified = office.moment(stroke)
            if wish.result is Result.LAPSED:
                plan.notices.append(Notice(notified, None))
                plan.closed = office.moment(stroke + 30 * office.day_long)
                return None
            stroke += int((0.5 + 8 * rng.random()) * office.day_long)
            if _answered_in_hours(plan.terms):
                stroke = in_one_sitting(office, stroke, SITTING)
            plan.notices.append(Notice(notified, office.moment(stroke)))
        stroke += self._answer_time(plan, wish)
        if wish.result is Result.NOT_ACCEPTED:
            plan.refused = office.moment(stroke)
            plan.closed = office.moment(stroke + 5 * MINUTE)
            return None
        return stroke

    def _answer_time(self, plan: Plan, wish: Wish) -> int:
        """Return how much working time passes until the agency answers, within the receipt limit."""
        receipt, rng = plan.terms.receipt, self.rng
        if _answered_in_hours(plan.terms):
            return int((0.3 + 0.5 * rng.random()) * SITTING)
        wanted = wish.answer_days if wish.answer_days is not None else min(2.5, rng.expovariate(1.6))
        if receipt is not None and receipt.unit is Unit.WORKING_DAY:
            wanted = min(wanted, max(0.2, receipt.n - 1.1))
        return 10 * MINUTE + int(wanted * plan.desk.office.day_long)

    def _accept(self, plan: Plan, stroke: Stroke) -> bool:
        """Accept at a stroke, under what is in force then; return whether anything is."""
        accepted = plan.desk.office.moment(stroke)
        terms = self.lawbook.terms(plan.terms.matter, day_of(accepted))
        if terms is None:
            return False
        if terms.version is not plan.terms.version:
            plan.attributes = self._attributes(terms.version)
        plan.accepted, plan.terms = accepted, terms
        return True

    def _hold(self, plan: Plan, spans: Sequence[Span]) -> None:
        """Give every stage its officer; whoever must not hold both stages of a pair does not."""
        office, matter = plan.desk.office, plan.terms.matter
        holders: dict[str, str] = {}
        for stage, begins, ends in spans:
            operator = None
            if not stage.auto:
                operator = plan.desk.officer(matter, stage, self.rng, _apart(plan.terms.version, stage, holders))
                holders[stage.code] = operator
                for role in stage.roles:
                    holders.setdefault(role, operator)
            plan.passages.append(Passage(stage, office.moment(begins), office.moment(ends), operator))

    def _attributes(self, version: MatterVersion) -> dict[str, str]:
        """Return a value for every attribute a condition of the flow asks for."""
        asked: dict[str, list[str]] = {}
        for stage in version.flow:
            for name, values in (stage.when.attributes if stage.when is not None else {}).items():
                asked.setdefault(name, [ORDINARY]).extend(values)
        return {name: values[int(self.rng.random() * len(values))] for name, values in asked.items()}


def _apart(version: MatterVersion, stage: StageDef, holders: dict[str, str]) -> str | None:
    """Return who must not hold a stage because he held the other half of a pair kept apart."""
    mine = {stage.code, *stage.roles}
    for one, other in version.separate:
        if one in mine and other in holders:
            return holders[other]
        if other in mine and one in holders:
            return holders[one]
    return None


def _budget(plan: Plan, stroke: Stroke) -> int:
    """Return the working time from acceptance until the first deadline that ends the case in time."""
    limits = [limit for limit in (plan.terms.promise, plan.terms.statutory) if limit is not None]
    last = min((_last_stroke(plan, limit, stroke) for limit in limits), default=None)
    return NO_LIMIT * plan.desk.office.day_long if last is None else last - stroke


def _last_stroke(plan: Plan, limit: Limit, stroke: Stroke) -> Stroke:
    """Return the last stroke in time of a limit that runs from acceptance."""
    office, workdays, accepted = plan.desk.office, plan.terms.workdays, plan.accepted or 0
    if limit.unit is Unit.OFFICE_HOUR:
        # Half of them by the agency's own hours, and not beyond a day on which it alone is closed.
        return min(stroke + limit.n * HOUR // 2, office.last_stroke(workdays.after(day_of(accepted), 1)))
    late = too_late(workdays, limit, accepted)
    if late is None:
        return stroke
    return office.stroke(late) if limit.unit is Unit.HOUR else office.last_stroke(day_of(late - 1))


def _answered_in_hours(terms: Terms) -> bool:
    return terms.receipt is not None and terms.receipt.unit in IN_HOURS


def _circumstances(plan: Plan) -> Circumstances:
    applicant = "2" if plan.terms.version.serves_enterprises else "1"
    return Circumstances(plan.attributes, "2" if plan.online else "1", applicant, plan.result)
