"""Which facts of a case there are: one bit each. Folds return the bits they changed, rules declare those they read.

The numbers are stored with a case: stable, never reused.
"""

from typing import Final

SUBMITTED: Final = 1 << 0
"""申办."""
ANSWERED: Final = 1 << 1
"""补正告知、补正收到、不予受理."""
ACCEPTED: Final = 1 << 2
"""受理."""
PAUSES: Final = 1 << 3
"""特别程序."""
EXTENSIONS: Final = 1 << 4
"""延长."""
STAGES: Final = 1 << 5
"""环节."""
DECIDED: Final = 1 << 6
"""决定."""
CLOSED: Final = 1 << 7
"""办结、撤回、恢复."""
DELIVERED: Final = 1 << 8
"""领证通知、发证、送达."""
CHARGES: Final = 1 << 9
"""收费."""
LATE: Final = 1 << 10
"""迟到的事件."""
LAW: Final = 1 << 11
"""适用的事项、版本、方案."""
VERSIONS: Final = 1 << 12
"""更正、作废、版本、冲突."""
CARDS: Final = 1 << 13
"""监察信号的送达、反馈与认定；二级监察的一级信号."""
REPORTS: Final = 1 << 14
"""部门的报送与心跳."""

ENTERED: Final = 1 << 15
"""环节开始，尚未结束。"""

REOPENED: Final = 1 << 16
"""恢复办理: what the close had ended runs again. Whatever reads the close is asked."""

CLOCK: Final = SUBMITTED | ANSWERED | ACCEPTED | PAUSES | EXTENSIONS | LAW
"""Facts the legal clocks rest on; all but what stops them."""
BITS: Final = 17
FACTS: Final = (1 << BITS) - 1
NAMES: Final[dict[int, str]] = {
    SUBMITTED: "申办",
    ANSWERED: "受理前答复",
    ACCEPTED: "受理",
    PAUSES: "特别程序",
    EXTENSIONS: "延长",
    STAGES: "环节",
    ENTERED: "环节开始",
    DECIDED: "决定",
    CLOSED: "办结",
    DELIVERED: "送达",
    CHARGES: "收费",
    LATE: "迟报",
    LAW: "适用依据",
    VERSIONS: "数据更正",
    CARDS: "监察信号",
    REPORTS: "报送",
    REOPENED: "恢复办理",
}
SHOWN_BY: Final[dict[str, int]] = {
    "submitted": SUBMITTED,
    "answers": ANSWERED,
    "pauses": PAUSES,
    "extensions": EXTENSIONS,
    "stages": STAGES | ENTERED,
    "closed": CLOSED,
    "charges": CHARGES,
    "assessed": CHARGES,
    "audited": LATE | CLOSED,
    "tampering": VERSIONS,
    "alerts": CARDS,
}
"""For what a rule may be about (``Rule.needs``): it stays empty until one of these changed."""
