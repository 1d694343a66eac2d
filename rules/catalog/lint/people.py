"""Agencies (部门) and officers (经办人)."""

import re
from collections.abc import Iterator

from rules.catalog.lint.chains import cycle_through
from rules.catalog.loading import Documents, Kind, Origin, Problem, Severity
from rules.catalog.models.people import Agency

UNIFIED_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a 统一社会信用代码 in the order of their values (GB 32100-2015): no I, O, S, V, Z."""
REGION = re.compile(r"[0-9]{6}([0-9]{3})?([0-9]{3})?")


def people_problems(documents: Documents) -> Iterator[Problem]:
    """What is wrong with agencies and officers."""
    agencies = {agency.org_code: agency for agency in documents.agencies}
    sources = {source.id for source in documents.sources}
    for index, agency in enumerate(documents.agencies):
        origin = documents.origin(Kind.AGENCIES, index)
        if agency.data_source is not None and agency.data_source not in sources:
            yield origin.problem(("data_source",), f"数据来源 {agency.data_source} 没有登记（sources）")
        yield from _parents(agency, agencies, origin)
        if not is_unified_code(agency.org_code):
            message = f"「{agency.org_code}」不是统一社会信用代码（GB 32100-2015：18 位，末位为校验码）"
            yield origin.problem(("org_code",), message, Severity.NOTICE)
        if agency.region is not None and REGION.fullmatch(agency.region) is None:
            message = f"「{agency.region}」不是行政区划代码（6、9 或 12 位数字）"
            yield origin.problem(("region",), message, Severity.NOTICE)
    yield from _officers(documents, set(agencies))
    yield from _unstaffed(documents)


def _parents(agency: Agency, agencies: dict[str, Agency], origin: Origin) -> Iterator[Problem]:
    if agency.parent is None:
        return
    if agency.parent not in agencies:
        yield origin.problem(("parent",), f"上级部门 {agency.parent} 没有登记（agencies）")
    cycle = cycle_through(agency.org_code, lambda code: agencies[code].parent if code in agencies else None)
    if cycle is not None:
        yield origin.problem(("parent",), f"上级部门成环：{cycle}")


def _officers(documents: Documents, agencies: set[str]) -> Iterator[Problem]:
    matters = {matter.code: matter for matter in documents.matters}
    for index, officer in enumerate(documents.officers):
        origin = documents.origin(Kind.OFFICERS, index)
        if officer.org_code not in agencies:
            yield origin.problem(("org_code",), f"部门 {officer.org_code} 没有登记（agencies）")
        for at, code in enumerate(officer.matters):
            if code not in matters:
                yield origin.problem(("matters", at), f"事项 {code} 不在目录中")
            elif matters[code].org_code != officer.org_code:
                message = f"事项 {code} 属于部门 {matters[code].org_code}，不是其所在部门"
                yield origin.problem(("matters", at), message, Severity.WARNING)


def _unstaffed(documents: Documents) -> Iterator[Problem]:
    """Roles that a flow asks for and nobody in the agency holds; only of agencies whose officers are listed."""
    held = {
        (officer.org_code, role, code)
        for officer in documents.officers
        for role in officer.roles
        for code in officer.matters or ("",)
    }
    staffed = {officer.org_code for officer in documents.officers}
    for index, matter in enumerate(documents.matters):
        if matter.org_code not in staffed:
            continue
        for at, version in enumerate(matter.versions):
            for step, stage in enumerate(version.flow):
                for role in stage.roles:
                    if not held & {(matter.org_code, role, ""), (matter.org_code, role, matter.code)}:
                        message = f"部门 {matter.org_code} 没有可办此事项的「{role}」岗位人员"
                        path = ("versions", at, "flow", step, "roles")
                        yield documents.origin(Kind.MATTERS, index).problem(path, message, Severity.WARNING)


def is_unified_code(code: str) -> bool:
    """Whether a text has the form of a 统一社会信用代码, its check character included."""
    if len(code) != 18 or any(sign not in UNIFIED_CODE for sign in code):  # noqa: PLR2004 - the standard's length
        return False
    values = [UNIFIED_CODE.index(sign) for sign in code]
    return values[17] == -sum(value * pow(3, place, 31) for place, value in enumerate(values[:17])) % 31
