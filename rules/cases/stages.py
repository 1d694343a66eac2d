"""Folds of the stage strand: which stage was entered and ended, and how often."""

from rules.cases import facts
from rules.cases.case import Case, Stage
from rules.cases.filed import Filed
from rules.events.handling import StageCompleted, StageEntered
from rules.events.instants import instant_of

UNNAMED = "?"
"""Code of a stage whose source names none."""


def entered(case: Case, filed: Filed[StageEntered]) -> int:
    """环节开始: a new passage through the stage, or the numbered one."""
    event = filed.event
    stage = _passage(case, event.stage_code or UNNAMED, event.occurrence, opening=True)
    if stage.entered is None:
        stage.entered = filed
        stage.started = filed.at
    return facts.ENTERED if stage.completed is None else facts.ENTERED | facts.STAGES


def completed(case: Case, filed: Filed[StageCompleted]) -> int:
    """环节结束: ends the open passage, else it is a passage of its own."""
    event = filed.event
    code, occurrence = event.stage_code or UNNAMED, event.occurrence
    passages = case.stages_by_code.get(code)
    last = passages[-1] if passages else None
    if last is not None and last.completed is None and (occurrence is None or occurrence == last.occurrence):
        stage = last
        case.touched = last.key
    else:
        stage = _passage(case, code, occurrence, opening=False)
    if stage.completed is None:
        stage.completed = filed
        ended = event.ended_at
        stage.ended = filed.at if ended is None or ended == event.occurred_at else instant_of(ended)
        if stage.started is None and event.started_at is not None:
            stage.started = instant_of(event.started_at)
    return facts.STAGES


def _passage(case: Case, code: str, occurrence: int | None, *, opening: bool) -> Stage:
    passages = case.stages_by_code.get(code)
    if passages is None:
        passages = case.stages_by_code[code] = []
    if occurrence is not None:
        stage = case.stages.get(f"{code}#{occurrence}")
    else:
        stage = None if opening or not passages or passages[-1].completed is not None else passages[-1]
        occurrence = len(passages) + 1
    if stage is None:
        stage = Stage(code, occurrence, f"{code}#{occurrence}")
        passages.append(stage)
        case.stages[stage.key] = stage
    case.touched = stage.key
    return stage


def touched_by(late: Filed[StageEntered] | Filed[StageCompleted], before: Case, again: Case) -> str:
    """Return the key of the only passage a late event can have changed, empty where it may have changed several."""
    code = late.event.stage_code or UNNAMED
    passages = [one.key for one in again.stages_by_code[code]]
    known = [one.key for one in before.stages_by_code.get(code, ())]
    return passages[0] if len(passages) == 1 and known in ([], passages) else ""
