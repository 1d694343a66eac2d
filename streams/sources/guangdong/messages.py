"""Each of the ten messages to its events.

Field names are those of the exchange: initials of the Chinese names, said here once. An event's id is made of the
serial number of the application (SBLSH), the number of the message and, where a case has several, its serial; the
data version is not in it, so that a message sent again with a higher SJBBH corrects the first.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from rules.events.decode import Unplaceable
from rules.events.words import Result
from streams.sources.derive import DECIDED_BY_CLOSE, DECIDED_BY_STAGE, decisive_stages
from streams.sources.draft import Draft
from streams.sources.guangdong.model import GuangdongCodes, GuangdongSpec
from streams.sources.mapping.values import Turns

NUMBERS: Mapping[str, int] = {
    "ApplicationOB": 0,
    "PreAcceptOB": 1,
    "AcceptOB": 2,
    "SubmitOB": 3,
    "CompleteOB": 4,
    "BlockOB": 5,
    "ResumeOB": 6,
    "SupplyOB": 7,
    "SupplyAcceptOB": 8,
    "ReceiveRegOB": 9,
}
"""Messages by the class names of the exchange's interface."""
_YUAN = frozenset({"", "CNY", "RMB", "156", "人民币", "人民币元"})


class Told(NamedTuple):
    """What one message says: its events, and what can only be settled when the whole case is known."""

    drafts: list[Draft]
    decision: Draft | None = None
    """A decision made of a close."""
    at_stage: bool = False
    """Whether the case was decided at a stage."""
    pause_no: str | None = None
    extends: bool = False
    """Whether ``pause_no`` is that of an extension."""


class Message:
    """A message and how its fields are read."""

    def __init__(self, fields: Mapping[str, Any], spec: GuangdongSpec, turns: Turns) -> None:
        self._fields = fields
        self.spec = spec
        self._turns = turns
        self.source = str(fields.get(spec.source_field or "") or spec.data_source)
        self.codes = spec.sources.get(self.source, GuangdongCodes())
        self.case_id = str(self.get("SBLSH") or "")
        if not self.case_id:
            raise Unplaceable("缺失", "SBLSH")
        self.number = self._number(fields.get(spec.message_field))

    def get(self, name: str) -> Any:
        """Return a field by our name for it, None where it is empty."""
        value = self._fields.get(self.spec.names.get(name, name))
        return None if value == "" else value

    def text(self, name: str) -> str | None:
        """Return a field as text."""
        value = self.get(name)
        return None if value is None else str(value)

    def items(self, name: str) -> list[str] | None:
        """Return a field that lists things."""
        value = self.get(name)
        if value is None or isinstance(value, list):
            return value
        parts = re.split(f"[{re.escape(self.spec.list_separators)}]", str(value))
        return [part.strip() for part in parts if part.strip()]

    def draft(self, event_type: str, serial: str = "") -> Draft:
        """Return a draft with what every message carries."""
        parts = [self.case_id, str(self.number), *([serial] if serial else [])]
        draft = Draft(self._turns, event_type, "/".join(parts), self.case_id)
        draft.put("task_code", self.get("SXBM")).put("region_code", self.get("XZQHDM"))
        draft.put("data_source", self.source).put("data_version", self.get("SJBBH"))
        if self.spec.reported_field is not None:
            draft.put("reported_at", self._fields.get(self.spec.reported_field))
        return draft

    def by(self, draft: Draft, org: str, *officers: str) -> Draft:
        """Put in the agency and the officer: the first of several fields that is there, the name where that is all."""
        officer = next((found for name in officers if (found := self.get(name)) is not None), None)
        return draft.put("org_code", self.get(org)).put("operator_id", officer)

    def amount(self, draft: Draft, field: str, name: str) -> None:
        """Put an amount in yuan in; one in another currency is a defect."""
        if (self.text("JEDWDM") or "") in _YUAN:
            draft.put(field, self.get(name))
        elif self.get(name) is not None:
            draft.defect(field, f"币种不是人民币：{self.text('JEDWDM')}")

    def _number(self, said: Any) -> int:
        number = NUMBERS.get(str(said))
        if number is not None:
            return number
        if str(said) in {str(number) for number in NUMBERS.values()}:
            return int(said)
        raise Unplaceable(f"不是十种报文之一：{said!r:.40}", self.spec.message_field)


def told(message: Message) -> Told:
    """Return what a message says; Unplaceable where what happened, or when, cannot be told."""
    return _TELL[message.number](message)


def _application(message: Message) -> Told:
    """0 申办: SBSJ 申办时间, TJFS 提交方式, SQRLX 申请人类型, SBCLQD 申办材料清单, YSBLSH 原申办流水号."""
    draft = message.draft("case.submitted").at("SBSJ", message.get("SBSJ"))
    codes = message.codes
    _kept(draft, "apply_type", message.get("TJFS"), codes.apply_types, "提交方式表")
    _kept(draft, "applicant_type", message.get("SQRLX"), codes.applicant_types, "申请人类型表")
    draft.put("materials", message.items("SBCLQD")).put("prior_case_id", message.get("YSBLSH"))
    return Told([draft])


