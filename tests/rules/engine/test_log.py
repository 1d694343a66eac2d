"""What counts of what was received: copies, versions, conflicts, corrections and voids."""

from itertools import permutations

import pytest

from rules.cases.log import content_hash
from rules.engine.cards import State
from tests.rules.engine.course import CASE, Course, Outcome

PROMISE = "OT_PROMISE_OVERDUE"
TAMPER = "DQ_TAMPER"


def accepted_at(outcome: Outcome) -> str | None:
    """When the case was accepted, as folded; None where it was not."""
    accepted = outcome.engine.dockets[CASE].facts.accepted
    return None if accepted is None else accepted.event.occurred_at[:16].replace("T", " ")


def everyhow(course: Course) -> set[str]:
    """What comes of a course in every order of arrival: acceptance as folded, and the cards that stand."""
    found = set()
    for log in permutations(course.log):
        outcome = course.judged(log=log)
        standing = {name: state for name, state in outcome.cards().items() if State.WITHDRAWN not in state}
        found.add(f"{accepted_at(outcome)} {standing}")
    return found


class TestCopies:
    def test_are_counted_and_say_nothing(self) -> None:
        course = Course().accepted().closed("2026-03-12 10:00")

        outcome = course.judged(log=[*course.log, *course.log])

        assert {"folded": 2, "duplicate": 2} == outcome.engine.counts
        assert [one.card.seq for one in course.judged().said] == [one.card.seq for one in outcome.said]

    def test_reported_again_later_keep_their_first_report(self) -> None:
        course = Course().accepted()
        course.tell("case.accepted", "2026-03-02 09:00", "accepted", reported="2026-03-09 09:00")

        assert {"SK_BACKFILL"}.isdisjoint(course.judged("2026-03-10 00:00").cards())
        assert 1 == len(everyhow(course))


class TestVersions:
    @pytest.mark.parametrize("versions", list(permutations((0, 1, 2))))
    def test_the_highest_counts_whenever_it_comes(self, versions: tuple[int, ...]) -> None:
        course = Course(PROMISE)
        for n, version in enumerate(versions):
            at, reported = f"2026-03-0{version + 2} 09:00", f"2026-03-05 0{n}:00"
            course.tell("case.accepted", at, "accepted", reported=reported, data_version=version)

        outcome = course.judged("2026-03-06 00:00")

        assert "2026-03-04 09:00" == accepted_at(outcome)
        assert {"folded": 3} == outcome.engine.counts

    def test_in_conflict_the_smaller_hash_counts_and_a_data_notice_says_so(self) -> None:
        course = Course(PROMISE, TAMPER).accepted()
        course.tell("case.accepted", "2026-03-03 09:00", "accepted", reported="2026-03-03 09:00")

        expected = min((filed.event for filed in course.log), key=content_hash).occurred_at[:16].replace("T", " ")
        outcome = course.judged("2026-03-04 00:00")

        assert expected == accepted_at(outcome)
        assert {f"{TAMPER} accepted": "OPEN notice"} == outcome.cards()
        assert 1 == len(everyhow(course))


class TestCorrections:
    def test_apply_as_if_it_had_always_been_so(self) -> None:
        course = (
            Course(PROMISE)
            .accepted()
            .corrected("accepted", "2026-03-04 09:00", occurred_at="2026-03-03T09:00:00+08:00")
        )

        assert "2026-03-03 09:00" == accepted_at(course.judged("2026-03-05 00:00"))
        assert 1 == len(everyhow(course))

    def test_of_one_event_apply_in_their_order(self) -> None:
        course = Course(PROMISE).accepted()
        course.corrected("accepted", "2026-03-04 09:00", "first", occurred_at="2026-03-03T09:00:00+08:00")
        course.corrected("accepted", "2026-03-05 09:00", "second", occurred_at="2026-03-04T09:00:00+08:00")

        assert "2026-03-04 09:00" == accepted_at(course.judged("2026-03-06 00:00"))
        assert 1 == len(everyhow(course))

    def test_may_arrive_before_their_target(self) -> None:
        course = (
            Course(PROMISE)
            .corrected("accepted", "2026-03-01 09:00", occurred_at="2026-03-03T09:00:00+08:00")
            .accepted()
        )

        assert "2026-03-03 09:00" == accepted_at(course.judged("2026-03-05 00:00"))

    def test_never_change_which_case_an_event_is_of_nor_when_it_was_reported(self) -> None:
        fields = {"case_id": "C2", "event_id": "x", "reported_at": "2026-03-20T09:00:00+08:00"}
        course = Course().accepted().corrected("accepted", "2026-03-04 09:00", **fields)

        accepted = course.judged("2026-03-05 00:00").engine.dockets[CASE].facts.accepted

        assert (CASE, "accepted", course.log[0].reported) == (
            accepted.event.case_id,
            accepted.event.event_id,
            accepted.reported,
        )

    def test_to_something_that_cannot_be_placed_leave_the_event_as_it_was(self) -> None:
        course = Course(PROMISE).accepted().corrected("accepted", "2026-03-04 09:00", occurred_at="2026-02-30")

        assert "2026-03-02 09:00" == accepted_at(course.judged("2026-03-05 00:00"))


class TestVoids:
    def test_take_their_target_out(self) -> None:
        course = Course(PROMISE).accepted().voided("accepted", "2026-03-04 09:00")

        assert accepted_at(course.judged("2026-03-05 00:00")) is None
        assert 1 == len(everyhow(course))

    def test_may_arrive_before_their_target(self) -> None:
        course = Course(PROMISE).voided("accepted", "2026-03-01 09:00").accepted()

        assert accepted_at(course.judged("2026-03-05 00:00")) is None

    def test_of_a_correction_bring_back_what_it_corrected(self) -> None:
        course = Course(PROMISE).accepted()
        course.corrected("accepted", "2026-03-04 09:00", "first", occurred_at="2026-03-03T09:00:00+08:00")
        course.voided("first", "2026-03-05 09:00")

        assert "2026-03-02 09:00" == accepted_at(course.judged("2026-03-06 00:00"))
        assert 1 == len(everyhow(course))

    def test_are_final(self) -> None:
        course = (
            Course(PROMISE).accepted().voided("accepted", "2026-03-04 09:00", "void").voided("void", "2026-03-05 09:00")
        )

        assert accepted_at(course.judged("2026-03-06 00:00")) is None
        assert 1 == len(everyhow(course))
