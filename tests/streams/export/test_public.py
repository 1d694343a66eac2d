from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.export.public import PARTS, SMALL, Figures, Group, is_small, share, withheld

COUNTS = ("cases", "open", "closed", "closed_timed", "closed_on_time", "verified_red", "verified_yellow")
sizes = st.integers(0, 12)


def row(name: str, opened: int, closed: int, red: int = 0, yellow: int = 0) -> Figures:
    numbers = (opened + closed, opened, closed, closed, closed, red, yellow)
    return Figures(name, dict(zip(COUNTS, numbers, strict=True)))


class TestSmallNumbers:
    def test_one_to_four_point_at_someone(self) -> None:
        assert [False, True, True, True, True, False] == [is_small(n) for n in range(6)]

    def test_few_cases_are_withheld_whole(self) -> None:
        [told] = withheld([row("甲", 1, 2)])

        assert {Group.CASES, Group.SPLIT} == told.hidden

    def test_a_small_part_withholds_the_other_part(self) -> None:
        [told] = withheld([row("甲", 2, 40)])

        assert {Group.SPLIT} == told.hidden

    def test_nothing_is_no_small_number(self) -> None:
        [told] = withheld([row("甲", 0, 40, red=0, yellow=6)])

        assert set() == told.hidden

    def test_one_withheld_number_withholds_the_next_smallest(self) -> None:
        told = withheld([row("甲", 10, 10, red=2), row("乙", 10, 10, red=30), row("丙", 10, 10, red=8)])

        assert [{Group.CARDS}, set(), {Group.CARDS}] == [one.hidden for one in told]


@given(st.lists(st.tuples(sizes, sizes, sizes, sizes), min_size=2, max_size=6))
def test_no_small_number_can_be_found_from_the_total_and_the_rest(drawn: list[tuple[int, int, int, int]]) -> None:
    rows = withheld([row(str(at), *one) for at, one in enumerate(drawn)])

    for group, parts in PARTS.items():
        hidden = [one for one in rows if group in one.hidden]
        shown = [one for one in rows if group not in one.hidden]
        assert not any(is_small(one.numbers[part]) for one, part in product(shown, parts))
        if hidden and any(sum(one.numbers[part] for part in parts) for one in shown):
            assert len(hidden) > 1
            assert not any(is_small(sum(one.numbers[part] for one in hidden)) for part in parts)


class TestShare:
    @pytest.mark.parametrize(
        ("part", "whole", "told"),
        [(40, 50, "80%"), (50, 50, "100%"), (0, 50, "0%"), (48, 50, "≥92%"), (3, 50, None), (3, 4, None), (0, 0, None)],
    )
    def test_a_share_points_at_nobody(self, part: int, whole: int, told: str | None) -> None:
        assert told == share(part, whole)

    @given(st.integers(SMALL, 10_000), st.integers(1, SMALL - 1))
    def test_what_is_said_of_a_small_rest_is_true_and_the_same_for_all_small_rests(self, whole: int, rest: int) -> None:
        if whole - rest < SMALL:
            return
        told = share(whole - rest, whole)

        assert told is not None
        assert share(whole - 1, whole) == told
        assert 100 * (whole - rest) / whole >= int(told.strip("≥%"))
