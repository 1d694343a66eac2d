"""The table at the end: what happened, and what of it was lost, said twice, or said otherwise."""

from collections.abc import Iterator
from unicodedata import east_asian_width

import msgspec

from tools.soak.campaign import Chronicle
from tools.soak.tally import Counted

COLUMNS = ("变动", "丢失", "重复", "多出", "不同")
NAME_WIDTH, WIDTH = 12, 9


class Found(msgspec.Struct, frozen=True):
    """What was found in the end: transitions in the topic and in the store, and what ``jiancha verify`` says.

    ``again``: records of the topic that say once more what was said, under the same id; ``seconds`` it all took.
    """

    in_topic: Counted
    in_store: Counted
    differences: tuple[str, ...]
    expected: int
    again: int
    seconds: float

    @property
    def holds(self) -> bool:
        """Return whether nothing was lost and nothing said twice or otherwise."""
        return self.in_topic.holds and self.in_store.holds and not self.differences


def report(chronicle: Chronicle, found: Found) -> Iterator[str]:
    """Yield the lines of the report."""
    killed = "，".join(f"{name} {count} 次" for name, count in sorted(chronicle.kills.items()))
    yield f"用时 {found.seconds / 60:.1f} 分钟"
    yield f"杀掉进程 {chronicle.kills.total()} 次（{killed}），重启 Kafka {chronicle.restarts} 次"
    yield f"ClickHouse 离开 {chronicle.away:.0f} 秒；送入开始 {chronicle.feeds} 次"
    yield f"进程自行结束后再起 {len(chronicle.ended)} 次"
    yield from (f"  {line}" for line in sorted(set(chronicle.ended)))
    yield f"应有变动 {found.expected:,} 次；主题中重说 {found.again:,} 次（编号和内容相同，只算一次）"
    yield f"核对（jiancha verify）差异 {len(found.differences):,} 处"
    yield from (f"  {line}" for line in found.differences[:10])
    yield ""
    yield _line("", COLUMNS)
    for name, one in (("信号主题", found.in_topic), ("ClickHouse", found.in_store)):
        counts = (one.there, len(one.lost), len(one.duplicated), len(one.false), len(one.otherwise))
        yield _line(name, [f"{count:,}" for count in counts])


def _line(name: str, cells: tuple[str, ...] | list[str]) -> str:
    return name + " " * (NAME_WIDTH - _width(name)) + "".join(" " * (WIDTH - _width(cell)) + cell for cell in cells)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
