from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from streams.feed.reading import Letter
from streams.feed.sorting import Sorted, order

LETTERS = st.lists(
    st.tuples(st.integers(0, 50), st.one_of(st.none(), st.binary(max_size=5)), st.binary(max_size=300)), max_size=60
)


@given(LETTERS, st.integers(0, 4000))
def test_letters_come_back_by_their_reports_whether_they_fit_or_not(
    parts: list[tuple[int, bytes | None, bytes]], in_memory: int
) -> None:
    letters = [Letter(reported, seq, key, value) for seq, (reported, key, value) in enumerate(parts)]
    with TemporaryDirectory() as room:
        ordered = Sorted(Path(room), in_memory)

        passed = list(ordered.take(letters))

        assert letters == passed
        assert sorted(letters, key=order) == list(ordered)
        assert len(letters) == ordered.count


def test_more_than_fits_goes_to_disk(tmp_path: Path) -> None:
    ordered = Sorted(tmp_path, in_memory=1000)

    list(ordered.take(Letter(9 - at, at, None, b"x" * 400) for at in range(9)))

    assert list(range(1, 10)) == [letter.reported for letter in ordered]
    assert list(tmp_path.iterdir())
