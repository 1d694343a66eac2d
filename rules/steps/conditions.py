"""Whether the condition of a stage (适用条件) holds of a case."""

from collections.abc import Iterable

from rules.cases.case import Case
from rules.catalog.models.matters import StageDef, When
from rules.law import Law


def required(definition: StageDef, case: Case, law: Law) -> bool | None:
    """Return whether a case must pass through a stage; None where the case does not say."""
    if not definition.mandatory:
        return False
    return True if definition.when is None else holds(definition.when, case, law)


def holds(when: When, case: Case, law: Law) -> bool | None:
    """Return whether every part of a condition holds; None where one is not known and none is known to fail."""
    unknown = False
    for wanted, found in _parts(when, case, law):
        if found is None:
            unknown = True
        elif found not in wanted:
            return False
    return None if unknown else True


def _parts(when: When, case: Case, law: Law) -> Iterable[tuple[tuple[str, ...], str | None]]:
    """Return what is wanted and what the case says of each part; a case without a priority has an ordinary one."""
    submitted = case.submitted.event if case.submitted is not None else None
    accepted = case.accepted.event if case.accepted is not None else None
    version = law.version
    if when.handling_mode:
        yield when.handling_mode, case.handling_mode or (version.handling if version is not None else None)
    if when.priority:
        yield when.priority, (accepted and accepted.priority) or (submitted and submitted.priority) or ""
    if when.project_type:
        own = accepted.project_type if accepted is not None else None
        yield when.project_type, own or (version.project_type if version is not None else None)
    if when.result:
        closed, decided = case.closed, case.decided
        yield when.result, (closed and closed.event.result) or (decided and decided.event.result) or None
    for wanted, name in (
        (when.apply_type, "apply_type"),
        (when.channel, "channel"),
        (when.applicant_type, "applicant_type"),
    ):
        if wanted:
            yield wanted, getattr(submitted, name, None)
    if when.attributes:
        told = {**((submitted and submitted.attributes) or {}), **((accepted and accepted.attributes) or {})}
        for name, wanted in when.attributes.items():
            yield wanted, told.get(name)
