"""Plants about stages that were left out (漏环节、跳环节)."""

from dataclasses import replace

from rules.events.words import Level, Result
from streams.simulate.moments import HOUR, MINUTE
from streams.simulate.plan import Passage, Plan
from streams.simulate.plants.bend import decisive, followers
from streams.simulate.plants.kit import QUICK, Kit, need, the
from streams.simulate.plants.where import every, in_line, judged_by, promised, room_to_statutory, stages, unconditional
from streams.simulate.terms import Terms

MISSING, JUMP = "SK_STEP_MISSING", "SK_STEP_JUMP"
ALL = judged_by(MISSING, JUMP)
LINE = every(promised(3, 20), room_to_statutory(0), in_line, unconditional, stages(3), ALL)


def decision_stage_missing(kit: Kit) -> None:
    """Closed with a grant though the decisive stage never ended: red."""
    plan = kit.case(LINE, room=16)
    last = the(decisive(plan))
    gone = [last, *followers(plan, last)]
    plan.passages = [one for one in plan.passages if one not in gone]
    missing = [one for one in gone if one.stage.mandatory]
    kit.put(plan, *(kit.found(plan, MISSING, one.stage.code, _level(one), "决定环节缺失而准予办结") for one in missing))


def middle_stage_missing(kit: Kit) -> None:
    """A mandatory stage in the middle never took place: it is missing, and the next one jumped over it."""
    plan = kit.case(LINE, room=16)
    gone = _middle(plan)
    plan.passages.remove(gone)
    missing = kit.found(plan, MISSING, gone.stage.code, Level.YELLOW, "必经环节缺失")
    jumped = [
        kit.found(plan, JUMP, one.key, _level(one), "前置环节未办即结束后一环节") for one in followers(plan, gone)
    ]
    kit.put(plan, missing, *jumped)


def only_sent_back(kit: Kit) -> None:
    """A mandatory stage ended once, sent back, and was never gone through again: missing, but not jumped over."""
    plan = kit.case(LINE, room=16)
    passage = _middle(plan)
    passage.result = "returned"
    kit.put(plan, kit.found(plan, MISSING, passage.stage.code, Level.YELLOW, "环节退回后未重办"))


def jumped_and_open(kit: Kit) -> None:
    """A stage ended without its predecessor while the case is open."""
    plan = kit.case(every(LINE, promised(5, 20)), day=kit.before_end(4), wish=replace(QUICK, pace=0.2))
    gone = _middle(plan)
    last = followers(plan, gone)[0]
    need(not last.stage.decisive and the(last.ended) <= kit.watch.end - 6 * HOUR)
    plan.passages = [one for one in plan.passages if one is not gone and one.entered <= last.entered]
    plan.decided = plan.closed = None
    kit.put(plan, kit.found(plan, JUMP, last.key, Level.YELLOW, "跳过前置环节，办件未结"))


def jumped_then_denied(kit: Kit) -> None:
    """A stage ended without its predecessor and the case was denied: a jump, but nothing is missing."""
    plan = kit.case(LINE, room=16, wish=replace(QUICK, result=Result.DENIED))
    gone = _middle(plan)
    plan.passages.remove(gone)
    jumped = [kit.found(plan, JUMP, one.key, _level(one), "跳过前置环节，不予许可") for one in followers(plan, gone)]
    kit.put(plan, *jumped, kit.quiet(plan, MISSING, "不予许可，不必走完流程"))


def denied_early(kit: Kit) -> None:
    """Denied after the first examination: the rest of the flow need not follow."""
    plan = kit.case(LINE, room=14, wish=replace(QUICK, result=Result.DENIED))
    passage = _middle(plan)
    plan.passages = [one for one in plan.passages if one.entered <= passage.entered]
    plan.decided = the(passage.ended) + 20 * MINUTE
    plan.closed = plan.decided + 5 * MINUTE
    kit.put(plan, kit.quiet(plan, MISSING, "不予许可，提前终结"))


def withdrawn_half_way(kit: Kit) -> None:
    """Withdrawn by the applicant half-way through."""
    plan = kit.case(LINE, room=14, wish=replace(QUICK, result=Result.WITHDRAWN))
    need(plan.withdrawn)
    kit.put(plan, kit.quiet(plan, MISSING, "申请人撤回，提前终结"))


def condition_does_not_hold(kit: Kit) -> None:
    """A stage whose condition does not hold of the case is lawfully left out."""
    plan = kit.case(every(_conditional, promised(3, 20), ALL), room=20)
    gone_through = {passage.stage.code for passage in plan.passages}
    need(any(stage.when is not None and stage.code not in gone_through for stage in plan.terms.flow))
    kit.put(plan, *(kit.quiet(plan, rule, "条件不成立，依法跳过环节") for rule in (MISSING, JUMP)))


def optional_left_out(kit: Kit) -> None:
    """An optional stage is left out."""
    optional = every(LINE, lambda terms: any(not stage.mandatory for stage in terms.flow))
    plan = kit.case(optional, room=16, wish=replace(QUICK, skipped=1.0))
    kit.put(plan, *(kit.quiet(plan, rule, "非必经环节未办") for rule in (MISSING, JUMP)))


def told_after_the_next(kit: Kit) -> None:
    """The end of a stage comes in three hours late, after the next ones: a card was raised and must not stand."""
    plan = kit.case(LINE, room=16, wish=replace(QUICK, pace=0.08))
    passage = _middle(plan)
    late = the(plan.closed) + 3 * HOUR
    need(late - the(passage.ended) <= 20 * HOUR)
    plan.held_back[f"E{plan.passages.index(passage) + 1}"] = late
    kit.put(plan, *(kit.quiet(plan, rule, "前置环节迟报，先发卡后撤回") for rule in (MISSING, JUMP)))


def _middle(plan: Plan) -> Passage:
    """Return a mandatory stage between the first and the decisive one, that others wait for."""
    for passage in plan.passages[1:]:
        stage = passage.stage
        if stage.mandatory and not stage.decisive and not stage.auto and followers(plan, passage):
            return passage
    return the(None)


def _level(passage: Passage) -> Level:
    return Level.RED if passage.stage.decisive else Level.YELLOW


def _conditional(terms: Terms) -> bool:
    return any(stage.when is not None and stage.mandatory for stage in terms.flow)


PLANTS = (
    decision_stage_missing,
    middle_stage_missing,
    only_sent_back,
    jumped_and_open,
    jumped_then_denied,
    denied_early,
    withdrawn_half_way,
    condition_does_not_hold,
    optional_left_out,
    told_after_the_next,
)
