"""SK_ROLE_MERGE 审核审批一人."""

from collections.abc import Iterable, Sequence
from datetime import date

from rules.cases import facts
from rules.cases.case import Case, Stage
from rules.declare import Family, Rule, Subjects
from rules.events import handling
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, Breach, Clear, NotApplicable, Rung, Undecided, Verdict

NO_PAIRS = (("", NotApplicable("事项未要求分岗办理")),)
NOT_BOTH = Clear("两个岗位尚未都办理")
NO_OPERATOR = Undecided("经办人")


def role_merge(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """审核审批一人: two stages, or roles, that two persons must hold were held by one. The subject is the pair."""
    version = law.version
    if version is None or not version.separate:
        return NO_PAIRS
    if touched is not None and case.stages[touched].completed is None:
        return ()
    return [(f"{one}+{other}", _judge(case, law, one, other)) for one, other in version.separate]


def not_both_ended(case: Case, law: Law, touched: str) -> bool:
    """Return whether of each pair of stages one surely has not ended yet; of roles that takes a closer look."""
    version = law.version
    if version is None:
        return True
    stages, by_code = law.flow.stages, case.stages_by_code
    for one, other in version.separate:
        first, second = by_code.get(one), by_code.get(other)
        if first is None:
            if one not in stages:
                return False
        elif second is None:
            if other not in stages:
                return False
        elif (len(first) > 1 or first[0].completed is not None) and (
            len(second) > 1 or second[0].completed is not None
        ):
            return False
    return True


def _judge(case: Case, law: Law, one: str, other: str) -> Verdict:
    first, second = _first(case, law, one), _first(case, law, other)
    if first is None or second is None or first is second:
        return NOT_BOTH
    if first.completed is None or second.completed is None or first.ended is None or second.ended is None:
        return NOT_BOTH
    person = first.completed.event.operator_id
    if person is None or second.completed.event.operator_id is None:
        return NO_OPERATOR
    if person != second.completed.event.operator_id:
        return CLEAR
    since = max(first.ended, second.ended)
    basis = law.version.basis if law.version is not None else ""
    figures = (_name(law, first), first.ended, _name(law, second), second.ended, person, basis)
    events = (first.completed.event.event_id, second.completed.event.event_id)
    return Breach((Rung(since, Level.YELLOW, since),), events, figures)


def _first(case: Case, law: Law, which: str) -> Stage | None:
    """Return the passage that ended first of a stage, by its code, or of a role."""
    passages: Sequence[Stage] | None = case.stages_by_code.get(which)
    if passages is None:
        if which in law.flow.stages:
            return None
        passages = [stage for stage in case.stages.values() if _role(law, stage) == which]
    if len(passages) == 1:
        return passages[0] if passages[0].completed is not None else None
    best: Stage | None = None
    best_key: tuple[int, str] = (0, "")
    for stage in passages:
        if stage.completed is None or stage.ended is None:
            continue
        key = stage.ended, stage.completed.event.event_id
        if best is None or key < best_key:
            best, best_key = stage, key
    return best


def _role(law: Law, stage: Stage) -> str | None:
    """Return the role a stage was handled in: as reported, else the only one the flow allows."""
    for filed in (stage.completed, stage.entered):
        if filed is not None and filed.event.role is not None:
            return filed.event.role
    definition = law.flow.stages.get(stage.code)
    return definition.roles[0] if definition is not None and len(definition.roles) == 1 else None


def _name(law: Law, stage: Stage) -> str:
    definition = law.flow.stages.get(stage.code)
    return f"{stage.key} {definition.name}" if definition is not None else stage.key


RULE = Rule(
    number=26,
    id="SK_ROLE_MERGE",
    name="审核审批一人",
    family=Family.FLOW,
    basis="实施清单的一审一核要求；行政许可法 34",
    says="应由两人分别办理的两个环节（或岗位）由同一人办理",
    reads=facts.STAGES | facts.LAW,
    follows=facts.STAGES,
    quiet=not_both_ended,
    kinds=(handling.StageCompleted,),
    since=date(2026, 1, 1),
    judge_each=role_merge,
    needs="stages",
    subjects=Subjects.PAIR,
    figures=(
        ("环节一", "text"),
        ("环节一结束", "instant"),
        ("环节二", "text"),
        ("环节二结束", "instant"),
        ("经办人编号", "text"),
        ("依据", "text"),
    ),
    runbook=(
        "核对两个环节的经办人编号（operator_id）与当日岗位名册、A/B 岗替班记录",
        "排除共用账号：比对两次操作的登录终端与时间间隔",
        "确属一人包办的，查该经办人近三个月同事项办件的分岗情况",
    ),
    blind_spots=("共用账号会误报", "依法委托的小窗口未在名册中载明的会误报"),
)
