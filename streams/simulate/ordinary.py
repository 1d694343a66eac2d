"""The ordinary cases of a city (日常办件): lawful, disturbed on the way, with what their deadlines come to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rules.events.words import ProjectType, Result
from streams.simulate.aftermath import consult, follow
from streams.simulate.arrivals import Arrival, wish
from streams.simulate.city import City
from streams.simulate.deadlines import deadline_answers
from streams.simulate.disturb import Disturber
from streams.simulate.feed import Batch, Line
from streams.simulate.key import Answer
from streams.simulate.money import Cashier
from streams.simulate.skeleton import Drafter
from streams.simulate.telling import Teller
from streams.simulate.watch import Watch

CHARGED = frozenset({Result.GRANTED, Result.DENIED})


@dataclass(frozen=True, slots=True, eq=False)
class Ordinary:
    """What ordinary cases are made with; ``answers`` is the key they go into."""

    city: City
    rng: Random
    drafter: Drafter
    cashier: Cashier
    teller: Teller
    disturber: Disturber
    watch: Watch
    answers: list[Answer]

    def batches(self, coming: Sequence[Arrival]) -> Iterator[Batch]:
        """Yield the lines of each case, in the order of application."""
        for arrival in coming:
            yield Batch(arrival.at, self._case(arrival))

    def _case(self, arrival: Arrival) -> list[Line]:
        desk = self.city.desk(arrival.matter)
        plan = self.drafter.draft(desk, arrival.matter, arrival.at, wish(desk, self.rng, online=arrival.online))
        if plan is None:
            return []
        if plan.result in CHARGED:
            self.cashier.charge(plan)
        consult(plan, self.city.desks, self.rng)
        follow(plan, self.rng)
        if plan.terms.version.project_type is not ProjectType.INSTANT:
            self.disturber.plan(plan)
        records = self.teller.tell(plan)
        self.answers.extend(deadline_answers(plan, self.watch))
        return self.disturber.lines(plan, records)
