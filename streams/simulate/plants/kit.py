"""The tools of those who plant (布设工具): a lawful case of the right kind at the right time, and the key that goes with it.

A plant bends a lawful plan and names what must be found. What its deadlines come to is reckoned for every plan alike, so
a plant about something else cannot forget that its case was also late; where a draw does not come to what the plant is
about, ``put`` refuses it and the plant is drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from rules.catalog.models.matters import Matter
from rules.engine.cards import card_id
from rules.events.words import Level
from streams.simulate.aftermath import follow
from streams.simulate.city import City
from streams.simulate.deadlines import deadline_answers
from streams.simulate.desk import Desk
from streams.simulate.disturb import Disturber
from streams.simulate.feed import Batch
from streams.simulate.key import Answer, found, quiet
from streams.simulate.moments import Moment, day_of, moment
from streams.simulate.money import Cashier
from streams.simulate.plan import Plan
from streams.simulate.skeleton import Drafter, Wish
from streams.simulate.telling import Teller
from streams.simulate.terms import Terms
from streams.simulate.watch import Watch
from streams.simulate.workdays import Workdays

Where = Callable[[Terms], bool]
"""Which matters, by what they ask."""

QUICK = Wish(pace=0.35, answer_days=0.05, skipped=0.0)
"""A case that leaves room to be bent: accepted at once, finished early, every stage gone through."""

DRAWS = 40
OUTLOOK = 30
"""Working days after the start of a plant during which its source must be up."""


@dataclass(slots=True, eq=False)
class Kit:
    """What plants draw from and put into."""

    city: City
    rng: Random
    drafter: Drafter
    cashier: Cashier
    teller: Teller
    disturber: Disturber
    watch: Watch
    first: int
    last: int
    batches: list[Batch] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    claimed: set[tuple[str, str]] = field(default_factory=set)
    """Matters and months in which a yellow card was verified: a third one there would be another card."""

    @property
    def workdays(self) -> Workdays:
        """Return the working days of the city."""
        return self.city.lawbook.workdays(None)

    @property
    def end_day(self) -> int:
        """Return the day (ordinal) at whose beginning the feed ends."""
        return day_of(self.watch.end)

    def workday(self, room: int) -> int | None:
        """Return a working day with at least so many working days after it before the feed ends."""
        latest = self.workdays.before(self.end_day, room)
        days = [day for day in self.workdays.days if self.first <= day <= min(latest, self.last)]
        return days[int(self.rng.random() * len(days))] if days else None

    def case(
        self,
        where: Where,
        *,
        room: int = 0,
        day: int | None = None,
        wish: Wish = QUICK,
        nightly: bool = False,
        hour: int = 9,
    ) -> Plan | None:
        """Return a lawful case of a fitting matter, handed in on a day with room after it; None where none was found.

        ``nightly``: of a source that reports in nightly batches; else of one that reports at once.
        """
        for _ in range(DRAWS):
            start = day if day is not None else self.workday(room)
            if start is None:
                return None
            fitting = [
                (desk, matter)
                for matter in self.city.matters
                if self._is_up(desk := self.city.desk(matter), start, nightly=nightly) and self._fits(matter, start, where)
            ]
            if not fitting:
                if day is not None:
                    return None
                continue
            desk, matter = fitting[int(self.rng.random() * len(fitting))]
            handed_in = moment(start, hour) + int(self.rng.random() * 3600)
            plan = self.drafter.draft(desk, matter, handed_in, wish)
            if plan is not None and day_of(plan.submitted) == start:
                return plan
        return None

    def put(
        self,
        plan: Plan,
        *answers: Answer,
        expect: tuple[str, ...] = (),
        level: Level | None = None,
        instead: tuple[Answer, ...] = (),
        note: str = "",
    ) -> bool:
        """Put a case into the feed and its answers into the key; return whether it came to what it was meant for.

        ``expect`` names rules (of deadlines) the case must have broken, and no other; ``level`` is that of the first.
        ``instead`` replaces reckoned answers of the same rule and subject.
        """
        follow(plan, self.rng)
        records = self.teller.tell(plan)
        reckoned = {(one.rule_id, one.subject): one for one in deadline_answers(plan, self.watch, note)}
        broken = [rule for rule, _ in reckoned if rule not in {"OT_PROMISE_SOON", "CAL_MISSING"}]
        if sorted(broken) != sorted(rule for rule in expect if rule != "OT_PROMISE_SOON"):
            return False
        if "OT_PROMISE_SOON" in expect and not any(rule == "OT_PROMISE_SOON" for rule, _ in reckoned):
            return False
        if level is not None and reckoned[expect[0], ""].level != level.code:
            return False
        reckoned.update({(one.rule_id, one.subject): one for one in instead})
        self.answers.extend(reckoned.values())
        self.answers.extend(answers)
        opens = min((record.reported for record in records), default=self.watch.end)
        self.batches.append(Batch(opens, self.disturber.lines(plan, records)))
        return True

    def found(self, plan: Plan, rule_id: str, subject: str, level: Level, note: str) -> Answer:
        """Return the line of a card about a case that must be there."""
        return found(rule_id, plan.case_id, subject, level, plan.desk.org, note)

    def quiet(self, plan: Plan, rule_id: str, note: str, subject: str = "") -> Answer:
        """Return the line of a card about a case that must not be there."""
        return quiet(rule_id, plan.case_id, plan.desk.org, note, subject)

    def card(self, plan: Plan, rule_id: str, subject: str) -> str:
        """Return the id of a card."""
        return card_id(rule_id, plan.case_id, subject)

    def claim(self, plan: Plan, day: int) -> bool:
        """Claim a matter for the month of a day; return whether it was free."""
        return self.claim_matter(plan.terms.matter, day)

    def claim_matter(self, matter: Matter, day: int) -> bool:
        """Claim a matter for the month of a day; return whether it was free."""
        key = (matter.code, month_of(day))
        if key in self.claimed:
            return False
        self.claimed.add(key)
        return True

    def _fits(self, matter: Matter, day: int, where: Where) -> bool:
        terms = self.city.lawbook.terms(matter, day)
        return terms is not None and where(terms)

    def _is_up(self, desk: Desk, day: int, *, nightly: bool) -> bool:
        if desk.reporter.nightly is not nightly:
            return False
        since, until = moment(day), moment(self.workdays.after(day, OUTLOOK))
        down = any(start < until and end > since for start, end in desk.reporter.outages)
        return not down and not any(start <= day_of(until) and end >= day for start, end in desk.silent)


def month_of(day: int) -> str:
    """Return the month of a day (ordinal) as six digits."""
    from streams.simulate.moments import compact_day

    return compact_day(day)[:6]


def in_office(plan: Plan, day: int, hour: int = 10, minute: int = 0) -> Moment:
    """Return a moment of a day (ordinal)."""
    return moment(day, hour, minute)
