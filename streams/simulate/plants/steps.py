"""Plants about the order and the completeness of a flow (漏、跳、倒环节)."""

from dataclasses import replace

from rules.events.words import Level, Result
from streams.simulate.moments import HOUR, MINUTE, day_of, moment, text
from streams.simulate.plan import Passage, Plan
from streams.simulate.plants.bend import promise_due, stage_due
from streams.simulate.plants.kit import QUICK, Kit
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
from streams.simulate.terms import Terms

MISSING, JUMP, REORDER = "SK_STEP_MISSING", "SK_STEP_JUMP", "SK_STEP_REORDER"
ALL = judged_by(MISSING, JUMP, REORDER)
LINE = every(promised(3, 20), room_to_statutory(0), in_line, unconditional, stages(3), ALL)


def decision_stage_missing(kit: Kit) -> bool:
    """Closed with a grant though the decisive stage never ended: red."""
    plan = kit.case(LINE, room=16)
    found = _drop(plan, decisive=True)
    if plan is None or found is None:
        return False
    plan.passages = [one for one in plan.passages if found.stage.code not in one.stage.after]
    return kit.put(plan, kit.found(plan, MISSING, found.stage.code, Level.RED, "决定环节缺失而准予办结"))


def middle_stage_missing(kit: Kit) -> bool:
    """A mandatory stage in the middle never took place: it is missing, and the next one jumped over it."""
    plan = kit.case(LINE, room=16)
    found = _drop(plan, decisive=False)
    if plan is None or found is None:
        return False
    answers = [kit.found(plan, MISSING, found.stage.code, Level.YELLOW, "必经环节缺失")]
    for follower in _followers(plan, found):
        level = Level.RED if follower.stage.decisive else Level.YELLOW
        answers.append(kit.found(plan, JUMP, follower.key, level, "前置环节未办即办结后一环节"))
    return kit.put(plan, *answers)


def only_sent_back(kit: Kit) -> bool:
    """A mandatory stage ended once, sent back, and was never gone through again: missing, but not jumped over."""
    plan = kit.case(LINE, room=16)
    passage = _middle(plan)
    if plan is None or passage is None:
        return False
    passage.result = "returned"
    return kit.put(plan, kit.found(plan, MISSING, passage.stage.code, Level.YELLOW, "环节退回后未重办"))


def jumped_and_open(kit: Kit) -> bool:
    """A stage ended without its predecessor while the case is open."""
    start = kit.workdays.before(kit.end_day, 4)
    plan = kit.case(every(LINE, promised(5, 20)), day=start, wish=replace(QUICK, pace=0.2))
    found = _drop(plan, decisive=False)
    if plan is None or found is None:
        return False
    followers = _followers(plan, found)
    last = followers[0]
    if last.stage.decisive or last.ended is None or last.ended > kit.watch.end - 6 * HOUR:
        return False
    plan.passages = [one for one in plan.passages if one.entered <= last.entered]
    plan.decided = plan.closed = None
    return kit.put(plan, kit.found(plan, JUMP, last.key, Level.YELLOW, "跳过前置环节，办件未结"))


def jumped_then_denied(kit: Kit) -> bool:
    """The decisive stage ended without its predecessor and the case was denied: a jump, nothing is missing."""
    wish = replace(QUICK, result=Result.DENIED)
    plan = kit.case(LINE, room=16, wish=wish)
    passage = _before_decisive(plan)
    if plan is None or passage is None:
        return False
    plan.passages.remove(passage)
    return kit.put(
        plan,
        *(
            kit.found(plan, JUMP, one.key, Level.RED if one.stage.decisive else Level.YELLOW, "跳过前置环节，不予许可")
            for one in _followers(plan, passage)
        ),
        kit.quiet(plan, MISSING, "不予许可，不必走完流程"),
    )


def ended_before_its_predecessor(kit: Kit) -> bool:
    """A stage ended an hour before the one it waits for."""
    return _reordered(kit, 70 * MINUTE)


