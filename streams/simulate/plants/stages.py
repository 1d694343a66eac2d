"""Plants about the limits of stages (环节时限)."""

from dataclasses import replace

from rules.events.words import Level
from streams.simulate.moments import MINUTE, day_of, iso_day, moment, text
from streams.simulate.plan import Passage, Plan
from streams.simulate.plants.bend import end_of_stage, promise_due, stage_due, stills, working_day_stage
from streams.simulate.plants.kit import QUICK, Kit
from streams.simulate.plants.where import (
    every,
    in_line,
    in_workdays,
    judged_by,
    over_days,
    promised,
    room_to_statutory,
    side_by_side,
    suspendable,
)
from streams.simulate.reckon import last_day
from streams.simulate.terms import Terms

RULE = "OT_STAGE_OVERDUE"
BRISK = replace(QUICK, pace=0.15)
LINE = every(judged_by(RULE), in_line, in_workdays, room_to_statutory(0))


def one_day_over(kit: Kit) -> bool:
    """A stage ends a working day after its limit, the case within its promise."""
    plan = kit.case(every(promised(7, 15), LINE), room=20, wish=BRISK)
    passage = working_day_stage(plan) if plan is not None else None
    due = stage_due(plan, passage) if plan is not None and passage is not None else None
    if plan is None or passage is None or due is None:
        return False
    end_of_stage(plan, passage, moment(plan.terms.workdays.after(due, 1), 10))
    return kit.put(plan, kit.found(plan, RULE, passage.key, Level.YELLOW, "环节超时一日，办件未超承诺"))


def twice_its_limit(kit: Kit) -> bool:
    """A stage ends a working day after twice its limit: red."""
    plan = kit.case(every(promised(7, 15), LINE), room=24, wish=BRISK)
    passage = working_day_stage(plan) if plan is not None else None
    if plan is None or passage is None or passage.stage.limit is None:
        return False
    factor = plan.terms.thresholds["OT_STAGE_OVERDUE.red_factor"]
    if factor is None:
        return False
    twice = plan.terms.workdays.after(day_of(passage.entered), int(passage.stage.limit.n * factor))
    end_of_stage(plan, passage, moment(plan.terms.workdays.after(twice, 1), 10))
    return kit.put(plan, kit.found(plan, RULE, passage.key, Level.RED, "环节用时超过时限两倍"))


def still_open(kit: Kit) -> bool:
    """A stage is open at the end of the feed, beyond its limit, the case within its promise."""
    start = kit.workdays.before(kit.end_day, 7 + int(kit.rng.random() * 2))
    plan = kit.case(every(promised(10, 15), LINE), day=start, wish=BRISK)
    passage = working_day_stage(plan, 1, 5) if plan is not None else None
    due = stage_due(plan, passage) if plan is not None and passage is not None else None
    if plan is None or passage is None or due is None or due >= kit.workdays.before(kit.end_day, 1):
        return False
    level = _open_level(kit, plan, passage)
    plan.passages = [one for one in plan.passages if one.entered <= passage.entered]
    passage.ended = plan.decided = plan.closed = None
    return kit.put(plan, kit.found(plan, RULE, passage.key, level, "环节超时仍未结束"))


def _open_level(kit: Kit, plan: Plan, passage: Passage) -> Level:
    """Return the level an open stage has reached by the end of the feed."""
    factor = plan.terms.thresholds["OT_STAGE_OVERDUE.red_factor"]
    if factor is None or passage.stage.limit is None:
        return Level.YELLOW
    twice = plan.terms.workdays.after(day_of(passage.entered), int(passage.stage.limit.n * factor))
    return Level.RED if kit.watch.may_say(plan, moment(twice + 1)) is not None else Level.YELLOW


def printed_date_exceeded(kit: Kit) -> bool:
    """The source prints a date for a stage without a limit, and the stage ends the day after."""
    plan = kit.case(every(promised(6, 15), judged_by(RULE), in_workdays), room=16, wish=BRISK)
    if plan is None or plan.passages[-1].stage.limit is not None or plan.passages[-1].ended is None:
        return False
    passage = plan.passages[-1]
    printed = day_of(passage.entered)
    end_of_stage(plan, passage, moment(plan.terms.workdays.after(printed, 1), 11))
    plan.closed = moment(plan.terms.workdays.after(printed, 1), 11, 10)
    passage.extra["due_at"] = iso_day(printed)
    return kit.put(plan, kit.found(plan, RULE, passage.key, Level.YELLOW, "超过系统所载环节应办结日"))


