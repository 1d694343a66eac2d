"""Each table to its events."""

from collections.abc import Callable, Mapping, Sequence

from rules.events.instants import instant_of
from rules.events.words import Result
from streams.sources.derive import DECIDED_BY_CLOSE, DECIDED_BY_STAGE, decisive_stages
from streams.sources.draft import Draft
from streams.sources.mapping.functions import whole_number
from streams.sources.national.model import TableName
from streams.sources.national.row import Row, Told

NEEDED: Mapping[TableName, Sequence[str]] = {
    "accept": ("apply_date", "accept_date"),
    "process": ("process_name", "event_start_time", "event_end_time"),
    "result": ("result_date", "result_type"),
    "special_procedure": ("special_type", "special_time", "end_time"),
    "material": ("material_name",),
    "fee": ("amount", "fee_time"),
}
"""Columns without which a table is not that table, beside project_no and row_guid."""


def told(table: TableName, row: Row) -> Told:
    """Return what a row says; Unplaceable where what happened, or when, cannot be told."""
    return _TELL[table](row)


def _accept(row: Row) -> Told:
    """up_pro_accept 受理: the application and its acceptance."""
    submitted = _matter(row, row.draft("case.submitted", "submitted"))
    row.at(submitted, "apply_date")
    _kept(submitted, "apply_type", row.get("apply_type"), row.codes.apply_types, "申请类型表")
    _kept(submitted, "applicant_type", row.get("applyer_type"), row.codes.applicant_types, "申请人类型表")
    accepted = _matter(row, row.draft("case.accepted", "accepted"))
    row.at(accepted, "accept_date").put("accept_doc_no", row.get("accept_doc_no"))
    accepted.put("promise_due", row.get("promise_date")).put("operator_id", row.get("handle_user_name"))
    accepted.code("project_type", row.get("project_type"), row.codes.project_types, "办件类型表")
    return Told([submitted, accepted])


def _process(row: Row) -> Told:
    """up_pro_process 过程: a stage. Without an end its start is written twice (GB/T 39046 6.4), see ``same_end``."""
    name = row.get("process_name")
    code = row.codes.stages.get(name or "", name)
    entered = row.draft("stage.entered", "entered").put("stage_code", code).put("stage_name", name)
    row.at(entered, "event_start_time").put("operator_id", row.get("handle_user_name"))
    start, end = row.get("event_start_time"), row.get("event_end_time")
    if end is None or (start == end and row.codes.same_end == "open"):
        return Told([entered])
    completed = row.draft("stage.completed", "completed").put("stage_code", code).put("stage_name", name)
    row.at(completed, "event_end_time").put("started_at", start).put("ended_at", end)
    completed.put("operator_id", row.get("handle_user_name")).put("opinion", row.get("handle_explain"))
    completed.put("action", row.get("event_name"))
    completed.code("result", row.get("event_name"), row.codes.stage_results, "业务动作表")
    result = DECIDED_BY_STAGE.get(completed.fields.get("result", ""))
    if result is None or code not in decisive_stages(row.codes.decisive, row.task_code):
        return Told([entered, completed])
    decision = row.draft("decision.made", "decision").put("result", result).put("reason", row.get("handle_explain"))
    row.at(decision, "event_end_time").put("operator_id", row.get("handle_user_name"))
    return Told([entered, completed, decision], at_stage=True)


def _result(row: Row) -> Told:
    """up_pro_result 结果: the close. Its satisfaction code has no date and is not an event."""
    closed = row.draft("case.closed", "closed").put("operator_id", row.get("handle_user_name"))
    row.at(closed, "result_date").code("result", row.get("result_type"), row.codes.results, "办结结果表")
    closed.put("source_result", row.get("result_type")).put("source_reason", row.get("result_explain"))
    closed.put("certificate_no", row.get("result_cetr_no"))
    result = Result(closed.fields["result"]) if "result" in closed.fields else None
    if result not in DECIDED_BY_CLOSE:
        return Told([closed])
    decision = row.draft("decision.made", "decision").put("result", result).put("reason", row.get("result_explain"))
    row.at(decision, "result_date").put("operator_id", row.get("handle_user_name"))
    return Told([closed], decision=decision)


