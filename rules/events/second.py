"""What the first tier tells the second: cards that moved, days on which an agency reported. Keyed by agency."""

from typing import Annotated

from rules.events.envelope import Event, Stamp, Text
from rules.events.words import said


class CardMoved(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="card.moved"):
    """信号变动: a card of the first tier as it stands since ``occurred_at``; the highest ``seq`` is the last word."""

    card_id: Annotated[str, said("监察编号")] = ""
    seq: Annotated[int, said("变动序号", unit="从 1 起")] = 0
    rule_id: Annotated[str, said("监察规则编号")] = ""
    subject: Annotated[str, said("监察对象")] = ""
    level: Annotated[str, said("级别", unit="notice/yellow/red")] = ""
    state: Annotated[str, said("状态")] = ""
    condition_at: Annotated[Stamp | None, said("条件成立时间")] = None
    verified: Annotated[bool, said("是否已经认定")] = False
    scope: Annotated[Text, said("所属办件")] = None


class OrgReported(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="org.reported"):
    """报送日: the first record an agency's systems reported on a local date; ``occurred_at`` is when it came in."""
