from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from streams.log import Record
from streams.transport.lane import Lane


def a_lane(start: int = 0, committed: int | None = None) -> Lane:
    lane = Lane(TP("t", 0))
    lane.begin_at(start, committed)
    lane.ready = True
    return lane


def records(first: int, last: int) -> list[Record]:
    return [Record(at, 0, None, None) for at in range(first, last + 1)]


class TestBugA:
    """Faust commits past a batch that is still being worked on (#606): min(acked) - committed > 1 should be > 0."""

    def test_what_is_done_behind_a_batch_that_is_not_is_not_committed(self) -> None:
        lane = a_lane(2585, 2585)
        lane.take(records(2585, 2585))
        behind = lane.take(records(2586, 2589))

        lane.ack(behind)

        assert lane.to_commit is None

    def test_nor_is_it_where_nothing_was_ever_committed(self) -> None:
        lane = a_lane()
        lane.take(records(0, 0))
        behind = lane.take(records(1, 3))

        lane.ack(behind)

        assert lane.to_commit is None

    @given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.randoms(use_true_random=False))
    def test_in_any_order_of_acknowledgement_the_offset_stands_before_the_first_batch_not_done(
        self, sizes: list[int], chance: object
    ) -> None:
        lane = a_lane()
        ends = [sum(sizes[: at + 1]) for at in range(len(sizes))]
        flights = [lane.take(records(end - size, end - 1)) for end, size in zip(ends, sizes, strict=True)]
        order = list(range(len(flights)))
        chance.shuffle(order)  # type: ignore[attr-defined]  # a Random

        done: set[int] = set()
        for at in order:
            lane.ack(flights[at])
            done.add(at)
            first = next((at for at in range(len(flights)) if at not in done), len(flights))
            assert (ends[first - 1] if first else 0) == lane.processed

        assert ends[-1] == lane.to_commit


class TestLane:
    def test_a_revoked_lane_commits_nothing(self) -> None:
        lane = a_lane()
        lane.ack(lane.take(records(0, 4)))

        lane.live = False

        assert lane.to_commit is None

    def test_offsets_that_compaction_left_out_are_passed(self) -> None:
        lane = a_lane(3, 3)

        lane.ack(lane.take([Record(7, 0, b"k", b"v"), Record(12, 0, b"l", b"v")]))

        assert 13 == lane.to_commit

    def test_there_is_room_for_so_many_batches_once_it_is_ready(self) -> None:
        lane = a_lane()
        lane.ready = False
        assert not lane.has_room(2)

        lane.ready = True
        first, _ = lane.take(records(0, 0)), lane.take(records(1, 1))
        assert not lane.has_room(2)

        lane.ack(first)
        assert lane.has_room(2)

    def test_nothing_is_committed_where_nothing_was_done(self) -> None:
        assert a_lane().to_commit is None
        assert a_lane(5, 5).to_commit is None
