from hypothesis import given
from hypothesis import strategies as st

from benchmarks.deadlines import LIMITS, deadlines, stepped
from tests.benchmarks.small import law


@given(st.integers(730_000, 738_000), st.sampled_from(LIMITS))
def test_stepping_from_day_to_day_comes_to_the_same_day(day: int, n: int) -> None:
    days = law().days

    assert stepped(days, [(day, n)]) == [days.nth_after(day, n)]


def test_no_deadline_differs_from_stepping() -> None:
    figures = {figure.what: figure.value for figure in deadlines(law(), 2_000, 1)}

    assert figures["days that differ from stepping"] == 0
    assert figures["with its certainty (due_after)"] > 0
