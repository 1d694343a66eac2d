"""Code tables of one data source (值表). The same digit means opposite things in two provinces, so none is built in."""

from typing import Annotated, Literal

from pydantic import Field

from rules.events.words import AccountClass, PauseKind, PayMethod, ProjectType, Result, StageResult
from streams.sources.mapping.model import Said

Word = Field(strict=False)
Unit = Literal["working_day", "natural_day", "hour", "office_hour", "month"]


class Codes(Said):
    """What the codes of one source mean. A code that is missing from its table is a defect of the field."""

    results: dict[str, Annotated[Result, Word]] = Field(default_factory=dict)
    """办结结果."""
    stage_results: dict[str, Annotated[StageResult, Word]] = Field(default_factory=dict)
    """环节状态、业务动作."""
    project_types: dict[str, Annotated[ProjectType, Word]] = Field(default_factory=dict)
    """办件类型, to GB/T 39046 A.6."""
    apply_types: dict[str, str] | None = None
    """提交方式, to GB/T 39046 A.5; without a table the code is kept as it is."""
    applicant_types: dict[str, str] | None = None
    """申请人类型, to GB/T 39046 A.4; without a table the code is kept as it is."""
    pause_kinds: dict[str, Annotated[PauseKind, Word]] = Field(default_factory=dict)
    """特别程序种类, by name or by code. The name counts first: one code covers many kinds."""
    extension_codes: list[str] = Field(default_factory=list)
    """Codes or names of 特别程序种类 that extend the limit (延长审批) and are no suspension."""
    units: dict[str, Unit] = Field(default_factory=dict)
    """时限单位."""
    stages: dict[str, str] = Field(default_factory=dict)
    """Names of stages to their codes, where a source only writes names; a name without a code stands for itself."""
    decisive: dict[str, list[str]] = Field(default_factory=dict)
    """Decisive stages by matter (实施编码), ``default`` for all others; without an entry the close decides."""
    roles: dict[str, str] | None = None
    """岗位或职务 to the roles of the flow; without a table none is named."""
    fee_items: dict[str, str] = Field(default_factory=dict)
    """收费项目编码 by matter (实施编码), where a source only writes an amount."""
    account_classes: dict[str, Annotated[AccountClass, Word]] = Field(default_factory=dict)
    """收款账户类别."""
    pay_methods: dict[str, Annotated[PayMethod, Word]] = Field(default_factory=dict)
    """缴款方式."""

    def extends(self, code: str | None, name: str | None) -> bool:
        """Return whether a special procedure is an extension."""
        return code in self.extension_codes or name in self.extension_codes

    def pause_kind(self, code: str | None, name: str | None) -> PauseKind | None:
        """Return the kind of a suspension: by its name, else by its code; None where neither is known."""
        return self.pause_kinds.get(name or "", self.pause_kinds.get(code or "", None))
