"""A lawful case, from application to close (依法办理的骨架): what plants bend and disorder blurs.

Every deadline is kept by the simulator's own reckoning; where a draw would not keep one, the case goes faster.
"""

from dataclasses import dataclass
from random import Random

from rules.catalog.models.base import Unit
from rules.catalog.models.matters import Matter, MatterVersion, When
from rules.events.words import ARTICLE_45, ProjectType, Result
from streams.simulate.desk import Desk
from streams.simulate.flowing import SHORTEST, Circumstances, Span, schedule, stages_of
from streams.simulate.moments import DAY, HOUR, MINUTE, Moment, day_of
from streams.simulate.numbering import Numbering
from streams.simulate.office import Stroke
from streams.simulate.plan import Halt, Notice, Passage, Plan, Postponed
from streams.simulate.reckon import last_day, too_late
from streams.simulate.terms import Lawbook, Terms
from streams.simulate.thresholds import soon_day

ORDINARY = "ordinary"
ROOM = 3
"""Working days a suspension or an extension keeps clear of the first warning: what was said is not made untrue."""

TRIES = 5
IN_HOURS = frozenset({Unit.HOUR, Unit.OFFICE_HOUR})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a case shall be like; None leaves it to chance."""

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
    """Chance that an optional stage is left out."""


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
        case_id = self.numbering.case_id(matter.code, day_of(handed_in))
        plan = Plan(desk, terms, self.numbering.serial(), case_id, handed_in, wish.online)
        plan.result = wish.result
        plan.attributes = self._attributes(terms.version)
        if terms.receipt is not None and terms.receipt.unit in IN_HOURS:
            # Hours run through the night: what must be answered within hours comes in while someone is there.
            plan.submitted = office.moment(office.stroke(handed_in))
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
        for stage in stages_of(plan.terms.version, _circumstances(plan), self.rng, 0.0):
            plan.passages.append(Passage(stage, at, at + 6, None))
            at += 6
        plan.decided, plan.closed = at, at + 2
        plan.result = Result.DONE
        return plan

    def _same_day(self, plan: Plan) -> Plan | None:
        """即办件: handed in, decided and closed within one sitting."""
        office, rng = plan.desk.office, self.rng
        stages = stages_of(plan.terms.version, _circumstances(plan), rng, 0.0)
        length = (len(stages) + 3) * 8 * MINUTE
        stroke = office.stroke(plan.submitted)
        if office.left_today(stroke) < length:
            stroke = office.next_opening(stroke)
        if not plan.online:
            plan.submitted = office.moment(stroke)
        if self._rebase(plan, day_of(office.moment(stroke))) is None:
            return None
        stroke += 60 + int(rng.random() * 240)
        plan.accepted = office.moment(stroke)
        spans: list[Span] = []
        for stage in stages:
            took = SHORTEST + int(rng.random() * 3 * MINUTE)
            spans.append(Span(stage, stroke, stroke + took))
            stroke += took
        self._passages(plan, spans)
        plan.decided = office.moment(stroke)
        plan.closed = office.moment(stroke + 30)
        return plan

    # Over days

    def _promised(self, plan: Plan, wish: Wish) -> Plan | None:
        office, rng = plan.desk.office, self.rng
        stroke = self._answered(plan, wish)
        if plan.result is Result.NOT_ACCEPTED or stroke is None:
            return plan
        plan.accepted = office.moment(stroke)
        if self._rebase(plan, day_of(plan.accepted)) is None:
            return None
        pace = wish.pace if wish.pace is not None else min(1.0, rng.betavariate(4, 4) * 2 * plan.desk.pace)
        stages = stages_of(plan.terms.version, _circumstances(plan), rng, wish.skipped)
        budget = self._budget(plan, stroke)
        for _ in range(TRIES):
            spans = schedule(stages, plan.terms, office, stroke, int(budget * pace), rng)
            end = max(span.ends for span in spans) if spans else stroke + SHORTEST
            if end + 2 * MINUTE <= stroke + budget:
                break
            pace /= 3
        else:
            return None
        if not any(span.stage.decisive for span in spans):
            end += MINUTE
        closing = end + MINUTE + int(rng.random() * MINUTE)
        decided = next((span.ends for span in spans if span.stage.decisive), end)
        plan.decided, plan.closed = office.moment(decided), office.moment(closing)
        self._passages(plan, spans)
        if wish.pause:
            self._halted(plan)
        if wish.extend:
            self._extended(plan)
        if wish.returned:
            self._returned(plan)
        if wish.slip:
            plan.slip = promise_day(plan.terms, plan.accepted)
        if wish.result is Result.WITHDRAWN:
            self._given_up(plan)
        return plan

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
            brought = stroke + int((0.5 + 8 * rng.random()) * office.day_long)
            plan.notices.append(Notice(notified, office.moment(brought)))
            stroke = brought
        stroke += self._answer_time(plan, wish)
        if wish.result is Result.NOT_ACCEPTED:
            plan.refused = office.moment(stroke)
            plan.closed = office.moment(stroke + 5 * MINUTE)
        return stroke

    def _answer_time(self, plan: Plan, wish: Wish) -> int:
        """Return how much working time passes until the agency answers, within the receipt limit."""
        receipt, rng = plan.terms.receipt, self.rng
        if receipt is not None and receipt.unit in IN_HOURS:
            return int((0.1 + 0.2 * rng.random()) * HOUR)
        wanted = wish.answer_days if wish.answer_days is not None else min(2.5, rng.expovariate(1.6))
        if receipt is not None and receipt.unit is Unit.WORKING_DAY:
            wanted = min(wanted, max(0.2, receipt.n - 1.1))
        return 10 * MINUTE + int(wanted * plan.desk.office.day_long)

    def _rebase(self, plan: Plan, day: int) -> Terms | None:
        terms = self.lawbook.terms(plan.terms.matter, day)
        if terms is not None:
            plan.terms = terms
        return terms

    def _budget(self, plan: Plan, stroke: Stroke) -> int:
        """Return the working time from acceptance until the first deadline that ends the case in time."""
        office, terms = plan.desk.office, plan.terms
        accepted = plan.accepted or 0
        ends: list[Stroke] = []
        for limit in (terms.promise, terms.statutory):
            if limit is None:
                continue
            if limit.unit is Unit.OFFICE_HOUR:
                ends.append(stroke + limit.n * HOUR // 2)
                continue
            late = too_late(terms.workdays, limit, day_of(accepted), accepted)
            if late is not None:
                ends.append(office.stroke(late) if limit.unit is Unit.HOUR else office.last_stroke(day_of(late - 1)))
        return min(ends, default=stroke + 30 * office.day_long) - stroke

    def _passages(self, plan: Plan, spans: list[Span]) -> None:
        office, matter = plan.desk.office, plan.terms.matter
        holders: dict[str, str] = {}
        for span in spans:
            stage = span.stage
            apart = self._apart(plan.terms.version, stage.code, stage.roles, holders)
            operator = None if stage.auto else plan.desk.officer(matter, stage, self.rng, apart)
            if operator is not None:
                holders[stage.code] = operator
                for role in stage.roles:
                    holders.setdefault(role, operator)
            plan.passages.append(Passage(stage, office.moment(span.begins), office.moment(span.ends), operator))

    @staticmethod
    def _apart(version: MatterVersion, code: str, roles: tuple[str, ...], holders: dict[str, str]) -> str | None:
        """Return who must not hold this stage because he held the other half of a pair kept apart."""
        mine = {code, *roles}
        for one, other in version.separate:
            if one in mine and other in holders:
                return holders[other]
            if other in mine and one in holders:
                return holders[one]
        return None

    # What makes it longer

    def _halted(self, plan: Plan) -> None:
        """Put one lawful suspension in, well before the first warning; everything after it moves by its working days."""
        terms, office, accepted = plan.terms, plan.desk.office, plan.accepted
        kinds = [kind for kind in terms.version.special_procedures if kind in ARTICLE_45]
        due = promise_day(terms, accepted) if accepted is not None else None
        if not kinds or due is None or accepted is None or not terms.counts_workdays() or plan.desk.silent:
            return
        if any(p.stage.limit is not None and p.stage.limit.unit is not Unit.WORKING_DAY for p in plan.passages):
            return
        latest = terms.workdays.before(min(due, soon_day(terms, day_of(accepted), due, due) or due), ROOM)
        first, last = office.stroke(accepted) + SHORTEST, office.stroke(plan.decided or accepted) - SHORTEST
        at = first + int((last - first) * (0.15 + 0.5 * self.rng.random()))
        if at <= first or office.day_of(at) > latest or office.day_of(at) <= day_of(accepted):
            return
        days = 2 + int(self.rng.random() * 6)
        moved = days * office.day_long
        shift(plan, office.moment(at), moved)
        limit = days + 2 if self.rng.random() < 0.5 else None
        kind = kinds[int(self.rng.random() * len(kinds))]
        plan.halts.append(Halt(kind, office.moment(at), office.moment(at + moved), limit))

    def _extended(self, plan: Plan) -> None:
        """Grant a valid extension well before the first warning; the case need not use it."""
        terms, office, accepted = plan.terms, plan.desk.office, plan.accepted
        due = promise_day(terms, accepted) if accepted is not None else None
        if due is None or accepted is None or terms.more is None or not terms.counts_workdays() or plan.halts:
            return
        latest = terms.workdays.before(min(due, soon_day(terms, day_of(accepted), due, due) or due), ROOM)
        at = office.stroke(accepted) + office.day_long
        if office.day_of(at + HOUR) > latest or plan.decided is None or office.moment(at + HOUR) >= plan.decided:
            return
        days = min(terms.more.n, 3 + int(self.rng.random() * 6))
        approver = plan.desk.officer(terms.matter, plan.passages[-1].stage, self.rng)
        plan.postponed.append(Postponed(office.moment(at), office.moment(at + HOUR), days, approver))

    def _returned(self, plan: Plan) -> None:
        """Send one stage back once: it is gone through a second time."""
        for index, passage in enumerate(plan.passages):
            ended = passage.ended
            if ended is None or passage.stage.auto or ended - passage.entered < 2 * HOUR:
                continue
            if ended // DAY != passage.entered // DAY and plan.halts:
                continue
            middle = passage.entered + (ended - passage.entered) // 2
            middle = plan.desk.office.moment(plan.desk.office.stroke(middle))
            again = Passage(passage.stage, middle + MINUTE, ended, passage.operator, occurrence=2)
            if not passage.entered < middle < again.entered < ended:
                continue
            passage.ended, passage.result = middle, "returned"
            plan.passages.insert(index + 1, again)
            return

    def _given_up(self, plan: Plan) -> None:
        """Let the applicant withdraw half-way; the agency closes at once and later stages never begin."""
        accepted, closed = plan.accepted, plan.closed
        if accepted is None or closed is None or plan.halts:
            return
        office = plan.desk.office
        at = office.moment(office.stroke(accepted) + (office.stroke(closed) - office.stroke(accepted)) // 2)
        plan.withdrawn, plan.closed, plan.decided = at, at + 5 * MINUTE, None
        plan.passages = [one for one in plan.passages if one.ended is not None and one.ended <= at]
        plan.postponed = [one for one in plan.postponed if one.granted <= at]

    def _attributes(self, version: MatterVersion) -> dict[str, str]:
        """Return a value for every attribute a condition of the flow asks for."""
        asked: dict[str, list[str]] = {}
        for stage in version.flow:
            for name, values in (stage.when or When()).attributes.items():
                asked.setdefault(name, [ORDINARY]).extend(values)
        return {name: values[int(self.rng.random() * len(values))] for name, values in asked.items()}


def shift(plan: Plan, after: Moment, moved: int) -> None:
    """Move everything of a case that happens after a moment by so much working time."""
    office = plan.desk.office

    def later(at: Moment | None) -> Moment | None:
        return at if at is None or at <= after else office.moment(office.stroke(at) + moved)

    for passage in plan.passages:
        passage.entered = later(passage.entered) or passage.entered
        passage.ended = later(passage.ended)
    plan.decided, plan.closed = later(plan.decided), later(plan.closed)


def promise_day(terms: Terms, accepted: Moment) -> int | None:
    """Return the promised due date (ordinal) before anything moves it; None where there is none, or in hours."""
    if terms.promise is None or terms.promise.unit in IN_HOURS:
        return None
    return last_day(terms.workdays, terms.promise, day_of(accepted))


def _circumstances(plan: Plan) -> Circumstances:
    applicant = "2" if plan.terms.version.serves_enterprises else "1"
    return Circumstances(plan.attributes, "2" if plan.online else "1", applicant, plan.result)
