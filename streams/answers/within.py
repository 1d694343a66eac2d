"""Of what an answer speaks (人群): the same cases or events are asked of ours."""

from collections.abc import Callable

import msgspec

from rules.cases.case import Case
from rules.events.handling import StageCompleted
from streams.answers.judged import Judged

REGULAR = "WABO-REGULIER"


class Within(msgspec.Struct, frozen=True):
    """Cases, by what is known of them at the end of the log; ``title`` in Chinese."""

    title: str
    holds: Callable[[Case], bool]

    def count(self, judged: Judged) -> int:
        """Return how many there are."""
        return sum(map(self.holds, judged.cases.values()))


class Records(msgspec.Struct, frozen=True):
    """Records of the log (日志中的事件)."""

    title: str
    holds: Callable[[StageCompleted], bool]

    def count(self, judged: Judged) -> int:
        """Return how many there are, each as often as it stands in the log."""
        return sum(isinstance(told.event, StageCompleted) and self.holds(told.event) for told in judged.log.events)


Population = Within | Records

ALL = Within("全部办件", lambda _: True)
CLOSED = Within("已办结", lambda case: case.closed is not None)
OPEN = Within("未办结", lambda case: case.closed is None)
SENT = Within("有 T05", lambda case: "T05" in case.stages_by_code)
CHECKED = Within("有 T02 和 T04", lambda case: {"T02", "T04"} <= case.stages_by_code.keys())
DECIDED = Within("已决定", lambda case: case.decided is not None)
DECIDED_REGULAR = Within("已决定、常规程序", lambda case: case.decided is not None and case.task_code == REGULAR)
CHARGED = Within("有收费", lambda case: bool(case.assessed))
DATED = Records("有应办结日和办结日的事件", lambda event: event.due_at is not None and event.ended_at is not None)
EVERY_RECORD = Records("全部事件", lambda _: True)
