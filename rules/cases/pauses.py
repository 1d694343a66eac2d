"""Folds of the pause strand: suspensions and extensions."""

from rules.cases import facts
from rules.cases.case import Case, Pause
from rules.cases.filed import Filed
from rules.events.handling import ExtensionGranted, PauseEnded, PauseStarted


def started(case: Case, filed: Filed[PauseStarted]) -> int:
    """特别程序开始."""
    case.pauses += (Pause(filed),)
    return facts.PAUSES


def ended(case: Case, filed: Filed[PauseEnded]) -> int:
    """特别程序结束: ends the pause of its number, else the first open one of its kind, else the first open one."""
    event = filed.event
    open_ones = [pause for pause in case.pauses if pause.ended is None]
    if event.pause_no is not None:
        found = [pause for pause in open_ones if pause.started.event.pause_no == event.pause_no]
    elif event.kind is not None:
        found = [pause for pause in open_ones if pause.started.event.kind is event.kind]
    else:
        found = open_ones
    if not found:
        return 0
    found[0].ended = filed
    return facts.PAUSES


def extended(case: Case, filed: Filed[ExtensionGranted]) -> int:
    """延长审批."""
    case.extensions += (filed,)
    return facts.EXTENSIONS
