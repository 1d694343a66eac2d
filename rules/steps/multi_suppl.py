"""SK_MULTI_SUPPL 未一次性告知."""

from collections.abc import Iterable, Sequence
from datetime import date

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.declare import Family, Rule, Subjects
from rules.events import filing
from rules.events.envelope import Event
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import Breach, Clear, NotApplicable, Rung, Verdict

RED_AT: Param[int | None] = Param(
    "SK_MULTI_SUPPL.red_at",
    "第几次告知起为红牌",
    ParamKind.COUNT,
    default=3,
    basis="本项目约定",
    unit="次",
    optional=True,
)

NO_NOTICES = (("", NotApplicable("没有补正告知")),)
CORRECTS = NotApplicable("更正前一份告知书，不另计次")
CHANGED = NotApplicable("因申请人变更材料而告知，不计次")
REPEATED = NotApplicable("同一份告知书，不另计次")
FIRST = Clear("第一次告知")


def multi_suppl(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """未一次性告知: a further notice of what is missing, which the first should have said."""
    if not case.answers:
        return NO_NOTICES
    counted: list[Filed[Event]] = []
    numbers: set[str] = set()
    found: list[tuple[str, Verdict]] = []
    for answer in case.answers:
        event = answer.event
        if not isinstance(event, filing.SupplementNotified):
            continue
        verdict: Verdict
        if event.corrects:
            verdict = CORRECTS
        elif event.applicant_changed:
            verdict = CHANGED
        elif event.notice_no is not None and event.notice_no in numbers:
            verdict = REPEATED
        else:
            numbers.update((event.notice_no,) if event.notice_no is not None else ())
            counted.append(answer)
            verdict = _judge(law, counted, event.items)
        found.append((event.event_id, verdict))
    return found or NO_NOTICES


def _judge(law: Law, counted: Sequence[Filed[Event]], items: tuple[str, ...]) -> Verdict:
    n = len(counted)
    if n == 1:
        return FIRST
    red_at = law.get(RED_AT)
    level = Level.RED if red_at is not None and n >= red_at else Level.YELLOW
    notice, before = counted[-1], counted[-2]
    figures = (n, before.day, notice.day, "、".join(items) or None, law.receipt_basis)
    events = tuple(one.event.event_id for one in counted)
    return Breach((Rung(notice.at, level, notice.at),), events, figures)


RULE = Rule(
    number=24,
    id="SK_MULTI_SUPPL",
    name="未一次性告知",
    family=Family.CONTENT,
    basis="行政许可法 32、72",
    says="同一办件第二次告知补正；第三次起为红牌",
    reads=facts.ANSWERED | facts.LAW,
    kinds=(filing.SupplementNotified,),
    since=date(2026, 1, 1),
    params=(RED_AT,),
    judge_each=multi_suppl,
    needs="answers",
    subjects=Subjects.EVENT,
    licences_only=True,
    figures=(("第几次", "count"), ("前次告知", "day"), ("本次告知", "day"), ("补正材料", "text"), ("依据", "text")),
    runbook=(
        "并排比对各次告知书的补正清单（items），后一次所列是否前一次就可发现",
        "属更正前一份告知书或申请人新变更材料的，责令来源补报 corrects 或 applicant_changed",
        "确属分次告知的，查两次告知的经办人，约谈窗口负责人",
    ),
    blind_spots=("来源不区分更正告知与再次告知的会误报", "口头告知未记录的看不到"),
)
