"""SK_STEP_REORDER 流程倒置."""

from collections.abc import Iterable
from datetime import date

from rules.cases import facts
from rules.cases.case import Case, Stage
from rules.declare import Family, Rule, Subjects
from rules.events import handling
from rules.events.instants import MINUTE
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.steps.order import NO_ORDER, concerned, first_finished, in_order, stamped_to_the_day
from rules.verdicts import CLEAR, Breach, Rung, Undecided, Verdict

TOLERANCE = Param(
    "SK_STEP_REORDER.tolerance_minutes",
    "时钟误差",
    ParamKind.MINUTES,
    default=5,
    basis="本项目约定",
    unit="分钟",
)

ORDER = Undecided("先后（order）：同一日且只报到日")


def step_reorder(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """流程倒置: a stage ended before a stage that must come before it was finished for the first time."""
    if not law.flow.stages:
        return NO_ORDER
    before = law.flow.before
    return [
        (stage.key, _judge(case, law, stage) if stage.ended is not None and before.get(stage.code) else CLEAR)
        for stage in concerned(case, law, touched)
    ]


def _judge(case: Case, law: Law, stage: Stage) -> Verdict:
    before = law.flow.before.get(stage.code)
    ended = stage.ended
    if ended is None or not before:
        return CLEAR
    verdict: Verdict = CLEAR
    for code in before:
        first = first_finished(case, code)
        if first is None or first.ended is None:
            continue
        # The usual case, the predecessor ended earlier on another day or to the second, needs no calendar.
        if first.ended < ended and _exact(first) and _exact(stage):
            continue
        found = _compare(law, stage, ended, first, first.ended)
        if isinstance(found, Breach):
            return found
        if isinstance(found, Undecided):
            verdict = found
    return verdict


def _exact(stage: Stage) -> bool:
    return stage.completed is not None and stage.completed.exact


def _compare(law: Law, stage: Stage, ended: int, first: Stage, first_ended: int) -> Verdict:
    if stamped_to_the_day(stage, law) or stamped_to_the_day(first, law):
        day, first_day = law.days.day_of(ended), law.days.day_of(first_ended)
        if day == first_day:
            return ORDER
        if first_day < day:
            return CLEAR
    elif first_ended <= ended + law.get(TOLERANCE) * MINUTE:
        return CLEAR
    if stage.completed is None or first.completed is None:
        return CLEAR
    definitions = law.flow.stages
    figures = (
        f"{stage.key} {definitions[stage.code].name}",
        ended,
        f"{first.key} {definitions[first.code].name}" if first.code in definitions else first.key,
        first_ended,
        law.get(TOLERANCE),
        law.version.basis if law.version is not None else "",
    )
    events = (stage.completed.event.event_id, first.completed.event.event_id)
    return Breach((Rung(first_ended, Level.YELLOW, first_ended),), events, figures)


RULE = Rule(
    number=22,
    id="SK_STEP_REORDER",
    name="流程倒置",
    family=Family.FLOW,
    basis="实施清单所定办理流程；行政许可法 34、38",
    says="环节结束之后，它之前应经的环节才首次完成",
    reads=facts.STAGES | facts.LAW,
    follows=facts.STAGES,
    quiet=in_order,
    kinds=(handling.StageCompleted,),
    since=date(2026, 1, 1),
    params=(TOLERANCE,),
    judge_each=step_reorder,
    needs="stages",
    subjects=Subjects.STAGE,
    figures=(
        ("环节", "text"),
        ("结束时间", "instant"),
        ("前置环节", "text"),
        ("前置首次完成", "instant"),
        ("容差分钟", "count"),
        ("依据", "text"),
    ),
    runbook=(
        "比对两个环节的结束时间（ended_at）与到达时间（reported_at），排除补录与系统时钟误差",
        "调取两个环节的意见与附件生成时间，确认实际先后",
        "确属先批后审的，查批准人与审核人，并查该事项近一个月同类办件",
    ),
    blind_spots=("只报到日的来源同一日内看不出先后", "来源时钟相差超过容差的会误报"),
)
