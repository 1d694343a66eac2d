import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.live.guard import Guard, TooManyAside


def test_a_few_bad_records_stop_nothing() -> None:
    guard = Guard(ratio=0.2, window=100, run=10)

    for _ in range(1000):
        guard.saw(10, 1, "x-0-1")


def test_too_many_in_a_row_stop_the_worker_and_name_the_last() -> None:
    guard = Guard(ratio=1, window=1000, run=10)
    guard.saw(5, 5, "e-0-4 case_id 不是 JSON")

    with pytest.raises(TooManyAside, match=r"连续 10 条.*e-0-9 case_id 不是 JSON"):
        guard.saw(5, 5, "e-0-9 case_id 不是 JSON")


def test_a_good_record_between_them_ends_a_row() -> None:
    guard = Guard(ratio=1, window=1000, run=10)

    for _ in range(20):
        guard.saw(9, 9, "bad")
        guard.saw(1, 0, "")


def test_too_large_a_share_of_the_last_records_stops_the_worker() -> None:
    guard = Guard(ratio=0.2, window=100, run=1000)
    for _ in range(9):
        guard.saw(10, 2, "bad")
    guard.saw(10, 2, "bad")

    with pytest.raises(TooManyAside, match=r"上限 20%.*e-3-7"):
        guard.saw(10, 9, "e-3-7")


def test_what_lies_further_back_than_the_window_is_forgotten() -> None:
    guard = Guard(ratio=0.5, window=100, run=1000)
    guard.saw(40, 40, "bad")
    for _ in range(20):
        guard.saw(10, 0, "")

    for _ in range(10):
        guard.saw(10, 4, "bad")


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), max_size=60))
def test_below_both_bounds_it_never_stops(batches: list[tuple[int, int]]) -> None:
    guard = Guard(ratio=0.5, window=50, run=10**6)

    for read, aside in batches:
        guard.saw(read, min(aside, read // 2), "x")
