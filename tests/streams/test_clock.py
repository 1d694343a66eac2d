from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rules.events.instants import DAY, SECOND, from_datetime
from streams.clock import Clock, clock_of
from streams.settings.clock import ClockKind, ClockSettings

INSTANTS = st.integers(min_value=0, max_value=4_000_000_000 * SECOND)
FACTORS = st.fractions(min_value="1/1000", max_value=10_000_000, max_denominator=1000)


def test_a_day_passes_in_ten_seconds() -> None:
    real, sim = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 5, tzinfo=UTC)
    settings = ClockSettings(kind=ClockKind.SCALED, epoch_real=real, epoch_sim=sim, factor=Decimal(8640))

    clock = clock_of(settings, read=lambda: from_datetime(real) + 10 * SECOND)

    assert from_datetime(sim) + DAY == clock.now()
    assert 10.0 == clock.until(from_datetime(sim) + 2 * DAY)
    assert 0.0 == clock.until(from_datetime(sim))


def test_other_clocks_take_stamps_at_their_word() -> None:
    for kind in (ClockKind.REAL, ClockKind.REHEARSAL):
        clock = clock_of(ClockSettings(kind=kind), read=lambda: 7)

        assert (5, 5, 7) == (clock.sim(5), clock.real(5), clock.now())


@given(INSTANTS, INSTANTS, FACTORS, INSTANTS)
def test_the_stamp_of_an_instant_is_the_first_that_reaches_it(real: int, sim: int, factor: object, wanted: int) -> None:
    clock = Clock(epoch_real=real, epoch_sim=sim, factor=factor)  # type: ignore[arg-type]  # a Fraction

    stamp = clock.real(wanted)

    assert clock.sim(stamp - 1) < wanted <= clock.sim(stamp)


@given(INSTANTS, INSTANTS, FACTORS, INSTANTS, st.integers(min_value=0, max_value=DAY))
def test_time_never_runs_back(real: int, sim: int, factor: object, stamp: int, more: int) -> None:
    clock = Clock(epoch_real=real, epoch_sim=sim, factor=factor)  # type: ignore[arg-type]  # a Fraction

    assert clock.sim(stamp) <= clock.sim(stamp + more)
