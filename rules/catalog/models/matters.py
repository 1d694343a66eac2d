"""Matters (事项) and their versions (实施清单, GB/T 39046 §6.1)."""

from pydantic import Field

from rules.catalog.models.base import Basis, Code, Count, InForce, Limit, Model, Text
from rules.events.words import HandlingMode, PauseKind, ProjectType, Result


class When(Model):
    """Condition of a stage (适用条件): every key given must hold of the case; empty means always.

    ``attributes`` are looked up in the attributes of the application and the acceptance.
    """

    handling_mode: tuple[HandlingMode, ...] = ()
    priority: tuple[Text, ...] = ()
    apply_type: tuple[Code, ...] = ()
    channel: tuple[Code, ...] = ()
    applicant_type: tuple[Code, ...] = ()
    project_type: tuple[ProjectType, ...] = ()
    result: tuple[Result, ...] = ()
    attributes: dict[str, tuple[Code, ...]] = Field(default_factory=dict)


class StageDef(Model):
    """A stage of a flow (环节). ``after`` names the stages that must have ended before this one starts."""

    code: Code
    name: Text
    limit: Limit | None = None
    mandatory: bool = True
    decisive: bool = False
    after: tuple[Code, ...] = ()
    when: When | None = None
    roles: tuple[Text, ...] = ()
    auto: bool = False


class Extension(Model):
    """How a matter may be extended (延长): ``limit`` None means any length; ``times`` how often."""

    limit: Limit | None = None
    times: Count = Field(default=1, ge=0)
    basis: Basis


class MatterVersion(InForce):
    """A version of a matter: what holds for cases accepted while it is in force.

    ``statutory`` left out means 行政许可法 42 for a licence and *no limit known* for anything else.
    ``separate`` lists pairs of stage codes or roles that two different persons must hold (一审一核).
    ``law_by_reference``: 行政许可法 applies by reference (参照) although the matter is no licence.
    """

    version: Count = Field(ge=1)
    basis: Basis
    project_type: ProjectType = ProjectType.PROMISE
    statutory: Limit | None = None
    promise: Limit | None = None
    receipt: Limit | None = None
    issue: Limit | None = None
    handling: HandlingMode = HandlingMode.SINGLE
    extension: Extension | None = None
    law_by_reference: bool = False
    flow: tuple[StageDef, ...] = ()
    separate: tuple[tuple[Text, Text], ...] = ()
    materials: tuple[Text, ...] = ()
    is_fee: bool = False
    fee_items: tuple[Code, ...] = ()
    special_procedures: tuple[PauseKind, ...] = ()
    serves_enterprises: bool = False
    tacit_consent: bool = False
    hall_only: bool = False
    auto_approve: bool = False
    exempt: tuple[Text, ...] = ()
    """Ids of rules that do not apply to this matter, each said with its reason in ``exempt_basis``."""
    exempt_basis: Basis | None = None


class Matter(Model):
    """A matter (事项): one implementing code, one agency, one or more versions."""

    code: Code
    name: Text
    org_code: Code
    task_type: Code
    region: Code | None = None
    versions: tuple[MatterVersion, ...] = Field(min_length=1)


class MattersDoc(Model):
    """A file of matters."""

    matters: tuple[Matter, ...]
