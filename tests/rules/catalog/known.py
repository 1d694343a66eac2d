"""The rules and parameters that the shipped profiles may name, as the rules declare them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules.catalog.lint.specs import ParamSpec
from rules.events.words import Level
from rules.params import Param, ParamKind


@dataclass(frozen=True)
class Stand:
    """A stand-in for a rule: what the linter asks of one."""

    id: str
    params: Sequence[ParamSpec]


def _param(name: str, kind: ParamKind, default: Any, *choices: str, optional: bool = False) -> Param[Any]:
    return Param(name, name, kind, default=default, basis="test", choices=choices, optional=optional)


_COUNT, _DAYS, _MINUTES = ParamKind.COUNT, ParamKind.DAYS, ParamKind.MINUTES
_NUMBER, _LEVEL, _FLAG, _CHOICE = ParamKind.NUMBER, ParamKind.LEVEL, ParamKind.FLAG, ParamKind.CHOICE

PARAMS: tuple[Param[Any], ...] = (
    _param("OT_PROMISE_SOON.before", _DAYS, 1, optional=True),
    _param("OT_PROMISE_SOON.used_share", _NUMBER, None, optional=True),
    _param("OT_PROMISE_SOON.level", _LEVEL, Level.NOTICE),
    _param("OT_PROMISE_OVERDUE.level", _LEVEL, Level.YELLOW),
    _param("OT_PROMISE_OVERDUE.red_after", _DAYS, 3, optional=True),
    _param("OT_PROMISE_OVERDUE.cutoff", _CHOICE, "end_of_day", "end_of_day", "close_of_business", "instant"),
    _param("OT_STATUTORY_OVER.level", _LEVEL, Level.RED),
    _param("OT_STATUTORY_OVER.stops_at", _CHOICE, "decision", "decision", "close"),
    _param("OT_STATUTORY_OVER.net", _FLAG, default=True),
    _param("OT_STAGE_OVERDUE.red_factor", _NUMBER, Decimal(2), optional=True),
    _param("OT_ACCEPT_OVERDUE.red_after", _DAYS, 5, optional=True),
    _param("OT_PAUSE_ABUSE.near_due", _DAYS, 1),
    _param("OT_PAUSE_ABUSE.count", _COUNT, 3),
    _param("OT_PAUSE_ABUSE.share", _NUMBER, Decimal(2)),
    _param("OT_REPLY_OVERDUE.limit", _DAYS, 5),
    _param("OT_REPLY_OVERDUE.raises", _FLAG, default=True),
    _param("OT_REPLY_OVERDUE.appeal_days", _DAYS, 10),
    _param("SK_MULTI_SUPPL.red_at", _COUNT, 3),
    _param("SK_STEP_REORDER.tolerance_minutes", _MINUTES, 5),
    _param("SK_BACKFILL.delay", _DAYS, 1),
    _param("SK_BACKFILL.share", _NUMBER, Decimal("0.2")),
    _param("SK_BACKFILL.span_minutes", _MINUTES, 2),
    _param("FE_OVER_STANDARD.rounding_yuan", _NUMBER, Decimal(1)),
    _param("FE_DUPLICATE.red_count", _COUNT, 2),
    _param("FE_DUPLICATE.refund_days", _DAYS, 5),
    _param("FE_OFF_TREASURY.deposit_days", _DAYS, 1),
    _param("ES_YELLOW_TO_RED.on", _FLAG, default=True),
    _param("ES_YELLOW_TO_RED.count", _COUNT, 3),
    _param("ES_YELLOW_TO_RED.period", _CHOICE, "month", "month", "year"),
    _param("DQ_SILENT_ORG.days", _DAYS, 1),
    _param("DQ_SILENT_ORG.yellow_after", _DAYS, 3),
)

STANDS: tuple[Stand, ...] = tuple(
    Stand(rule, tuple(param for param in PARAMS if param.id.startswith(f"{rule}.")))
    for rule in sorted({param.id.split(".")[0] for param in PARAMS} | {"SK_DECIDE_NOACCEPT"})
)
