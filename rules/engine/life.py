"""What deliveries, answers and decisions make of a card (生命周期), ``semantics.md`` §6."""

from collections.abc import Sequence

import msgspec

from rules.calendar import WorkCalendar
from rules.cases.filed import Filed
from rules.engine.cards import State
from rules.events import alerts
from rules.events.words import AlertOutcome
from rules.params import Param, ParamKind

APPEAL_DAYS = Param(
    "OT_REPLY_OVERDUE.appeal_days",
    "送达后可申诉的期限",
    ParamKind.DAYS,
    default=10,
    basis="本项目约定：未见成文规定",
    unit="工作日",
)


class Life(msgspec.Struct, frozen=True):
    """How far a card has come: its state, and when it was delivered, replied to and decided (microseconds)."""

    state: State
    delivered: Filed[alerts.Alert] | None = None
    replied: Filed[alerts.Alert] | None = None
    decided: Filed[alerts.Alert] | None = None


UNSAID = Life(State.OPEN)


def life_of(heard: Sequence[Filed[alerts.Alert]] | None, days: WorkCalendar, appeal_days: int) -> Life:
    """Return the life of a card from what was heard about it; a function of the set, not of the order of arrival."""
    if not heard:
        return UNSAID
    state = State.OPEN
    delivered = replied = decided = None
    for filed in sorted(heard, key=lambda one: (one.at, one.key)):
        event = filed.event
        match event:
            case alerts.AlertDelivered():
                delivered = delivered or filed
                state = _forward(state, State.NOTIFIED)
            case alerts.AlertAcknowledged():
                state = _forward(state, State.ACKNOWLEDGED)
            case alerts.AlertReplied():
                replied = replied or filed
                state = _forward(state, State.REPLIED)
            case alerts.AlertAppealed():
                if delivered is None or filed.day <= days.nth_after(delivered.day, appeal_days):
                    state = State.APPEALED
            case alerts.AlertDecided():
                if event.outcome is not None:
                    decided = filed
                    state = State.VERIFIED if event.outcome is AlertOutcome.VERIFIED else State.REVOKED
            case _:
                pass
    return Life(state, delivered, replied, decided)


_ORDER = (State.OPEN, State.NOTIFIED, State.ACKNOWLEDGED, State.REPLIED)


def _forward(state: State, reached: State) -> State:
    """A card never goes back along its way, and an appeal or a decision outlasts an answer."""
    if state in _ORDER and _ORDER.index(reached) > _ORDER.index(state):
        return reached
    return state
