"""Events that speak of events and of their sources (更正、作废、心跳、停机)."""

from typing import Annotated, Any

from rules.events.envelope import Event, Stamp, Text
from rules.events.words import said


class EventCorrected(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="event.corrected"):
    """数据更正: the target is folded as if it had always had these fields; the original stays in the evidence."""

    target_event_id: Annotated[Text, said("被更正的事件")] = None
    fields: Annotated[dict[str, Any] | None, said("更正后的字段", unit="名: 值")] = None
    reason: Annotated[Text, said("更正原因")] = None
    approver: Annotated[Text, said("批准人")] = None


class EventVoided(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="event.voided"):
    """作废: the target is folded as if it had never been; final, and may arrive before its target."""

    target_event_id: Annotated[Text, said("被作废的事件")] = None
    reason: Annotated[Text, said("作废原因")] = None
    approver: Annotated[Text, said("批准人")] = None


class Heartbeat(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="source.heartbeat"):
    """心跳: the source is alive and complete through an instant."""

    org_codes: Annotated[tuple[str, ...], said("所代表的部门")] = ()
    complete_through: Annotated[Stamp | None, said("数据完整至")] = None
    backlog: Annotated[int | None, said("积压条数")] = None


class Outage(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="source.outage"):
    """停机公告: findings about this span wait until its end."""

    started_at: Annotated[Stamp | None, said("开始时间")] = None
    ended_at: Annotated[Stamp | None, said("结束时间")] = None
    reason: Annotated[Text, said("原因")] = None


class Tick(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="tick"):
    """时钟记录: the log says what time it is; timers fire on records and ticks only."""