def ended_half_a_day_early(kit: Kit) -> bool:
    """A stage ended hours before the one it waits for."""
    return _reordered(kit, 3 * HOUR)


def clocks_differ_a_little(kit: Kit) -> bool:
    """A stage ended three minutes before the one it waits for: clocks may differ so much."""
    plan = kit.case(LINE, room=16)
    passage = _middle(plan)
    if plan is None or passage is None:
        return False
    follower = _followers(plan, passage)[0]
    if follower.ended is None:
        return False
    passage.ended = follower.ended + 3 * MINUTE
    return _kept(plan, passage) and kit.put(plan, kit.quiet(plan, REORDER, "时钟偏差三分钟"))


def stamped_to_the_day(kit: Kit) -> bool:
    """Two stages of one date, stamped to the day: neither is before the other."""
    plan = kit.case(LINE, room=16, wish=replace(QUICK, pace=0.12))
    passage = _middle(plan)
    if plan is None or passage is None:
        return False
    follower = _followers(plan, passage)[0]
    if follower.ended is None or passage.ended is None or day_of(follower.ended) != day_of(passage.ended):
        return False
    passage.ended = follower.ended + 40 * MINUTE
    if not _kept(plan, passage) or day_of(passage.ended) != day_of(follower.ended):
        return False
    for step, one in enumerate(plan.passages, 1):
        if one is passage or one is follower:
            stamp = text(moment(day_of(one.ended or 0)))
            dated = {"time_precision": "day", "occurred_at": stamp, "started_at": None, "ended_at": None}
            plan.fields[f"E{step}"] = dated
    return kit.put(plan, kit.quiet(plan, REORDER, "仅有日期，同日先后不明"), kit.quiet(plan, JUMP, "前置环节已办"))


def side_by_side_in_any_order(kit: Kit) -> bool:
    """Of two stages side by side the second in the flow ends first."""
    plan = kit.case(every(side_by_side, promised(3, 30), unconditional, ALL), room=22)
    if plan is None:
        return False
    for one in plan.passages:
        beside = [other for other in plan.passages if other is not one and other.stage.after == one.stage.after]
        if one.stage.after and beside and one.ended is not None:
            other = beside[0]
            one.ended, other.ended = other.ended, one.ended
            return _kept(plan, one) and _kept(plan, other) and kit.put(plan, kit.quiet(plan, REORDER, "并行环节先后不论"))
    return False


def denied_early(kit: Kit) -> bool:
    """Denied after the first examination: the rest of the flow need not follow."""
    plan = kit.case(LINE, room=14, wish=replace(QUICK, result=Result.DENIED))
    if plan is None:
        return False
    passage = _middle(plan)
    if passage is None or passage.ended is None:
        return False
    plan.passages = [one for one in plan.passages if one.entered <= passage.entered]
    plan.decided, plan.closed = passage.ended + 20 * MINUTE, passage.ended + 25 * MINUTE
    return kit.put(plan, kit.quiet(plan, MISSING, "不予许可，提前终结"))


def withdrawn_half_way(kit: Kit) -> bool:
    """Withdrawn by the applicant half-way through."""
    plan = kit.case(LINE, room=14, wish=replace(QUICK, result=Result.WITHDRAWN))
    if plan is None or plan.withdrawn is None:
        return False
    return kit.put(plan, kit.quiet(plan, MISSING, "申请人撤回，提前终结"))


def condition_does_not_hold(kit: Kit) -> bool:
    """A stage whose condition does not hold of the case is lawfully left out."""
    plan = kit.case(every(_conditional, promised(3, 20), ALL), room=20)
    if plan is None:
        return False
    gone_through = {passage.stage.code for passage in plan.passages}
    left_out = [one.code for one in plan.terms.version.flow if one.when is not None and one.code not in gone_through]
    if not left_out:
        return False
    answers = (kit.quiet(plan, rule, "条件不成立，依法跳过环节") for rule in (MISSING, JUMP))
    return kit.put(plan, *answers)


