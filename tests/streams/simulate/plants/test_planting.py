from datetime import date
from random import Random

import pytest

from streams.simulate.city import build_city
from streams.simulate.disturb import Disturber
from streams.simulate.moments import moment
from streams.simulate.money import Cashier
from streams.simulate.numbering import Numbering
from streams.simulate.options import CALM
from streams.simulate.plants.bend import decide_on, promise_due
from streams.simulate.plants.kit import Kit, Misfit, need, the
from streams.simulate.plants.planting import PLANTS, name_of, set_all
from streams.simulate.plants.where import every, judged_by, promised, room_to_statutory
from streams.simulate.skeleton import Drafter
from streams.simulate.telling import Teller
from streams.simulate.terms import Lawbook
from streams.simulate.watch import Watch
from tests.streams.simulate.shili import shili

FIRST, LAST = date(2026, 1, 5).toordinal(), date(2026, 4, 3).toordinal()
END = moment(LAST + 7)
LATE = "OT_PROMISE_OVERDUE"
ORDINARY = every(promised(4, 8), judged_by(LATE), room_to_statutory(9))


@pytest.fixture
def kit() -> Kit:
    rng = Random(1)
    lawbook = Lawbook(shili(), FIRST, LAST)
    city = build_city(shili(), lawbook, rng, 0.0, {})
    return Kit(
        city=city,
        rng=rng,
        drafter=Drafter(lawbook, rng, Numbering()),
        cashier=Cashier(shili(), rng),
        teller=Teller(rng, END),
        disturber=Disturber(CALM, rng, END),
        watch=Watch(END, {}),
        first=FIRST,
        last=LAST,
    )


class TestTheKit:
    def test_puts_a_late_case_with_its_answer(self, kit: Kit) -> None:
        plan = kit.case(ORDINARY, room=22)
        decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1))

        kit.put(plan, expect=(LATE,), note="迟了一日")

        assert [(plan.case_id, "迟了一日")] == [
            (answer.case_id, answer.note) for answer in kit.answers if answer.rule_id == LATE
        ]
        assert 1 == len(kit.batches)

    def test_refuses_a_case_that_is_not_what_it_was_meant_to_be(self, kit: Kit) -> None:
        plan = kit.case(ORDINARY, room=22)

        with pytest.raises(Misfit):
            kit.put(plan, expect=(LATE,))

        assert not kit.batches
        assert not kit.answers

    def test_refuses_a_case_that_broke_a_deadline_nobody_meant_it_to(self, kit: Kit) -> None:
        plan = kit.case(ORDINARY, room=22)
        decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1))

        with pytest.raises(Misfit):
            kit.put(plan)

    def test_finds_no_case_of_a_matter_that_is_not_there(self, kit: Kit) -> None:
        with pytest.raises(Misfit):
            kit.case(lambda terms: terms.matter.code == "none", room=5)

    def test_hands_in_on_the_day_it_was_asked_for(self, kit: Kit) -> None:
        day = kit.before_end(30)

        assert day == kit.case(ORDINARY, day=day).submitted // 86_400

    def test_refuses_what_is_missing(self) -> None:
        with pytest.raises(Misfit):
            need(0)
        with pytest.raises(Misfit):
            the(None)


class TestThePlants:
    def test_are_each_listed_once(self) -> None:
        assert len(PLANTS) == len({name_of(plant) for plant in PLANTS})

    def test_say_what_they_plant(self) -> None:
        assert all(plant.__doc__ for plant in PLANTS)

    def test_all_find_a_place_in_the_example_city_again_and_again(self, kit: Kit) -> None:
        assert [] == set_all(kit, 3)

    def test_that_find_none_are_named(self, kit: Kit) -> None:
        kit.last = kit.first

        unplaced = set_all(kit, 1)

        assert "promise.old_version_kept" in unplaced
        assert set(unplaced) <= {name_of(plant) for plant in PLANTS}
