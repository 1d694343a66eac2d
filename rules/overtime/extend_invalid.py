"""OT_EXTEND_INVALID 延期违规."""

from collections.abc import Iterable
from datetime import date

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.models.base import UNIT_NAMES
from rules.clocks.clock import extension_faults, extension_unit, requested_day
from rules.clocks.standing import due_standing
from rules.declare import Family, Rule, Subjects
from rules.events import handling
from rules.events.instants import instant_of
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Undecided, Verdict

NO_EXTENSIONS = (("", NotApplicable("没有延长")),)
NO_RULE = (("", NotApplicable("不是行政许可，事项也未定延长办法")),)


def extend_invalid(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """延期违规: an extension too long, one too many, without approver or reason told, or asked for or granted late."""
    if not case.extensions:
        return NO_EXTENSIONS
    if law.extension_times is None:
        return NO_RULE
    return [(filed.event.event_id, _judge(case, law, filed, number)) for number, filed in enumerate(case.extensions)]


def _judge(case: Case, law: Law, filed: Filed[handling.ExtensionGranted], earlier: int) -> Verdict:
    event = filed.event
    faults = list(extension_faults(filed, law, earlier))
    level = Level.YELLOW
    missing = ""
    requested = requested_day(filed, law)
    granted = filed.day if event.granted_at is None else law.days.day_of(instant_of(event.granted_at))
    due = due_standing(case, law, (requested, False, event.event_id))
    due_day = due.day if due is not None else None
    if due is not None and due_day is not None and max(requested, granted) > due_day:
        if not due.certain:
            missing = due.assumption or ""
        elif requested > due_day:
            faults.append("到期日之后才申请")
            level = Level.RED
        else:
            faults.append("到期日之后才批准")
    if not faults:
        return Undecided(missing, calendar=True) if missing else CLEAR
    length = None if event.days is None else f"{event.days}{UNIT_NAMES[extension_unit(event)]}"
    allowed = str(law.extension) if law.extension is not None else None
    figures = (earlier + 1, length, allowed, requested, granted, due_day, "；".join(faults), law.extension_basis)
    events = tuple(one.event.event_id for one in case.extensions[: earlier + 1])
    return Breach((Rung(filed.at, level, filed.at),), events, figures, missing=missing)


RULE = Rule(
    number=7,
    id="OT_EXTEND_INVALID",
    name="延期违规",
    family=Family.TIME,
    basis="行政许可法 42",
    says="延长超过法定日数或次数，没有批准人，未将理由告知申请人，或到期日之后才申请、才批准",
    reads=facts.CLOCK | facts.CLOSED,
    ends=facts.CLOSED,
    kinds=(handling.ExtensionGranted,),
    since=date(2026, 1, 1),
    judge_each=extend_invalid,
    needs="extensions",
    subjects=Subjects.EVENT,
    figures=(
        ("第几次", "count"),
        ("延长", "text"),
        ("可延长", "text"),
        ("申请日", "day"),
        ("批准日", "day"),
        ("当时到期日", "day"),
        ("问题", "text"),
        ("依据", "text"),
    ),
    runbook=(
        "调取延长批件：申请日、批准日、批准人职务（应为本机关负责人；联合办理为本级政府负责人）",
        "核对送达申请人的延长理由告知书及其签收日期",
        "延长无效的，按未延长的到期日重算承诺与法定时限，并与超时卡合并核查",
    ),
    blind_spots=("批准人记在别的字段的来源会误报", "特别法另定延长期限而目录未载的会误报"),
)