def ended_on_the_last_day(kit: Kit) -> bool:
    """A stage ends late on the last day of its limit."""
    plan = kit.case(every(promised(7, 15), LINE), room=20, wish=BRISK)
    passage = working_day_stage(plan) if plan is not None else None
    due = stage_due(plan, passage) if plan is not None and passage is not None else None
    if plan is None or passage is None or due is None:
        return False
    end_of_stage(plan, passage, moment(due, 17, 5))
    return kit.put(plan, kit.quiet(plan, RULE, "环节到期日当日结束"))


def suspended_inside(kit: Kit) -> bool:
    """A stage uses its whole limit and a lawful suspension that fell into it."""
    wish = replace(QUICK, pace=0.7, pause=True)
    plan = kit.case(every(promised(7, 15), LINE, suspendable), room=34, wish=wish)
    if plan is None or not plan.halts:
        return False
    halt = plan.halts[0]
    for passage in plan.passages:
        if passage.ended is None or halt.ended is None or not passage.entered < halt.started < halt.ended < passage.ended:
            continue
        due = stage_due(plan, passage)
        bare = last_day(plan.terms.workdays, passage.stage.limit, day_of(passage.entered)) if passage.stage.limit else None
        if due is None or bare is None or bare >= due or passage.stage.decisive:
            return False
        end_of_stage(plan, passage, moment(due, 16, 30))
        return bool(stills(plan)) and kit.put(plan, kit.quiet(plan, RULE, "环节内依法挂起，扣除后未超"))
    return False


def end_filled_with_start(kit: Kit) -> bool:
    """A source that fills a missing end with the start of the stage (GB/T 39046 6.4)."""
    plan = kit.case(every(promised(5, 15), LINE), room=16, wish=BRISK)
    passage = working_day_stage(plan) if plan is not None else None
    if plan is None or passage is None:
        return False
    passage.extra["ended_at"] = text(passage.entered + 5 * MINUTE)
    return kit.put(plan, kit.quiet(plan, RULE, "环节结束时间以开始时间填报"))


def both_sides_to_the_full(kit: Kit) -> bool:
    """Two stages side by side, each to the last day of its limit, the case within its promise."""
    plan = kit.case(every(_room_for_stages, side_by_side, judged_by(RULE), in_workdays), room=34, wish=BRISK)
    if plan is None or plan.terms.promise is None:
        return False
    promise_end = promise_due(plan)
    sides = _sides(plan)
    if len(sides) < 2:  # noqa: PLR2004 - two sides
        return False
    for passage in sorted(sides, key=lambda one: stage_due(plan, one) or 0):
        due = stage_due(plan, passage)
        if due is None:
            return False
        others = [(one, one.entered, one.ended) for one in sides if one is not passage]
        end_of_stage(plan, passage, moment(due, 16, 40))
        for one, entered, ended in others:
            one.entered, one.ended = entered, ended
    if plan.closed is None or day_of(plan.closed) > promise_end:
        return False
    return kit.put(plan, kit.quiet(plan, RULE, "并行环节各用足时限"))


def _sides(plan: Plan) -> list[Passage]:
    for code in [passage.stage.code for passage in plan.passages]:
        sides = [one for one in plan.passages if code in one.stage.after and one.stage.limit is not None]
        if len(sides) > 1:
            return sides
    return []


def _room_for_stages(terms: Terms) -> bool:
    """Return whether the promise leaves room for every stage to take its whole limit."""
    if not over_days(terms) or terms.promise is None or not terms.counts_workdays():
        return False
    longest: dict[str, int] = {}
    for stage in terms.version.flow:
        before = max((longest.get(code, 0) for code in stage.after), default=0)
        longest[stage.code] = before + (stage.limit.n if stage.limit is not None else 0)
    return max(longest.values()) <= terms.promise.n


PLANTS = (
    one_day_over,
    twice_its_limit,
    still_open,
    printed_date_exceeded,
    ended_on_the_last_day,
    suspended_inside,
    end_filled_with_start,
    both_sides_to_the_full,
)
