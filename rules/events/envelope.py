"""What every event carries."""

from typing import Annotated

import msgspec

from rules.events.words import HandlingMode, Precision, said

Text = str | None
Stamp = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
"""An instant as ISO 8601 text with its zone; ``instants.instant_of`` reads it. Without its zone it is refused."""


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag_field="event_type"):
    """An event (事件): one thing that happened, as its source says it.

    Immutable. ``defects`` names fields that were there and could not be read, with the reason; such a field is None.
    """

    event_id: Annotated[str, said("事件编号")]
    occurred_at: Annotated[Stamp, said("发生时间", unit="含时区的时刻")]
    case_id: Annotated[Text, said("办件编号", gb="6.2–6.9 办件编号", gd="SBLSH 申办流水号")] = None
    reported_at: Annotated[Stamp | None, said("到达时间", unit="含时区的时刻，由本方日志盖章")] = None
    time_precision: Annotated[Precision, said("时间精度")] = Precision.SECOND
    task_code: Annotated[Text, said("实施编码", gb="6.1 实施编码", gd="SXBM 事项编码")] = None
    task_version: Annotated[int | None, said("事项版本")] = None
    task_type: Annotated[Text, said("事项类型代码", gb="A.1")] = None
    org_code: Annotated[Text, said("部门统一社会信用代码", gb="6.3 受理单位代码")] = None
    region_code: Annotated[Text, said("行政区划代码", gb="6.2 行政区划", gd="XZQHDM")] = None
    data_source: Annotated[Text, said("数据来源")] = None
    data_version: Annotated[int, said("数据版本号", gd="SJBBH")] = 0
    operator_id: Annotated[Text, said("经办人编号")] = None
    handling_mode: Annotated[HandlingMode | None, said("办理方式")] = None
    priority: Annotated[Text, said("绿色通道等优先级")] = None
    defects: Annotated[tuple[str, ...], said("读不出的字段及原因")] = ()


class Archived(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Envelope fields that no rule reads: the archive keeps them with the record, the core does not carry them."""

    schema_version: Annotated[Text, said("报文版本")] = None
    catalog_code: Annotated[Text, said("基本编码", gb="6.1 基本编码")] = None
    org_name: Annotated[Text, said("部门名称", gb="6.3 受理单位")] = None
    operator_name: Annotated[Text, said("经办人姓名", gb="6.4 环节处理人")] = None
    sent_at: Annotated[Stamp | None, said("发送时间", unit="含时区的时刻，来源自称")] = None
    batch_id: Annotated[Text, said("批次号", gd="cd_batch")] = None
