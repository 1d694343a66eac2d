"""Plants about the limits of stages (环节时限)."""

from dataclasses import replace

from rules.events.words import Level
from streams.simulate.moments import MINUTE, Moment, day_of, iso_day, moment, text
from streams.simulate.plan import Passage, Plan
from streams.simulate.plants.bend import end_of_stage, limited_stage, promise_due, stage_due, stills
from streams.simulate.plants.kit import QUICK, Kit, need, the
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
LINE = every(judged_by(RULE), in_line, room_to_statutory(0))


def one_day_over(kit: Kit) -> None:
    """A stage ends a working day after its limit, the case within its promise."""
    plan = kit.case(every(promised(7, 15), LINE), room=20, wish=BRISK)
    passage = limited_stage(plan)
    end_of_stage(plan, passage, moment(plan.terms.workdays.after(the(stage_due(plan, passage)), 1), 10))
    kit.put(plan, kit.found(plan, RULE, passage.key, Level.YELLOW, "环节超时一日，办件未超承诺"))


def twice_its_limit(kit: Kit) -> None:
    """A stage ends a working day after twice its limit: red."""
    plan = kit.case(every(promised(7, 15), LINE), room=24, wish=BRISK)
    passage = limited_stage(plan)
    last = day_of(the(_red_from(plan, passage)) - 1)
    end_of_stage(plan, passage, moment(plan.terms.workdays.after(last, 1), 10))
    kit.put(plan, kit.found(plan, RULE, passage.key, Level.RED, "环节用时超过时限两倍"))


def still_open(kit: Kit) -> None:
    """A stage is open at the end of the feed, beyond its limit, the case within its promise."""
    plan = kit.case(every(promised(10, 15), LINE), day=kit.before_end(kit.some(7, 8)), wish=BRISK)
    passage = limited_stage(plan, 1, 5)
    need(the(stage_due(plan, passage)) < kit.before_end(1))
    red_from = _red_from(plan, passage)
    plan.passages = [one for one in plan.passages if one.entered <= passage.entered]
    passage.ended = plan.decided = plan.closed = None
    reached = red_from is not None and kit.watch.may_say(plan, red_from) is not None
    level = Level.RED if reached else Level.YELLOW
    kit.put(plan, kit.found(plan, RULE, passage.key, level, "环节超时仍未结束"))


def printed_date_exceeded(kit: Kit) -> None:
    """The source prints a date for a stage without a limit, and the stage ends the day after."""
    plan = kit.case(every(promised(6, 15), judged_by(RULE)), room=16, wish=BRISK)
    need(plan.passages)
    passage = plan.passages[-1]
    need(passage.stage.limit is None)
    printed = day_of(passage.entered)
    end_of_stage(plan, passage, moment(plan.terms.workdays.after(printed, 1), 11))
    plan.closed = the(passage.ended) + 10 * MINUTE
    passage.extra["due_at"] = iso_day(printed)
    kit.put(plan, kit.found(plan, RULE, passage.key, Level.YELLOW, "超过系统所载环节应办结日"))


def ended_on_the_last_day(kit: Kit) -> None:
    """A stage ends late on the last day of its limit."""
    plan = kit.case(every(promised(7, 15), LINE), room=20, wish=BRISK)
    passage = limited_stage(plan)
    end_of_stage(plan, passage, moment(the(stage_due(plan, passage)), 17, 5))
    kit.put(plan, kit.quiet(plan, RULE, "环节到期日当日结束"))


def suspended_inside(kit: Kit) -> None:
    """A stage uses its whole limit and a lawful suspension that fell into it."""
    wish = replace(QUICK, pace=0.7, pause=True)
    plan = kit.case(every(promised(7, 15), LINE, suspendable), room=34, wish=wish)
    need(plan.halts)
    passage = the(next((one for one in plan.passages if _holds_halt(plan, one)), None))
    due = the(stage_due(plan, passage))
    bare = the(last_day(plan.terms.workdays, the(passage.stage.limit), day_of(passage.entered)))
    need(bare < due and not passage.stage.decisive and stills(plan))
    end_of_stage(plan, passage, moment(due, 16, 30))
    kit.put(plan, kit.quiet(plan, RULE, "环节内依法挂起，扣除后未超"))


def end_filled_with_start(kit: Kit) -> None:
    """A source that fills a missing end with the start of the stage (GB/T 39046 6.4)."""
    plan = kit.case(every(promised(5, 15), LINE), room=16, wish=BRISK)
    passage = limited_stage(plan)
    passage.extra["ended_at"] = text(passage.entered + 5 * MINUTE)
    kit.put(plan, kit.quiet(plan, RULE, "环节结束时间以开始时间填报"))


def both_sides_to_the_full(kit: Kit) -> None:
    """Two stages side by side, each to the last day of its limit, the case within its promise."""
    plan = kit.case(every(_room_for_stages, side_by_side, judged_by(RULE), in_workdays), room=34, wish=BRISK)
    due, sides = promise_due(plan), _sides(plan)
    slowest = max(sides, key=lambda one: the(one.ended))
    others = [one for one in sides if one is not slowest]
    need(all(the(stage_due(plan, one)) <= the(stage_due(plan, slowest)) for one in others))
    end_of_stage(plan, slowest, moment(the(stage_due(plan, slowest)), 16, 40))
    for one in others:
        one.ended = moment(the(stage_due(plan, one)), 16, 20)
    need(day_of(the(plan.closed)) <= due)
    kit.put(plan, kit.quiet(plan, RULE, "并行环节各用足时限"))


def _red_from(plan: Plan, passage: Passage) -> Moment | None:
    """Return the moment from which a stage is over so many times its limit."""
    factor = plan.terms.thresholds[f"{RULE}.red_factor"]
    if factor is None:
        return None
    days = int(the(passage.stage.limit).n * factor)
    return moment(plan.terms.workdays.after(day_of(passage.entered), days) + 1)


def _holds_halt(plan: Plan, passage: Passage) -> bool:
    started, ended = plan.halts[0].started, the(plan.halts[0].ended)
    return passage.ended is not None and passage.entered < started < ended < passage.ended


def _sides(plan: Plan) -> list[Passage]:
    """Return passages that run side by side after one stage; raises Misfit where there are none."""
    for code in [passage.stage.code for passage in plan.passages]:
        sides = [one for one in plan.passages if code in one.stage.after and one.stage.limit is not None]
        if len(sides) > 1:
            return sides
    return the(None)


def _room_for_stages(terms: Terms) -> bool:
    """Return whether the promise leaves room for every stage to take its whole limit."""
    if not over_days(terms) or terms.promise is None or not terms.counts_workdays():
        return False
    longest: dict[str, int] = {}
    for stage in terms.flow:
        before = max((longest.get(code, 0) for code in stage.after), default=0)
        longest[stage.code] = before + (stage.limit.n if stage.limit is not None else 0)
    return max(longest.values(), default=0) <= terms.promise.n


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
