"""The order of stages (环节次序)."""

from collections.abc import Sequence

from rules.catalog.models.matters import StageDef


def in_sequence(flow: Sequence[StageDef]) -> tuple[StageDef, ...]:
    """Return the stages of a flow, predecessors first."""
    left = {stage.code: stage for stage in flow}
    ordered: list[StageDef] = []
    while left:
        ready = [stage for stage in left.values() if not any(code in left for code in stage.after)]
        ordered += [left.pop(stage.code) for stage in ready]
    return tuple(ordered)
