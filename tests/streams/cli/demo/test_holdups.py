from streams.cli.demo.holdups import Walk, longest_of
from tests.rules.calendar.national import instant, national

DAYS = national()
NOW = instant("2026-04-10 00:00")


def test_the_stage_that_took_longest_after_the_one_before_held_the_case_up() -> None:
    walk = Walk(
        accepted=instant("2026-03-02 09:00"),
        ends={"SC": instant("2026-03-03 10:00"), "JD": instant("2026-03-17 10:00"), "BZ": instant("2026-03-18 10:00")},
    )

    assert ("JD", 10) == longest_of(walk, DAYS, NOW)


def test_days_off_are_not_counted() -> None:
    walk = Walk(accepted=instant("2026-02-13 09:00"), ends={"SC": instant("2026-02-24 10:00")})

    assert ("SC", 2) == longest_of(walk, DAYS, NOW)  # Saturday the 14th is worked, the 15th to the 23rd are not


def test_a_stage_that_has_not_ended_holds_up_until_now() -> None:
    walk = Walk(
        accepted=instant("2026-04-01 09:00"),
        ends={"SL": instant("2026-04-01 10:00")},
        starts={"SL": instant("2026-04-01 09:00"), "SC": instant("2026-04-02 09:00")},
    )

    assert ("SC", 6) == longest_of(walk, DAYS, NOW)


def test_without_an_acceptance_the_first_stage_begins_it() -> None:
    walk = Walk(starts={"SC": instant("2026-03-02 09:00")}, ends={"SC": instant("2026-03-04 09:00")})

    assert ("SC", 2) == longest_of(walk, DAYS, NOW)


def test_a_case_done_within_a_day_was_held_up_by_nothing() -> None:
    walk = Walk(accepted=instant("2026-03-02 09:00"), ends={"SC": instant("2026-03-02 10:00")})

    assert longest_of(walk, DAYS, NOW) is None
    assert longest_of(Walk(), DAYS, NOW) is None
