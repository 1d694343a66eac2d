"""Stages, suspensions, extensions, members, hearings, decision and result (环节、特别程序、决定、送达)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from rules.events.envelope import Event, Stamp, Text
from rules.events.words import PauseKind, Result, StageResult, said


class StageEntered(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="stage.entered"):
    """环节开始."""

    stage_code: Annotated[Text, said("环节代码", gb="6.4 环节", gd="SPHJDM")] = None
    occurrence: Annotated[int | None, said("第几次进入", unit="从 1 起")] = None
    stage_name: Annotated[Text, said("环节名称", gb="6.4 环节名称")] = None
    step_no: Annotated[int | None, said("步骤号", gd="SPBZH")] = None
    role: Annotated[Text, said("岗位角色")] = None
    unit: Annotated[Text, said("处理单位", gb="6.4 处理单位")] = None
    due_at: Annotated[Text, said("环节应办结时间", unit="日期，或含时区的时刻")] = None


class StageCompleted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="stage.completed"):
    """环节结束."""

    stage_code: Annotated[Text, said("环节代码", gb="6.4 环节", gd="SPHJDM")] = None
    occurrence: Annotated[int | None, said("第几次进入", unit="从 1 起")] = None
    stage_name: Annotated[Text, said("环节名称", gb="6.4 环节名称")] = None
    action: Annotated[Text, said("业务动作", gb="6.4 业务动作")] = None
    opinion: Annotated[Text, said("处理意见", gb="6.4 处理意见")] = None
    started_at: Annotated[Stamp | None, said("环节开始时间", gb="6.4 环节开始时间")] = None
    ended_at: Annotated[Stamp | None, said("环节结束时间", gb="6.4 环节结束时间")] = None
    result: Annotated[StageResult | None, said("环节结果", gd="SPHJZTDM，按来源映射")] = None
    role: Annotated[Text, said("岗位角色")] = None
    unit: Annotated[Text, said("处理单位", gb="6.4 处理单位")] = None
    due_at: Annotated[Text, said("环节应办结时间", unit="日期，或含时区的时刻")] = None


class PauseStarted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="pause.started"):
    """特别程序开始: 挂起; only the eight kinds of 行政许可法 45 stop the clock."""

    kind: Annotated[PauseKind | None, said("特别程序种类", gb="6.4 特别程序种类", gd="TBCXZL")] = None
    kind_name: Annotated[Text, said("特别程序名称")] = None
    pause_no: Annotated[Text, said("业务流水号", gd="YWLSH")] = None
    reason: Annotated[Text, said("启动理由或依据", gb="6.4")] = None
    approver: Annotated[Text, said("批准人", gd="5 批准人")] = None
    limit: Annotated[int | None, said("特别程序时限", unit="见 limit_unit", gd="TBCXSX")] = None
    limit_unit: Annotated[Text, said("特别程序时限单位", gd="5 单位")] = None
    applicant_told: Annotated[bool | None, said("是否书面告知申请人")] = None


class PauseEnded(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="pause.ended"):
    """特别程序结束."""

    kind: Annotated[PauseKind | None, said("特别程序种类", gd="TBCXZL")] = None
    pause_no: Annotated[Text, said("业务流水号", gd="YWLSH")] = None
    result: Annotated[Text, said("特别程序结果", gb="6.4", gd="6 结果")] = None
    fee: Annotated[Decimal | None, said("特别程序收费", unit="元", gd="TBCXSFJE")] = None


class ExtensionGranted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="extension.granted"):
    """延长审批: more time, once, with approval and the reason told (行政许可法 42)."""

    days: Annotated[int | None, said("延长时限", unit="见 unit，缺省为工作日")] = None
    unit: Annotated[Text, said("延长时限单位")] = None
    requested_at: Annotated[Stamp | None, said("申请延长时间")] = None
    granted_at: Annotated[Stamp | None, said("批准延长时间")] = None
    approver: Annotated[Text, said("批准人")] = None
    reason: Annotated[Text, said("延长理由")] = None
    applicant_told: Annotated[bool | None, said("是否告知申请人理由")] = None


class MemberRequested(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="member.requested"):
    """并联征询: a member agency was asked."""

    member_org: Annotated[Text, said("成员部门代码")] = None
    request_no: Annotated[Text, said("征询编号")] = None
    joint_case_no: Annotated[Text, said("联办编号")] = None
    limit: Annotated[int | None, said("答复时限", unit="工作日")] = None


class MemberReplied(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="member.replied"):
    """并联回复."""

    member_org: Annotated[Text, said("成员部门代码")] = None
    request_no: Annotated[Text, said("征询编号")] = None
    joint_case_no: Annotated[Text, said("联办编号")] = None
    opinion: Annotated[Text, said("意见")] = None


class HearingRequested(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="hearing.requested"):
    """申请听证 (行政许可法 47)."""

    held_on: Annotated[date | None, said("拟听证日期")] = None


class HearingHeld(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="hearing.held"):
    """举行听证 (行政许可法 48)."""

    held_on: Annotated[date | None, said("听证日期")] = None
    noticed_on: Annotated[date | None, said("听证通知日期")] = None


class DecisionMade(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="decision.made"):
    """决定: stops the statutory clock (行政许可法 38, 42)."""

    result: Annotated[Result | None, said("决定结果", gd="按来源映射")] = None
    reason: Annotated[Text, said("理由")] = None
    remedy_told: Annotated[bool | None, said("是否告知救济权利")] = None
    doc_no: Annotated[Text, said("决定文书编号")] = None


class CertificateReady(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="certificate.ready"):
    """领证通知: the notice to collect stops the issue clock."""

    certificate_no: Annotated[Text, said("证照编号")] = None


class CertificateIssued(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="certificate.issued"):
    """发证 (行政许可法 44)."""

    certificate_no: Annotated[Text, said("证照编号", gb="6.5")] = None


class ResultDelivered(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="result.delivered"):
    """领取、送达."""

    how: Annotated[Text, said("领取方式", gd="9")] = None
    collector: Annotated[Text, said("领取人类别", gd="9")] = None


class ResultPublished(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="result.published"):
    """结果公开 (行政许可法 40)."""

    url: Annotated[Text, said("公开地址")] = None
