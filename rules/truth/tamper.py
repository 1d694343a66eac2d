"""DQ_TAMPER 办结后改数."""

from collections.abc import Iterable
from datetime import date

from rules.cases import facts
from rules.cases.case import Case, Tampering
from rules.declare import Family, Rule, Subjects
from rules.events import data, filing
from rules.events.kinds import BY_NAME, Strand
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Verdict

CONFLICT = "冲突"
VOID = "作废"
WATCHED = frozenset(
    {
        "event_type",
        *("occurred_at", "time_precision", "started_at", "ended_at", "requested_at", "granted_at"),
        *("promise_due", "due_at", "promise_limit", "promise_unit", "statutory_limit", "statutory_unit"),
        *("limit", "limit_unit", "days", "unit", "kind"),
        *("result", "source_result", "complete", "certificate_no", "doc_no"),
    }
)
"""Fields that say when, how long, or with what result; ``kind`` decides whether a suspension stops the clock."""
HANDLING = frozenset({Strand.FILING, Strand.STAGES, Strand.PAUSES, Strand.MONEY})
"""Voiding an event of these strands takes its time and result out of the case."""
CLOSES = frozenset({"case.closed", "case.withdrawn"})

STILL_OPEN = NotApplicable("更正时办件尚未办结")
OTHER_FIELDS = NotApplicable("所改不是时间、时限或结果")
NOT_RECEIVED = NotApplicable("所指事件未收到，或已作废")


def tamper(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """办结后改数: a time, limit or result of a closed case was corrected, voided or sent anew; or contents conflict.

    The subject is the event that says so. With reason and approver it is a notice, without them red; a conflict is a
    notice whenever it comes.
    """
    if not case.tampering:
        return ()
    found: dict[str, list[Tampering]] = {}
    for one in case.tampering:
        found.setdefault(one.by.event.event_id, []).append(one)
    return [(subject, _judge(case, many)) for subject, many in found.items()]


def _judge(case: Case, many: list[Tampering]) -> Verdict:
    """Return the answer about one event; of several things it says the worst, of equally bad ones the first said."""
    quiet: Verdict = CLEAR
    bad: list[tuple[int, int, str, str, tuple[str, ...], Tampering]] = []
    for one in many:
        level = _level(case, one)
        if isinstance(level, Level):
            bad.append((-level, one.by.reported, one.what, one.target, one.fields, one))
        else:
            quiet = level
    if not bad:
        return quiet
    worst = min(bad, key=lambda found: found[:-1])
    level, one = Level(-worst[0]), worst[-1]
    fields = sorted({name for other in many for name in other.fields})
    said = one.by
    return Breach(
        (Rung(said.reported, level, said.reported),),
        tuple(dict.fromkeys((one.target, said.event.event_id))),
        (one.what, one.target, "、".join(fields), "有" if one.reasoned else "无", said.reported),
    )


def _level(case: Case, one: Tampering) -> Level | NotApplicable:
    if one.what == CONFLICT:
        return Level.NOTICE
    if not one.fields:
        return NOT_RECEIVED
    is_void = one.what == VOID
    if not (BY_NAME[one.fields[0]].strand in HANDLING if is_void else not WATCHED.isdisjoint(one.fields)):
        return OTHER_FIELDS
    if not _was_closed(case, one):
        return STILL_OPEN
    return Level.NOTICE if one.reasoned else Level.RED


def _was_closed(case: Case, one: Tampering) -> bool:
    """Return whether the case was closed when this was reported; whoever changes or strikes a close found it closed."""
    if one.what == VOID and one.fields[0] in CLOSES:
        return True
    finished = case.finished
    return finished is not None and (finished.event.event_id == one.target or finished.reported < one.by.reported)


RULE = Rule(
    number=71,
    id="DQ_TAMPER",
    name="办结后改数",
    family=Family.DATA,
    basis="各地电子监察办法：数据不得随意修改；本项目约定",
    says="办件办结之后，其时间、时限或结果被更正、作废或换版；或同一事件有两种内容",
    reads=facts.VERSIONS | facts.CLOSED,
    needs="tampering",
    kinds=(data.EventCorrected, data.EventVoided, filing.Closed, filing.Withdrawn),
    since=date(2026, 1, 1),
    judge_each=tamper,
    subjects=Subjects.EVENT,
    figures=(
        ("方式", "text"),
        ("所改事件", "text"),
        ("所改字段", "text"),
        ("理由与批准人", "text"),
        ("到达时刻", "instant"),
    ),
    runbook=(
        "并列原事件与更正后的字段，看改动是否恰好消除或改变某张监察信号",
        "向来源部门调取更正的审批单，核对理由（reason）与批准人（approver）",
        "查同一来源、同一操作人前后七日内对已办结办件的其他改动",
    ),
    blind_spots=(
        "恢复办理之后、再办结之前的改动不在此列",
        "换版（data_version）报文不带理由，凡改动已办结办件的时间、时限、结果一律为红牌",
        "办结报文本身迟到而更正先到的，看不出先后",
    ),
)
