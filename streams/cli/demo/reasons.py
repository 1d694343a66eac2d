"""Why a card stands, in one line with its arithmetic: the figures of its finding as an officer would say them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rules.calendar import CalendarError
from rules.engine.cards import Card
from rules.events.words import PauseKind, Result
from rules.registry import BY_ID
from streams.cli.demo.scene import Scene
from streams.cli.names import minute
from streams.cli.screen import yuan
from streams.cli.timeline import RESULTS

NOT_TOLD = frozenset({"依据", "事项依据", "取消依据", "原到期日", "转红张数", "收费标准", "数量"})
"""Figures that belong to the full explanation."""
FIRST = frozenset({"问题", "情形"})
"""Figures that say what is wrong: they come first."""
BEGINS = ("起算日", "开始日", "收件日")
ENDS = {"完成日": "办结", "结束日": "结束", "答复日": "答复"}
"""Figures that say when it was done, and what was done then."""
DECIDED = "OT_STATUTORY_OVER"
"""The rule whose clock the decision stops, not the close."""
WORDS: Mapping[str, str] = {kind.value: RESULTS[kind] for kind in (*PauseKind, *Result)}
"""Codes that stand in figures as text."""
NOTHING: tuple[Any, ...] = (None, "", 0, Decimal(0))


def figures_of(card: Card) -> Mapping[str, tuple[str, Any]]:
    """Return the figures of a card by name, each with its kind."""
    rule = BY_ID.get(card.rule_id)
    if rule is None:
        return {}
    return {name: (kind, value) for (name, kind), value in zip(rule.figures, card.finding.figures, strict=False)}


def reason(card: Card, scene: Scene) -> str:
    """Return why a card stands, as of the day of the scene."""
    told = figures_of(card)
    due = told.get("到期日", ("", None))[1]
    if isinstance(due, int) and card.rule_id.startswith("OT_") and any(name in told for name in ENDS):
        return _late(card.rule_id, told, due, scene)
    shown = [
        (name, kind, value) for name, (kind, value) in told.items() if value not in NOTHING and name not in NOT_TOLD
    ]
    shown.sort(key=lambda one: one[0] not in FIRST)
    return "，".join(f"{name} {_text(kind, value, scene)}" for name, kind, value in shown)


def _late(rule_id: str, told: Mapping[str, tuple[str, Any]], due: int, scene: Scene) -> str:
    values = {name: value for name, (_, value) in told.items()}
    start = next((values[name] for name in BEGINS if values.get(name) is not None), None)
    done = next(name for name in ENDS if name in values)
    end, what = values[done], "决定" if rule_id == DECIDED else ENDS[done]
    parts = [f"{values['环节']}：" if values.get("环节") else ""]
    parts.append(f"{_day(start, scene)} 起 {values.get('时限')}" if start is not None else str(values.get("时限")))
    parts.append(f"，扣除 {values['不计入日数']} 日" if values.get("不计入日数") else "")
    parts.append(f"，延长 {values['延长']} 日" if values.get("延长") else "")
    parts.append(f"，{_day(due, scene)} 到期")
    try:
        late = scene.catalog.days.working_between(due, end if end is not None else scene.today)
    except CalendarError:
        late = 0
    parts.append(f"，{_day(end, scene)} 才{what}，" if end is not None else f"，至今未{what}，")
    parts.append(f"超 {late} 个工作日" if late else "已过到期日")
    return "".join(parts)


def _text(kind: str, value: Any, scene: Scene) -> str:
    match kind:
        case "day":
            return _day(value, scene)
        case "instant":
            return minute(value, scene.zone)[5:]
        case "yuan":
            return f"{yuan(value)} 元"
        case _:
            text = str(value)
            return WORDS.get(text) or scene.item(text) or scene.names.tasks.get(text) or text


def _day(ordinal: Any, scene: Scene) -> str:
    """Return a date without its year where it is that of the scene."""
    if not isinstance(ordinal, int):
        return str(ordinal)
    day = date.fromordinal(ordinal)
    return day.strftime("%m-%d") if day.year == date.fromordinal(scene.today).year else day.isoformat()
