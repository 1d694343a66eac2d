"""SK_STEP_JUMP 跳环节."""

from collections.abc import Iterable
from datetime import date

from rules.cases import facts
from rules.cases.case import Case, Stage
from rules.declare import Family, Rule, Subjects
from rules.events import filing, handling
from rules.events.words import Level
from rules.law import Law
from rules.steps.conditions import required
from rules.steps.order import NO_ORDER, concerned, finished, in_order
from rules.verdicts import CLEAR, Breach, Rung, Undecided, Verdict


def step_jump(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """跳环节: a stage ended while a stage that must come before it has not been finished at all."""
    if not law.flow.stages:
        return NO_ORDER
    before, by_code = law.flow.before, case.stages_by_code
    found: list[tuple[str, Verdict]] = []
    for stage in concerned(case, law, touched):
        verdict: Verdict = CLEAR
        if stage.completed is not None:
            for code in before.get(stage.code, ()):
                passages = by_code.get(code)
                # The usual case: the first passage through the predecessor has ended.
                if passages is None or (passages[0].completed is None and not finished(passages)):
                    verdict = _judge(case, law, stage)
                    break
        found.append((stage.key, verdict))
    return found


def _judge(case: Case, law: Law, stage: Stage) -> Verdict:
    completed, ended = stage.completed, stage.ended
    before = law.flow.before.get(stage.code)
    if completed is None or ended is None or not before:
        return CLEAR
    absent: list[str] = []
    unknown = ""
    for code in before:
        if finished(case.stages_by_code.get(code, ())):
            continue
        definition = law.flow.stages.get(code)
        needed = required(definition, case, law) if definition is not None else False
        if definition is not None and needed:
            absent.append(f"{code} {definition.name}")
        elif needed is None:
            unknown = f"环节 {code} 的适用条件"
    if not absent:
        return Undecided(unknown) if unknown else CLEAR
    definition = law.flow.stages[stage.code]
    level = Level.RED if definition.decisive else Level.YELLOW
    basis = law.version.basis if law.version is not None else ""
    figures = (f"{stage.key} {definition.name}", ended, "、".join(absent), basis)
    return Breach((Rung(ended, level, ended + law.grace),), (completed.event.event_id,), figures)


RULE = Rule(
    number=21,
    id="SK_STEP_JUMP",
    name="跳环节",
    family=Family.FLOW,
    basis="实施清单所定办理流程；行政许可法 34、38",
    says="环节已经结束，而它之前应经的环节从未完成",
    reads=facts.SUBMITTED | facts.ACCEPTED | facts.STAGES | facts.DECIDED | facts.CLOSED | facts.LAW,
    follows=facts.STAGES,
    quiet=in_order,
    conditional=facts.SUBMITTED | facts.ACCEPTED | facts.DECIDED | facts.CLOSED,
    kinds=(handling.StageCompleted, filing.Accepted),
    since=date(2026, 1, 1),
    judge_each=step_jump,
    needs="stages",
    subjects=Subjects.STAGE,
    figures=(("环节", "text"), ("结束时间", "instant"), ("未完成的前置环节", "text"), ("依据", "text")),
    runbook=(
        "核对受理日有效的流程版本：前置关系（after）与适用条件（when），并联环节不互为前置",
        "调取该环节结束前两小时内的经办记录，确认前置环节是未办还是未报",
        "属容缺受理的，核对容缺承诺书与事项的容缺清单",
    ),
    blind_spots=("前置环节迟报超过来源宽限的，先发卡后撤回", "容缺受理未在流程中写明的会误报"),
)
