"""SK_STEP_MISSING 漏环节."""

from collections.abc import Iterable
from datetime import date

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.models.matters import StageDef
from rules.declare import Family, Rule, Subjects
from rules.events import filing, handling
from rules.events.envelope import Event
from rules.events.words import POSITIVE, Level, StageResult
from rules.law import Law
from rules.params import Param, ParamKind
from rules.steps.conditions import required
from rules.verdicts import CLEAR, Breach, Clear, NotApplicable, Rung, Undecided, Verdict

OPEN_CASES = Param(
    "SK_STEP_MISSING.open_cases",
    "未办结的也按已到末尾审查",
    ParamKind.FLAG,
    default=False,
    basis="本项目约定；用于审查已结束的日志",
)

Answers = Iterable[tuple[str, Verdict]]
NOT_CLOSED: Answers = (("", Clear("尚未办结")),)
NO_FLOW: Answers = (("", NotApplicable("事项未载流程")),)
NO_RESULT: Answers = (("", Undecided("办结结果")),)
WITHDRAWN: Answers = (("", NotApplicable("申请人撤回")),)
ALL_DONE: Answers = (("", CLEAR),)


def step_missing(case: Case, law: Law, touched: str | None) -> Answers:
    """漏环节: the case ended well, and a mandatory stage of its flow was never finished. The subject is its code."""
    closed = case.closed
    if closed is None and not law.get(OPEN_CASES):
        return NOT_CLOSED
    if not law.flow.stages:
        return NO_FLOW
    if case.withdrawn is not None and case.finished is case.withdrawn:
        return WITHDRAWN
    if closed is not None:
        result = closed.event.result
        if result is None and closed.event.source_result is not None:
            return NO_RESULT
        if result is not None and result not in POSITIVE:
            return (("", NotApplicable(f"办结结果 {result.value}，可以不走完流程")),)
        return _missing(case, law, closed, closed.at)
    last = _last(case)
    return NOT_CLOSED if last is None else _missing(case, law, *last)


def _missing(case: Case, law: Law, by: Filed[Event], since: int) -> Answers:
    found = [
        (code, _judge(case, law, definition, by, since))
        for code, definition in law.flow.stages.items()
        if definition.mandatory and not _done(case, code)
    ]
    return found or ALL_DONE


def _done(case: Case, code: str) -> bool:
    for stage in case.stages_by_code.get(code, ()):
        if stage.completed is not None and stage.completed.event.result is not StageResult.RETURNED:
            return True
    return False


def _judge(case: Case, law: Law, definition: StageDef, by: Filed[Event], since: int) -> Verdict:
    needed = required(definition, case, law)
    if needed is None:
        return Undecided(f"环节 {definition.code} 的适用条件")
    if not needed:
        return Clear(f"环节 {definition.code} 不适用于本办件")
    level = Level.RED if definition.decisive else Level.YELLOW
    basis = law.version.basis if law.version is not None else ""
    figures = (
        f"{definition.code} {definition.name}",
        "决定性环节" if definition.decisive else "一般环节",
        "、".join(code for code in law.flow.stages if _done(case, code)),
        by.day,
        basis,
    )
    return Breach((Rung(since, level, since + law.grace),), (by.event.event_id,), figures)


def _last(case: Case) -> tuple[Filed[Event], int] | None:
    """Return the last thing done of an open case and its instant: a stage's end, else acceptance."""
    best: tuple[Filed[Event], int] | None = None
    for stage in case.stages.values():
        if stage.completed is not None and stage.ended is not None and (best is None or stage.ended > best[1]):
            best = stage.completed, stage.ended
    if best is None and case.accepted is not None:
        best = case.accepted, case.accepted.at
    return best


RULE = Rule(
    number=20,
    id="SK_STEP_MISSING",
    name="漏环节",
    family=Family.FLOW,
    basis="实施清单所定办理流程；行政许可法 34、38",
    says="办件按准予或办结结案，而流程中应经的环节从未完成",
    reads=facts.SUBMITTED | facts.ACCEPTED | facts.STAGES | facts.DECIDED | facts.CLOSED | facts.LAW,
    kinds=(handling.StageCompleted, filing.Closed),
    since=date(2026, 1, 1),
    params=(OPEN_CASES,),
    judge_each=step_missing,
    conditional=facts.SUBMITTED | facts.ACCEPTED | facts.DECIDED,
    needs="closed",
    needs_unless=OPEN_CASES,
    subjects=Subjects.STAGE,
    figures=(("环节", "text"), ("性质", "text"), ("已完成", "text"), ("结案日", "day"), ("依据", "text")),
    runbook=(
        "核对受理日有效的流程版本：该环节是否必经、有无适用条件（when）",
        "向业务系统调取办结前该环节的处理记录与意见；确已办理而未上报的，责令补报并按迟报处理",
        "确未办理的，查明批准人与办结人，属决定性环节的移送核查",
    ),
    blind_spots=("办件中途流程改版而来源仍按旧环节编码上报的会误报", "来源不报退回结果的，退回视作完成"),
)