def optional_left_out(kit: Kit) -> bool:
    """An optional stage is left out."""
    optional = every(LINE, lambda terms: any(not stage.mandatory for stage in terms.version.flow))
    plan = kit.case(optional, room=16, wish=replace(QUICK, skipped=1.0))
    if plan is None:
        return False
    return kit.put(plan, kit.quiet(plan, MISSING, "非必经环节未办"), kit.quiet(plan, JUMP, "非必经环节未办"))


def told_after_the_next(kit: Kit) -> bool:
    """The end of a stage comes in three hours late, after the next ones: a card was raised and must not stand."""
    plan = kit.case(LINE, room=16, wish=replace(QUICK, pace=0.08))
    passage = _middle(plan)
    if plan is None or passage is None or plan.closed is None:
        return False
    step = plan.passages.index(passage) + 1
    plan.held_back[f"E{step}"] = plan.closed + 3 * HOUR
    if plan.closed + 3 * HOUR - (passage.ended or 0) > 20 * HOUR:
        return False
    answers = (kit.quiet(plan, rule, "前置环节迟报，先发卡后撤回") for rule in (MISSING, JUMP))
    return kit.put(plan, *answers)


def _reordered(kit: Kit, early: int) -> bool:
    plan = kit.case(LINE, room=16)
    passage = _middle(plan)
    if plan is None or passage is None:
        return False
    follower = _followers(plan, passage)[0]
    if follower.ended is None:
        return False
    passage.ended = follower.ended + early
    if not _kept(plan, passage):
        return False
    return kit.put(plan, kit.found(plan, REORDER, follower.key, Level.YELLOW, "后一环节先于前置环节结束"))


def _kept(plan: Plan, passage: Passage) -> bool:
    """Return whether a stage still ends in time and before the case is closed."""
    due = stage_due(plan, passage)
    if passage.ended is None or plan.closed is None:
        return False
    if passage.ended >= plan.closed:
        plan.closed = passage.ended + 2 * MINUTE
    in_time = day_of(plan.closed) <= promise_due(plan)
    return in_time and (due is None or day_of(passage.ended) <= due)


def _middle(plan: Plan | None) -> Passage | None:
    """Return a mandatory stage between the first and the decisive one, that others wait for."""
    if plan is None:
        return None
    for passage in plan.passages[1:]:
        stage = passage.stage
        if stage.mandatory and not stage.decisive and not stage.auto and _followers(plan, passage):
            return passage
    return None


def _before_decisive(plan: Plan | None) -> Passage | None:
    if plan is None:
        return None
    waited = [code for passage in plan.passages if passage.stage.decisive for code in passage.stage.after]
    return next((one for one in plan.passages[1:] if one.stage.code in waited and one.stage.mandatory), None)


def _drop(plan: Plan | None, *, decisive: bool) -> Passage | None:
    """Take a stage out of a case and return it."""
    if plan is None:
        return None
    chosen = next((one for one in plan.passages if one.stage.decisive), None) if decisive else _middle(plan)
    if chosen is not None:
        plan.passages.remove(chosen)
    return chosen


def _followers(plan: Plan, passage: Passage) -> list[Passage]:
    return [one for one in plan.passages if passage.stage.code in one.stage.after]


def _conditional(terms: Terms) -> bool:
    return any(stage.when is not None and stage.mandatory for stage in terms.version.flow)


PLANTS = (
    decision_stage_missing,
    middle_stage_missing,
    only_sent_back,
    jumped_and_open,
    jumped_then_denied,
    ended_before_its_predecessor,
    ended_half_a_day_early,
    clocks_differ_a_little,
    stamped_to_the_day,
    side_by_side_in_any_order,
    denied_early,
    withdrawn_half_way,
    condition_does_not_hold,
    optional_left_out,
    told_after_the_next,
)
