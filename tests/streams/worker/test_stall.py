import pytest

from streams.worker.stall import Place, Stalled, StallWatch, Standing

EVENTS: Place = ("jiancha.events", 3)


def test_commits_that_move_are_no_stall_however_long_the_log() -> None:
    watch = StallWatch(60)

    for second in range(1000):
        watch.look({EVENTS: Standing(second, 10**6)}, float(second))


def test_commits_that_stand_still_while_records_wait_end_the_worker_and_say_where() -> None:
    watch = StallWatch(60)
    for second in range(61):
        watch.look({EVENTS: Standing(41, 42)}, float(second))

    with pytest.raises(Stalled, match=r"jiancha\.events-3 的位点 41 已有 61 秒不动，而日志已到 42"):
        watch.look({EVENTS: Standing(41, 42)}, 61.0)


def test_where_nothing_waits_standing_still_is_no_stall() -> None:
    watch = StallWatch(60)

    for second in range(1000):
        watch.look({EVENTS: Standing(42, 42)}, float(second))
    for second in range(1000, 1060):
        watch.look({EVENTS: Standing(42, 43)}, float(second))


def test_what_is_waited_for_knowingly_is_excused_and_counts_from_its_end() -> None:
    watch = StallWatch(60)
    for second in range(1000):
        watch.look({EVENTS: Standing(1, 9)}, float(second), excused=True)

    for second in range(1000, 1060):
        watch.look({EVENTS: Standing(1, 9)}, float(second))


def test_a_partition_that_came_back_counts_anew() -> None:
    watch = StallWatch(60)
    for second in range(60):
        watch.look({EVENTS: Standing(1, 9)}, float(second))
    watch.look({}, 60.0)

    for second in range(61, 121):
        watch.look({EVENTS: Standing(1, 9)}, float(second))
