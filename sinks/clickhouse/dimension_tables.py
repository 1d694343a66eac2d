"""The tables of names and law (``dim_…``) and of what a case consists of, as they are written, in Arrow's types."""

import pyarrow as pa

from sinks.clickhouse.tables import AMOUNT_DIGITS, AMOUNT_SCALE, Table

_TEXT = pa.string()
_FLAG = pa.bool_()
_SMALL = pa.uint32()
_TINY = pa.uint8()
_DAY = pa.date32()
_INSTANT = pa.timestamp("us", "Asia/Shanghai")
_MONEY = pa.decimal128(AMOUNT_DIGITS, AMOUNT_SCALE)


def _table(table: str, /, **columns: pa.DataType) -> Table:
    return Table(table, pa.schema(list(columns.items())))


DIM_RULE = _table(
    "dim_rule",
    edition=_TEXT,
    rule_id=_TEXT,
    number=_SMALL,
    version=_SMALL,
    name=_TEXT,
    family=_TINY,
    family_name=_TEXT,
    tier=_TEXT,
    basis=_TEXT,
    says=_TEXT,
    subjects=_TEXT,
    is_notice=_FLAG,
    figures=pa.list_(_TEXT),
    money_sort=_TEXT,
    money_plus=_TINY,
    money_minus=_TINY,
)
DIM_AGENCY = _table(
    "dim_agency",
    edition=_TEXT,
    org_code=_TEXT,
    name=_TEXT,
    region_code=_TEXT,
    parent=_TEXT,
    data_source=_TEXT,
    reports_daily=_FLAG,
    go_live_at=_DAY,
)
DIM_MATTER = _table(
    "dim_matter",
    edition=_TEXT,
    task_code=_TEXT,
    name=_TEXT,
    org_code=_TEXT,
    region_code=_TEXT,
    task_type=_TEXT,
    versions=_SMALL,
    promise_n=_SMALL,
    promise_unit=_TEXT,
    statutory_n=_SMALL,
    statutory_unit=_TEXT,
    is_fee=_FLAG,
)
DIM_STAGE = _table(
    "dim_stage",
    edition=_TEXT,
    task_code=_TEXT,
    stage_code=_TEXT,
    name=_TEXT,
    position=_SMALL,
    limit_n=_SMALL,
    limit_unit=_TEXT,
)
DIM_FEE = _table("dim_fee", edition=_TEXT, item_code=_TEXT, name=_TEXT, fund=_TEXT, until=_DAY)
DIM_SOURCE = _table(
    "dim_source", edition=_TEXT, data_source=_TEXT, name=_TEXT, delay_minutes=_SMALL, heartbeat_minutes=_SMALL
)
DIM_DAY = _table("dim_day", edition=_TEXT, day=_DAY, working=_FLAG, serial=_SMALL, certain=_FLAG)
DIM_CHANGE = _table("dim_change", edition=_TEXT, day=_DAY, kind=_TEXT, code=_TEXT, title=_TEXT, basis=_TEXT)
DIM_WORD = _table("dim_word", kind=_TEXT, code=_TEXT, name=_TEXT, position=_SMALL)

DIMENSIONS = (DIM_RULE, DIM_AGENCY, DIM_MATTER, DIM_STAGE, DIM_FEE, DIM_SOURCE, DIM_DAY, DIM_CHANGE, DIM_WORD)

CASE_PART = _table(
    "case_part",
    run=_TEXT,
    case_id=_TEXT,
    version=pa.uint64(),
    task_code=_TEXT,
    org_code=_TEXT,
    region_code=_TEXT,
    result=_TEXT,
    priority=_TEXT,
    stage_code=pa.list_(_TEXT),
    stage_occurrence=pa.list_(pa.uint16()),
    stage_started=pa.list_(_INSTANT),
    stage_ended=pa.list_(_INSTANT),
    stage_workdays=pa.list_(_SMALL),
    stage_result=pa.list_(_TEXT),
    pause_kind=pa.list_(_TEXT),
    pause_event=pa.list_(_TEXT),
    pause_started=pa.list_(_INSTANT),
    pause_ended=pa.list_(_INSTANT),
    clock_kind=pa.list_(_TEXT),
    clock_start=pa.list_(_DAY),
    clock_limit=pa.list_(_TEXT),
    clock_working=pa.list_(_FLAG),
    clock_base=pa.list_(_DAY),
    clock_due=pa.list_(_DAY),
    clock_stop=pa.list_(_DAY),
    clock_certain=pa.list_(_FLAG),
    clock_basis=pa.list_(_TEXT),
    span_clock=pa.list_(_TEXT),
    span_kind=pa.list_(_TEXT),
    span_after=pa.list_(_DAY),
    span_through=pa.list_(_DAY),
    span_n=pa.list_(_SMALL),
    span_event=pa.list_(_TEXT),
    charge_key=pa.list_(_TEXT),
    charge_item=pa.list_(_TEXT),
    charge_org=pa.list_(_TEXT),
    charge_assess_no=pa.list_(_TEXT),
    charge_assessed=pa.list_(_INSTANT),
    charge_due=pa.list_(_MONEY),
    charge_paid_at=pa.list_(_INSTANT),
    charge_paid=pa.list_(_MONEY),
    charge_refunded=pa.list_(_MONEY),
    charge_deposited=pa.list_(_MONEY),
    charge_reversed=pa.list_(_FLAG),
    charge_service=pa.list_(_FLAG),
    charge_receipt=pa.list_(_FLAG),
    charge_method=pa.list_(_TEXT),
    charge_account=pa.list_(_TEXT),
)
