"""OT_REPLY_OVERDUE 督办反馈超期."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from rules.calendar import CalendarError
from rules.cases import facts
from rules.cases.filed import Filed
from rules.declare import Family, Rule, Subjects
from rules.events.alerts import Alert, AlertAppealed, AlertDecided, AlertDelivered, AlertReplied
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Undecided, Verdict

LIMIT = Param(
    "OT_REPLY_OVERDUE.limit",
    "送达后应反馈的期限",
    ParamKind.DAYS,
    default=5,
    basis="某市行政权力网上运行办法：异常应在五个工作日内网上反馈",
    unit="工作日",
)
RAISES = Param(
    "OT_REPLY_OVERDUE.raises",
    "逾期不反馈是否升为红牌",
    ParamKind.FLAG,
    default=True,
    basis="本项目约定",
)
NOT_DELIVERED = NotApplicable("尚未送达，反馈期限未起算")
NOT_RAISED = NotApplicable("本方案不因逾期反馈升级")
ANSWERS = (AlertReplied, AlertAppealed, AlertDecided)
"""What stops the clock: a reply; an appeal, which is one; a decision, after which none is waited for."""


class HasAlerts(Protocol):
    """Facts with what was heard of their cards: a case or an agency."""

    alerts: dict[str, list[Filed[Alert]]]


def reply_overdue(about: HasAlerts, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """督办反馈超期: a card was delivered, and not answered within so many working days; it raises that card.

    Delivered is confirmed delivery, by whichever channel came first: until then no clock runs.
    """
    if not about.alerts:
        return ()
    return [(card, _judge(law, heard)) for card, heard in about.alerts.items()]


def _judge(law: Law, heard: Sequence[Filed[Alert]]) -> Verdict:
    delivered = min((one for one in heard if isinstance(one.event, AlertDelivered)), key=_order, default=None)
    if delivered is None:
        return NOT_DELIVERED
    if not law.get(RAISES):
        return NOT_RAISED
    answer = min((one for one in heard if isinstance(one.event, ANSWERS)), key=_order, default=None)
    limit = law.get(LIMIT)
    if answer is not None and answer.day <= delivered.day + limit:
        return CLEAR
    try:
        due = law.days.due_after(delivered.day, limit)
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
    if due.assumption is not None:
        return Undecided(due.assumption, calendar=True)
    late_from = law.days.start_of(due.day + 1)
    if answer is not None and answer.at < late_from:
        return CLEAR
    say_at = late_from + law.grace if answer is None else late_from
    answers = () if answer is None else (answer.event.event_id,)
    return Breach(
        (Rung(late_from, Level.RED, say_at),),
        (delivered.event.event_id, *answers),
        (delivered.day, limit, due.day, None if answer is None else answer.day),
    )


def _order(filed: Filed[Any]) -> Any:
    return filed.at, filed.key


RULE = Rule(
    number=8,
    id="OT_REPLY_OVERDUE",
    name="督办反馈超期",
    family=Family.TIME,
    basis="各地电子监察办法关于督办反馈期限的规定；升级为本项目约定",
    says="监察信号送达后逾期未反馈，该信号由黄牌升为红牌，不另发信号",
    reads=facts.CARDS,
    needs="alerts",
    kinds=(AlertDelivered, *ANSWERS),
    since=date(2026, 1, 1),
    params=(LIMIT, RAISES),
    judge_each=reply_overdue,
    subjects=Subjects.CARD,
    figures=(("送达日", "day"), ("期限", "count"), ("应反馈日", "day"), ("反馈日", "day")),
    raises_others=True,
    runbook=(
        "核对送达记录（alert.delivered）的通道与时刻，确认确已送达责任部门的固定联系人",
        "电话联系该部门，问清未反馈的原因，当日补报反馈（alert.replied）",
        "查该部门近三个月已送达信号的反馈率，低的约谈",
    ),
    blind_spots=("只看有无反馈，不看内容是否敷衍", "线下书面反馈未录入的会误升级"),
)
