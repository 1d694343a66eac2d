"""The tools of those who plant (布设工具): a lawful case of the right kind at the right time, and the key to it.

A plant bends a lawful plan and names what must be found. What its deadlines come to is reckoned for every plan alike,
so a plant about something else cannot forget that its case was late too; where a draw does not come to what the plant
is about, ``put`` refuses it (`Misfit`) and the plant is drawn again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from rules.catalog.models.matters import Matter
from rules.events.words import Level
from streams.simulate.aftermath import follow
from streams.simulate.city import City
from streams.simulate.deadlines import CALENDAR, SOON, deadline_answers
from streams.simulate.desk import Desk
from streams.simulate.disturb import Disturber
from streams.simulate.feed import Batch
from streams.simulate.key import Answer, found, quiet
from streams.simulate.moments import HOUR, compact_day, day_of, moment
from streams.simulate.money import Cashier
from streams.simulate.plan import Plan
from streams.simulate.skeleton import Drafter, Wish
from streams.simulate.telling import Teller
from streams.simulate.terms import Terms
from streams.simulate.watch import Watch
from streams.simulate.workdays import Workdays

T = TypeVar("T")
Where = Callable[[Terms], bool]
"""Which matters, by what they ask."""

QUICK = Wish(pace=0.35, answer_days=0.05, skipped=0.0)
"""A case that leaves room to be bent: accepted at once, finished early, every stage gone through."""

FIRST_HOUR = 9
DRAWS = 12
OUTLOOK = 30
"""Working days after the start of a plant during which its source must be up."""


class Misfit(Exception):
    """A draw does not fit a plant; it is drawn again."""


def need(condition: object) -> None:
    """Refuse the draw unless a condition holds; raises Misfit."""
    if not condition:
        raise Misfit


def the(value: T | None) -> T:
    """Return a value that is there; raises Misfit where it is not."""
    if value is None:
        raise Misfit
    return value


@dataclass(slots=True, eq=False)
class Kit:
    """What plants draw from and put into. ``first`` and ``last`` are the days (ordinals) of applications.

    ``claimed``: matters and months in which a yellow card is verified; one more there would add up to another card.
    """

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

    @property
    def workdays(self) -> Workdays:
        """Return the working days of the city."""
        return self.city.lawbook.workdays(None)

    def before_end(self, days: int) -> int:
        """Return the working day (ordinal) so many before the day at whose beginning the feed ends."""
        return self.workdays.before(day_of(self.watch.end), days)

    def some(self, low: int, high: int) -> int:
        """Return a whole number between two, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def one_of(self, among: Sequence[T]) -> T:
        """Return one of several; raises Misfit where there is none."""
        need(among)
        return among[int(self.rng.random() * len(among))]

    def workday(self, room: int) -> int:
        """Return a working day with at least so many working days after it before the feed ends."""
        return self.one_of(self.workdays.within(self.first, min(self.before_end(room), self.last)))

    def case(
        self,
        where: Where,
        *,
        room: int = 0,
        day: int | None = None,
        wish: Wish = QUICK,
        nightly: bool = False,
        outlook: int = OUTLOOK,
    ) -> Plan:
        """Return a lawful case of a fitting matter, handed in on a day, else on one with room after it.

        ``nightly``: of a source that reports in nightly batches; else of one that reports at once. ``outlook`` is for
        how many working days the source and the agency must be up. Raises Misfit where none is found.
        """
        for _ in range(1 if day is not None else DRAWS):
            start = day if day is not None else self.workday(room)
            up = {desk.org for desk in self.city.desks if self._is_up(desk, start, outlook, nightly=nightly)}
            among = self.rng.sample(self.city.matters, len(self.city.matters))
            matter = next((one for one in among if one.org_code in up and self._fits(one, start, where)), None)
            if matter is None:
                continue
            handed_in = moment(start, FIRST_HOUR) + int(self.rng.random() * HOUR)
            plan = self.drafter.draft(self.city.desk(matter), matter, handed_in, wish)
            if plan is not None and day_of(plan.submitted) == start:
                return plan
        raise Misfit

    def put(
        self,
        plan: Plan,
        *answers: Answer,
        expect: tuple[str, ...] = (),
        level: Level | None = None,
        instead: tuple[Answer, ...] = (),
        note: str = "",
    ) -> None:
        """Put a case into the feed and its answers into the key; raises Misfit where it is not what it was meant to be.

        ``expect`` names the rules about deadlines the case must have broken, and no other (a warning may come with
        any); ``level`` is that of the first. ``instead`` replaces reckoned answers of the same rule and subject.
        """
        follow(plan, self.rng)
        records = self.teller.tell(plan)
        reckoned = {(one.rule_id, one.subject): one for one in deadline_answers(plan, self.watch, note)}
        rules = {rule for rule, _ in reckoned} - {CALENDAR}
        need(rules - {SOON} == set(expect) - {SOON} and (SOON not in expect or SOON in rules))
        need(level is None or reckoned[expect[0], ""].level == level.code)
        reckoned.update({(one.rule_id, one.subject): one for one in instead})
        self.answers += [*reckoned.values(), *answers]
        opens = min(record.reported for record in records)
        self.batches.append(Batch(opens, self.disturber.lines(plan, records)))

    def found(self, plan: Plan, rule_id: str, subject: str, level: Level, note: str) -> Answer:
        """Return the line of a card about a case that must be there."""
        return found(rule_id, plan.case_id, subject, level, plan.desk.org, note=note)

    def quiet(self, plan: Plan, rule_id: str, note: str) -> Answer:
        """Return the line of a card about a case that must not be there, whatever its subject."""
        return quiet(rule_id, plan.case_id, plan.desk.org, note=note)

    def _fits(self, matter: Matter, day: int, where: Where) -> bool:
        terms = self.city.lawbook.terms(matter, day)
        return terms is not None and where(terms)

    def _is_up(self, desk: Desk, day: int, outlook: int, *, nightly: bool) -> bool:
        if desk.reporter.nightly is not nightly:
            return False
        until = self.workdays.after(day, outlook)
        down = any(start < moment(until) and end > moment(day) for start, end in desk.reporter.outages)
        return not down and not any(start <= until and end >= day for start, end in desk.silent)


def month_of(day: int) -> str:
    """Return the month of a day (ordinal) as six digits."""
    return compact_day(day)[:6]
