"""Codes and their Chinese names: levels, states, moves, event types, kinds of suspension, results."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.engine.cards import LEVEL_NAMES, STATE_NAMES, Move, State
from rules.events.kinds import KINDS, type_name
from rules.events.words import Level, PauseKind, Result, StageResult
from rules.explain.words import NAME_ENDS
from sinks.clickhouse.tables import Row

MOVES: Mapping[Move, str] = {
    Move.RAISED: "生成",
    Move.ESCALATED: "升级",
    Move.LOWERED: "降级",
    Move.UPHELD: "维持",
    Move.REVIEW: "待核",
    Move.WITHDRAWN: "撤回",
    Move.REINSTATED: "恢复",
    Move.MERGED: "并入",
    Move.CLOSED: "结束",
    Move.LIFE: "督办",
}
PAUSES: Mapping[PauseKind, str] = {
    PauseKind.HEARING: "听证",
    PauseKind.TENDER: "招标",
    PauseKind.AUCTION: "拍卖",
    PauseKind.INSPECTION: "检验",
    PauseKind.TESTING: "检测",
    PauseKind.QUARANTINE: "检疫",
    PauseKind.APPRAISAL: "鉴定",
    PauseKind.EXPERT_REVIEW: "专家评审",
    PauseKind.SUPPLEMENT: "补正",
    PauseKind.PAYMENT: "缴费",
    PauseKind.APPLICANT: "申请人原因",
    PauseKind.LEADER: "领导原因",
    PauseKind.ORDINARY: "一般挂起",
    PauseKind.OTHER: "其他",
}
RESULTS: Mapping[Result, str] = {
    Result.GRANTED: "准予",
    Result.DENIED: "不予",
    Result.NOT_ACCEPTED: "不予受理",
    Result.WITHDRAWN: "申请人撤回",
    Result.LAPSED: "视为放弃",
    Result.FORWARDED: "转报",
    Result.RETURNED: "退回",
    Result.VOIDED: "作废",
    Result.DELETED: "删除",
    Result.DONE: "办结",
}
STAGE_RESULTS: Mapping[StageResult, str] = {
    StageResult.PASSED: "通过",
    StageResult.REFUSED: "不通过",
    StageResult.RETURNED: "退回",
    StageResult.OTHER: "其他",
}


def words() -> Iterator[Row]:
    """Yield the rows of ``dim_word``."""
    yield from _rows("level", {level.code: LEVEL_NAMES[level] for level in Level})
    yield from _rows("state", {state.value: STATE_NAMES[state] for state in State})
    yield from _rows("move", MOVES)
    yield from _rows("event", event_names())
    yield from _rows("pause", PAUSES)
    yield from _rows("result", RESULTS)
    yield from _rows("stage_result", STAGE_RESULTS)


def event_names() -> dict[str, str]:
    """Return the Chinese name of every event type: what its docstring begins with."""
    documented = {type_name(kind.of): (kind.of.__doc__ or "").strip() for kind in KINDS}
    return {name: NAME_ENDS.split(text, maxsplit=1)[0].strip() for name, text in documented.items()}


def _rows(kind: str, names: Mapping[Any, str]) -> Iterator[Row]:
    for position, (code, name) in enumerate(names.items(), 1):
        yield kind, str(code), name, position
