"""What the rules about the order of stages share: which passages a change concerns, and what came first."""

from collections.abc import Iterable

from rules.cases.case import Case, Stage
from rules.law import Law
from rules.verdicts import NotApplicable

NO_ORDER = (("", NotApplicable("事项未载流程")),)


def concerned(case: Case, law: Law, touched: str | None) -> Iterable[Stage]:
    """Return the passages a change of one may concern: itself, and those of the stages that wait for it."""
    if touched is None:
        return case.stages.values()
    stage = case.stages.get(touched)
    if stage is None:
        return ()
    if stage.completed is None:
        return (stage,)
    by_code = case.stages_by_code
    found = [stage]
    for code in law.flow.after.get(stage.code, ()):
        waiting = by_code.get(code)
        if waiting is not None:
            found += waiting
    return found


def in_order(case: Case, law: Law, touched: str) -> bool:
    """Return whether a passage surely ended after all that must come before it, and what waits for it has not."""
    stage = case.stages.get(touched)
    completed = stage.completed if stage is not None else None
    if stage is None or completed is None:
        return True
    code, ended, by_code, flow = stage.code, stage.ended, case.stages_by_code, law.flow
    after, before = flow.after.get(code), flow.before.get(code)
    if after:
        for later in after:
            waiting = by_code.get(later)
            if waiting is not None and finished(waiting):
                return False
    if not before:
        return True
    if ended is None or not completed.exact:
        return False
    for earlier in before:
        passages = by_code.get(earlier)
        if passages is None or len(passages) > 1:
            return False
        first_ended = passages[0].ended
        if first_ended is None or first_ended >= ended:
            return False
        first = passages[0].completed
        if first is None or not first.exact:
            return False
    return True


def finished(passages: Iterable[Stage]) -> bool:
    """Return whether any of the passages through a stage has ended."""
    return any(stage.completed is not None for stage in passages)


def first_finished(case: Case, code: str) -> Stage | None:
    """Return the passage through a stage that ended first."""
    best: Stage | None = None
    for stage in case.stages_by_code.get(code, ()):
        if stage.ended is not None and (best is None or best.ended is None or stage.ended < best.ended):
            best = stage
    return best


def stamped_to_the_day(stage: Stage, law: Law) -> bool:
    """Return whether the end of a passage is known to the day only; midnight sharp is a date without its time."""
    completed, ended = stage.completed, stage.ended
    if completed is None or ended is None:
        return True
    return not completed.exact or ended == law.days.start_of(law.days.day_of(ended))
