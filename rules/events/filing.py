"""Application, supplements, acceptance and close (申办、补正、受理、办结)."""

from decimal import Decimal
from typing import Annotated

from rules.events.envelope import Event, Text
from rules.events.words import ProjectType, Result, said


class Submitted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.submitted"):
    """申办: the applicant handed the application in; day 0 of the receipt clock."""

    apply_type: Annotated[Text, said("办理形式", gb="A.5", gd="TJFS")] = None
    channel: Annotated[Text, said("申报来源", gb="6.2 申报来源代码")] = None
    applicant_type: Annotated[Text, said("服务对象类型", gb="A.4")] = None
    applicant_hash: Annotated[Text, said("申请人标识摘要", unit="HMAC-SHA-256")] = None
    materials: Annotated[tuple[str, ...], said("材料清单", gd="SBCLQD")] = ()
    prior_case_id: Annotated[Text, said("原办件编号", gd="YSBLSH")] = None
    attributes: Annotated[dict[str, str] | None, said("其他办件属性", unit="名: 值")] = None


class PreAccepted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.pre_accepted"):
    """预受理: a first look; it answers nothing in law."""

    status: Annotated[Text, said("预受理状态", gd="YSLZTDM")] = None
    reason: Annotated[Text, said("原因", gd="BSLYY")] = None


class SupplementNotified(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="supplement.notified"):
    """补交告知: the applicant was told what is missing (行政许可法 32(4))."""

    items: Annotated[tuple[str, ...], said("补正材料", gd="7 清单")] = ()
    reason: Annotated[Text, said("补正原因", gd="7 原因")] = None
    notice_no: Annotated[Text, said("告知书编号")] = None
    corrects: Annotated[Text, said("所更正的告知书编号")] = None
    applicant_changed: Annotated[bool, said("因申请人新变更的材料")] = False


class SupplementReceived(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="supplement.received"):
    """补交受理: supplements came in; ``complete`` starts the receipt clock again."""

    items: Annotated[tuple[str, ...], said("已补材料", gd="8 清单")] = ()
    complete: Annotated[bool, said("是否补齐")] = False


class Accepted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.accepted"):
    """受理: day 0 of the promise and statutory clocks."""

    accept_doc_no: Annotated[Text, said("受理文书编号", gb="6.3 受理文书编号", gd="SLHZH")] = None
    project_type: Annotated[ProjectType | None, said("办件类型", gb="A.6")] = None
    promise_due: Annotated[Text, said("承诺办结时间", unit="日期，或含时区的时刻", gb="6.3 承诺办结时间")] = None
    statutory_limit: Annotated[int | None, said("法定办结时限", unit="见 statutory_unit")] = None
    statutory_unit: Annotated[Text, said("法定时限单位", gb="6.1")] = None
    promise_limit: Annotated[int | None, said("承诺办结时限", unit="见 promise_unit", gd="GDBLSX")] = None
    promise_unit: Annotated[Text, said("承诺时限单位", gb="6.1")] = None
    fee_expected: Annotated[Decimal | None, said("规定收费", unit="元", gd="GDSF")] = None
    accept_place: Annotated[Text, said("受理地点")] = None
    attributes: Annotated[dict[str, str] | None, said("其他办件属性", unit="名: 值")] = None


class NotAccepted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.not_accepted"):
    """不予受理: refused at the door, which needs a reason and a document (行政许可法 32, 38)."""

    reason_code: Annotated[Text, said("不予受理原因代码")] = None
    reason_text: Annotated[Text, said("不予受理原因", gd="BSLYY")] = None
    doc_no: Annotated[Text, said("文书编号")] = None
    remedy_told: Annotated[bool | None, said("是否告知救济权利")] = None


class Closed(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.closed"):
    """办结: the case is over for the agency."""

    result: Annotated[Result | None, said("办结结果", gb="6.5 办件结果", gd="BJJGDM，按来源映射")] = None
    source_result: Annotated[Text, said("来源结果代码", gd="BJJGDM")] = None
    certificate_no: Annotated[Text, said("结果证照编号", gb="6.5")] = None
    fee_total: Annotated[Decimal | None, said("收费金额合计", unit="元", gd="SFJE")] = None
    source_reason: Annotated[Text, said("作废或退回原因", gd="4")] = None


class Forwarded(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.forwarded"):
    """转报: sent to the higher agency (行政许可法 43)."""

    to_org: Annotated[Text, said("转报机关")] = None


class Reopened(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.reopened"):
    """恢复办理: an earlier close no longer counts."""

    reason: Annotated[Text, said("恢复原因")] = None
    approver: Annotated[Text, said("批准人")] = None


class Transferred(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.transferred"):
    """移送: another agency is responsible from here on."""

    to_org: Annotated[Text, said("接收部门代码")] = None
    reason: Annotated[Text, said("移送原因")] = None


class Withdrawn(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="case.withdrawn"):
    """申请人撤回."""

    reason: Annotated[Text, said("撤回原因")] = None
    signed: Annotated[bool | None, said("是否有申请人签字")] = None