def _pre_accept(message: Message) -> Told:
    """1 预受理: YSLSJ 预受理时间, YSLZTDM 状态, BSLYY 不受理原因, BJBZSM 补交补正说明."""
    draft = message.by(message.draft("case.pre_accepted"), "YSLBMZZJGDM", "BLRGH", "BLRXM")
    draft.at("YSLSJ", message.get("YSLSJ")).put("status", message.get("YSLZTDM"))
    draft.put("reason", message.get("BSLYY") or message.get("BJBZSM"))
    return Told([draft])


def _accept(message: Message) -> Told:
    """2 受理: SLSJ 受理时间, SLZTDM 受理状态, SLHZH 回执号, GDBLSX 规定办理时限, GDBLSXDDW 单位, GDSF 规定收费."""
    state = message.codes.accept_states.get(message.text("SLZTDM") or "")
    if state is None:
        raise Unplaceable(f"来源 {message.source} 的受理状态表中没有 {message.text('SLZTDM')!r}", "SLZTDM")
    officer = ("BLRGH", "BLRXM")
    if state == "not_accepted":
        draft = message.by(message.draft("case.not_accepted"), "SLBMZZJDDM", *officer).at("SLSJ", message.get("SLSJ"))
        return Told([draft.put("reason_text", message.get("BSLYY")).put("doc_no", message.get("SLHZH"))])
    draft = message.by(message.draft("case.accepted"), "SLBMZZJDDM", *officer).at("SLSJ", message.get("SLSJ"))
    draft.put("accept_doc_no", message.get("SLHZH")).put("accept_place", message.get("SLJTDD"))
    draft.put("promise_limit", message.get("GDBLSX"))
    draft.code("promise_unit", message.get("GDBLSXDDW"), message.codes.units, "时限单位表")
    message.amount(draft, "fee_expected", "GDSF")
    charge = message.draft("fee.assessed", "GDSF").at("SLSJ", message.get("SLSJ"))
    message.amount(charge, "amount_due", "GDSF")
    return Told([draft, *_charge(message, charge, "amount_due")])


def _stage(message: Message) -> Told:
    """3 审批: SPSJ 审批时间, SPHJDM 环节代码, SPHJMC 名称, SPBZH 步骤号, SPYJ 意见, SPHJZTDM 环节状态, SPRZWDM 职务."""
    codes = message.codes
    serial = message.text("SPBZH") or message.text("YWLSH") or message.text("SPHJDM") or ""
    draft = message.by(message.draft("stage.completed", serial), "SPBMZZJDMD", "SPRGH", "SPRXM")
    draft.at("SPSJ", message.get("SPSJ")).put("ended_at", message.get("SPSJ"))
    draft.put("stage_code", message.get("SPHJDM")).put("stage_name", message.get("SPHJMC"))
    draft.put("opinion", message.get("SPYJ"))
    draft.code("result", message.get("SPHJZTDM"), codes.stage_results, "环节状态表")
    if codes.roles is not None:
        draft.code("role", message.get("SPRZWDM"), codes.roles, "职务表")
    result = DECIDED_BY_STAGE.get(draft.fields.get("result", ""))
    if result is None or message.text("SPHJDM") not in decisive_stages(codes.decisive, message.text("SXBM")):
        return Told([draft])
    decision = message.by(message.draft("decision.made", serial), "SPBMZZJDMD", "SPRGH", "SPRXM")
    decision.fields["event_id"] += "/decision"
    decision.at("SPSJ", message.get("SPSJ")).put("result", result).put("reason", message.get("SPYJ"))
    return Told([draft, decision], at_stage=True)


def _complete(message: Message) -> Told:
    """4 办结: BJSJ 办结时间, BJJGDM 结果代码, ZFHTHYY 作废或退回原因, ZJBH 证件编号, SFJE 收费金额, JEDWDM 币种."""
    draft = message.draft("case.closed").put("org_code", message.get("BJBMZZJDDM")).at("BJSJ", message.get("BJSJ"))
    draft.code("result", message.get("BJJGDM"), message.codes.results, "办结结果表")
    draft.put("source_result", message.get("BJJGDM")).put("source_reason", message.get("ZFHTHYY"))
    draft.put("certificate_no", message.get("ZJBH"))
    message.amount(draft, "fee_total", "SFJE")
    charge = message.draft("fee.paid", "SFJE").at("BJSJ", message.get("BJSJ"))
    message.amount(charge, "amount", "SFJE")
    charge.put("payee_code", message.get("BJBMZZJDDM"))
    decision = None
    if (result := Result(draft.fields["result"]) if "result" in draft.fields else None) in DECIDED_BY_CLOSE:
        decision = message.draft("decision.made", "decision").put("org_code", message.get("BJBMZZJDDM"))
        decision.at("BJSJ", message.get("BJSJ")).put("result", result).put("reason", message.get("ZFHTHYY"))
    return Told([draft, *_charge(message, charge, "amount")], decision=decision)