def _special(row: Row) -> Told:
    """up_pro_special_procedure 特别程序: an extension, or a suspension and its end."""
    code, name = row.get("special_type"), row.get("special_name")
    if row.codes.extends(code, name):
        return Told([_extension(row)])
    started = row.draft("pause.started", "started").put("pause_no", row.guid).put("kind_name", name)
    row.at(started, "special_time").put("kind", row.codes.pause_kind(code, name))
    if "kind" not in started.fields:
        started.defect("kind", f"特别程序种类 {code!r}（{name or '无名称'}）不在种类表中")
    started.put("reason", row.get("special_reason")).put("approver", row.get("handle_user"))
    if _still_open(row, started):
        return Told([started])
    ended = row.draft("pause.ended", "ended").put("pause_no", row.guid).put("result", row.get("result"))
    row.at(ended, "end_time").put("kind", started.fields.get("kind"))
    return Told([started, ended])


def _extension(row: Row) -> Draft:
    draft = row.draft("extension.granted", "extension").put("reason", row.get("special_reason"))
    row.at(draft, "special_time").put("requested_at", row.get("special_time"))
    draft.put("granted_at", row.get("special_time")).put("approver", row.get("handle_user"))
    column = row.codes.extension_days_in
    said = None if column is None else row.get(column)
    days = None if said is None else whole_number(said)
    if days is None:
        draft.defect("days", f"延长天数没有写明（{column or '未指定 extension_days_in'}）")
        return draft
    return draft.put("days", days).put("unit", row.codes.extension_unit)


def _still_open(row: Row, started: Draft) -> bool:
    """Return whether the end of a suspension only fills a column that may not be empty.

    It does where it is a text the source is known to write so, where it is the start, and where it lies behind the
    moment the row was sent: nobody can have reported an end before it was.
    """
    end = row.get("end_time")
    if end is None or end in row.codes.open_ends:
        return True
    try:
        ended = started.stamp(end).text
    except ValueError:
        return False
    reported = started.fields.get("reported_at")
    if reported is not None and instant_of(ended) > instant_of(str(reported)):
        return True
    return ended == started.fields.get("occurred_at")


def _fee(row: Row) -> Told:
    """收费 (GB/T 39046 6.9.4): a payment; with ``amount_due`` the charge it is for."""
    paid = row.draft("fee.paid", "paid").put("amount", row.get("amount")).put("pay_no", row.get("pay_no"))
    row.at(paid, "fee_time").put("fee_item_code", row.get("fee_item_code")).put("fee_name", row.get("fee_name"))
    paid.put("standard_id", row.get("standard_id")).put("quantity", row.get("quantity"))
    paid.put("assess_no", row.get("assess_no")).put("payee_code", row.get("payee_code"))
    paid.put("payee_unit", row.get("payee_unit")).put("collector", row.get("collector"))
    paid.code("payee_account_class", row.get("payee_account_class"), row.codes.account_classes, "收款账户类别表")
    paid.code("method", row.get("method"), row.codes.pay_methods, "缴款方式表")
    if row.get("amount_due") is None:
        return Told([paid])
    assessed = row.draft("fee.assessed", "assessed").put("amount_due", row.get("amount_due"))
    row.at(assessed, "fee_time").put("assess_no", row.get("assess_no")).put("fee_item_code", row.get("fee_item_code"))
    return Told([assessed.put("standard_id", row.get("standard_id")).put("quantity", row.get("quantity")), paid])


def _material(row: Row) -> Told:
    """up_pro_material 材料: no event of its own; the application lists the materials."""
    row.needed("material_name")
    return Told([])


def _matter(row: Row, draft: Draft) -> Draft:
    draft.put("task_code", row.get("task_code")).put("task_version", row.get("task_version"))
    draft.put("org_code", row.get("org_code")).put("org_name", row.get("org_name"))
    return draft.put("catalog_code", row.get("catalog_code"))


def _kept(draft: Draft, field: str, value: str | None, table: Mapping[str, str] | None, name: str) -> None:
    """Put a code in through its table, or as it is where its source has none."""
    if table is None:
        draft.put(field, value)
    else:
        draft.code(field, value, table, name)


_TELL: Mapping[TableName, Callable[[Row], Told]] = {
    "accept": _accept,
    "process": _process,
    "result": _result,
    "special_procedure": _special,
    "material": _material,
    "fee": _fee,
}
