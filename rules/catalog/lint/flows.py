"""The order of stages in a flow (流程)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from rules.catalog.loading import Origin, Problem, Severity
from rules.catalog.models.matters import MatterVersion, StageDef


def ordered(flow: Sequence[StageDef]) -> tuple[StageDef, ...]:
    """The stages, each behind those it waits for; ValueError says which ones wait for each other."""
    stages: Mapping[str, StageDef] = {stage.code: stage for stage in flow}
    graph = {code: [before for before in stage.after if before in stages] for code, stage in stages.items()}
    try:
        return tuple(stages[code] for code in TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle = error.args[1]
        raise ValueError(" → ".join(cycle)) from None


def flow_problems(version: MatterVersion, origin: Origin, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """What is wrong with the flow of a version that is written at a path of its entry."""
    flow = version.flow
    codes = Counter(stage.code for stage in flow)
    seen: set[str] = set()
    for index, stage in enumerate(flow):
        here = (*path, "flow", index)
        if stage.code in seen:
            yield origin.problem((*here, "code"), f"环节代码 {stage.code} 重复")
        seen.add(stage.code)
        for step, before in enumerate(stage.after):
            if before not in codes:
                yield origin.problem((*here, "after", step), f"环节 {stage.code} 的前置环节 {before} 不在流程中")
    try:
        ordered(flow)
    except ValueError as cycle:
        yield origin.problem((*path, "flow"), f"流程成环：{cycle}（前者先于后者）")
    yield from _separation(version, origin, path)
    if flow and not any(stage.decisive and stage.mandatory for stage in flow):
        message = "没有必经的决定环节（decisive: true）：来源不报决定时，只能以办结作决定"
        yield origin.problem((*path, "flow"), message, Severity.WARNING)


def _separation(version: MatterVersion, origin: Origin, path: tuple[str | int, ...]) -> Iterator[Problem]:
    codes = {stage.code for stage in version.flow}
    roles = {role for stage in version.flow for role in stage.roles}
    for index, pair in enumerate(version.separate):
        for side, name in enumerate(pair):
            if name not in codes | roles:
                message = f"须分离的「{name}」既不是流程的环节，也不是环节的岗位"
                yield origin.problem((*path, "separate", index, side), message)
        if pair[0] == pair[1]:
            yield origin.problem((*path, "separate", index), f"「{pair[0]}」不能与自身分离")