def _block(message: Message) -> Told:
    """5 特别程序申请: TBCXKSRQ 开始, TBCXZL(MC) 种类, TBCXPZR 批准人, TBCXQDLY 理由, TBCXSX 时限, TBCXSXDW 单位."""
    number = _pause_no(message)
    code, name = message.text("TBCXZL"), message.text("TBCXZLMC")
    reason = message.get("TBCXQDLY") or message.get("TBCXQDLYHYJ") or message.get("SQNR")
    if message.codes.extends(code, name):
        draft = message.draft("extension.granted", number).at("TBCXKSRQ", message.get("TBCXKSRQ"))
        draft.put("requested_at", message.get("TBCXKSRQ")).put("granted_at", message.get("TBCXKSRQ"))
        draft.put("days", message.get("TBCXSX"))
        draft.code("unit", message.get("TBCXSXDW"), message.codes.units, "时限单位表")
        draft.put("approver", message.get("TBCXPZR")).put("reason", reason)
        return Told([draft], pause_no=number, extends=True)
    draft = message.draft("pause.started", number).at("TBCXKSRQ", message.get("TBCXKSRQ"))
    draft.put("pause_no", number).put("kind", message.codes.pause_kind(code, name)).put("kind_name", name)
    if "kind" not in draft.fields:
        draft.defect("kind", f"特别程序种类 {code!r}（{name or '无名称'}）不在种类表中")
    draft.put("reason", reason).put("approver", message.get("TBCXPZR")).put("limit", message.get("TBCXSX"))
    draft.code("limit_unit", message.get("TBCXSXDW"), message.codes.units, "时限单位表")
    return Told([draft], pause_no=number)


def _resume(message: Message) -> Told:
    """6 特别程序结果: TBCXJSRQ 结束日期, TBCXJG 结果, TBCXSFJE 收费金额."""
    number = _pause_no(message)
    draft = message.draft("pause.ended", number).at("TBCXJSRQ", message.get("TBCXJSRQ"))
    draft.put("pause_no", number).put("result", message.get("TBCXJG"))
    message.amount(draft, "fee", "TBCXSFJE")
    return Told([draft], pause_no=number)


def _supply(message: Message) -> Told:
    """7 补交告知: BZGZSJ 告知时间, BZGZYY 原因, BZCLQD 清单, BZGZFCRXM 发出人."""
    serial = message.text("YWLSH") or message.text("BZGZSJ") or ""
    draft = message.draft("supplement.notified", serial).at("BZGZSJ", message.get("BZGZSJ"))
    draft.put("operator_id", message.get("BZGZFCRXM")).put("notice_no", message.get("YWLSH"))
    return Told([draft.put("items", message.items("BZCLQD")).put("reason", message.get("BZGZYY"))])


def _supply_accept(message: Message) -> Told:
    """8 补交受理: BZSJ 补正时间, BZCLQD 清单, BZSLBLRXM 办理人."""
    serial = message.text("YWLSH") or message.text("BZSJ") or ""
    draft = message.draft("supplement.received", serial).at("BZSJ", message.get("BZSJ"))
    draft.put("operator_id", message.get("BZSLBLRXM")).put("items", message.items("BZCLQD"))
    return Told([draft.put("complete", message.spec.supplement_complete)])


def _receive(message: Message) -> Told:
    """9 领取登记: LQSJ 领取时间, LQFS 领取方式."""
    return Told([message.draft("result.delivered").at("LQSJ", message.get("LQSJ")).put("how", message.get("LQFS"))])


def _pause_no(message: Message) -> str:
    """Return what joins a special procedure's request and result: XH 序号, or the serial of the message."""
    number = message.text("XH") or message.text("YWLSH")
    if number is None:
        raise Unplaceable("缺失：特别程序的申请与结果无从对应", "XH")
    return number


def _kept(draft: Draft, field: str, value: Any, table: Mapping[str, str] | None, name: str) -> None:
    """Put a code in through its table, or as it is where its source has none."""
    if table is None:
        draft.put(field, value)
    else:
        draft.code(field, value, table, name)


def _charge(message: Message, charge: Draft, field: str) -> list[Draft]:
    """Return the charge of a message, where it is more than nothing or cannot be read."""
    amount = charge.fields.get(field)
    if not message.spec.charges or (isinstance(amount, Decimal) and amount == 0):
        return []
    if amount is None and "defects" not in charge.fields:
        return []
    charge.put("fee_item_code", message.codes.fee_items.get(message.text("SXBM") or ""))
    return [charge]


_TELL: tuple[Callable[[Message], Told], ...] = (
    _application,
    _pre_accept,
    _accept,
    _stage,
    _complete,
    _block,
    _resume,
    _supply,
    _supply_accept,
    _receive,
)
