"""Plants about the order of stages (流程倒置)."""

from dataclasses import replace

from rules.events.words import Level
from streams.simulate.moments import HOUR, MINUTE, day_of, moment, text
from streams.simulate.plan import Passage, Plan
from streams.simulate.plants.bend import followers, promise_due, stage_due
from streams.simulate.plants.kit import QUICK, Kit, need, the
from streams.simulate.plants.where import (
    every,
    in_line,
    judged_by,
    promised,
    room_to_statutory,
    side_by_side,
    stages,
    unconditional,
)

RULE, JUMP = "SK_STEP_REORDER", "SK_STEP_JUMP"
ALL = every(judged_by(RULE, JUMP), unconditional)
LINE = every(promised(3, 20), room_to_statutory(0), in_line, stages(3), ALL)


def ended_an_hour_early(kit: Kit) -> None:
    """A stage ended an hour before the one it waits for."""
    _reordered(kit, 70 * MINUTE)


def ended_hours_early(kit: Kit) -> None:
    """A stage ended hours before the one it waits for."""
    _reordered(kit, 3 * HOUR)


def clocks_differ_a_little(kit: Kit) -> None:
    """A stage ended three minutes before the one it waits for: clocks may differ so much."""
    plan = kit.case(LINE, room=16)
    _swap(plan, 3 * MINUTE)
    kit.put(plan, kit.quiet(plan, RULE, "时钟偏差三分钟"))


def stamped_to_the_day(kit: Kit) -> None:
    """Two stages of one date, stamped to the day: neither is before the other."""
    plan = kit.case(LINE, room=16, wish=replace(QUICK, pace=0.12))
    first, second = _swap(plan, 40 * MINUTE)
    need(day_of(the(first.ended)) == day_of(the(second.ended)))
    for step, one in enumerate(plan.passages, 1):
        if one is first or one is second:
            stamp = text(moment(day_of(the(one.ended))))
            dated = {"time_precision": "day", "occurred_at": stamp, "started_at": None, "ended_at": None}
            plan.fields[f"E{step}"] = dated
    kit.put(plan, kit.quiet(plan, RULE, "仅有日期，同日先后不明"), kit.quiet(plan, JUMP, "前置环节已办"))


def side_by_side_in_any_order(kit: Kit) -> None:
    """Of two stages side by side the second in the flow ends first."""
    plan = kit.case(every(side_by_side, promised(3, 30), ALL), room=22)
    for one in plan.passages:
        beside = [other for other in plan.passages if other is not one and other.stage.after == one.stage.after]
        if one.stage.after and beside:
            one.ended, beside[0].ended = beside[0].ended, one.ended
            _keep(plan, one)
            _keep(plan, beside[0])
            kit.put(plan, kit.quiet(plan, RULE, "并行环节先后不论"))
            return
    need(condition=False)


def _reordered(kit: Kit, early: int) -> None:
    plan = kit.case(LINE, room=16)
    _, second = _swap(plan, early)
    kit.put(plan, kit.found(plan, RULE, second.key, Level.YELLOW, "后一环节先于前置环节结束"))


def _swap(plan: Plan, early: int) -> tuple[Passage, Passage]:
    """Let a stage end so long after the one that waits for it; return both."""
    first = next((one for one in plan.passages[1:] if not one.stage.decisive and followers(plan, one)), None)
    second = followers(plan, the(first))[0]
    the(first).ended = the(second.ended) + early
    _keep(plan, the(first))
    return the(first), second


def _keep(plan: Plan, passage: Passage) -> None:
    """Refuse the draw unless a stage still ends in time; a case is not closed before its stages end."""
    ended, due = the(passage.ended), stage_due(plan, passage)
    plan.closed = max(the(plan.closed), ended + 2 * MINUTE)
    need(day_of(plan.closed) <= promise_due(plan) and (due is None or day_of(ended) <= due))


PLANTS = (
    ended_an_hour_early,
    ended_hours_early,
    clocks_differ_a_little,
    stamped_to_the_day,
    side_by_side_in_any_order,
)
