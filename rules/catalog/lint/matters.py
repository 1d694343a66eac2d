"""Matters (事项) and their versions."""

import re
from collections.abc import Iterator

from rules.catalog.lint.flows import flow_problems
from rules.catalog.lint.measures import TWO_YEARS
from rules.catalog.lint.spans import gaps, overlaps
from rules.catalog.lint.specs import Known
from rules.catalog.loading import Documents, Kind, Origin, Problem, Severity
from rules.catalog.models.base import Limit
from rules.catalog.models.fees import FeeItem
from rules.catalog.models.matters import Matter, MatterVersion

TASK_TYPE = re.compile(r"0[0-9]|10|[12][0-9]")
"""GB/T 39046-2020 A.1: 00–10, 20, with 11–19 and 21–29 left to be extended."""


def matter_problems(documents: Documents, known: Known) -> Iterator[Problem]:
    """What is wrong with the matters."""
    agencies = {agency.org_code for agency in documents.agencies}
    fees = {item.code: item for item in documents.fees}
    for index, matter in enumerate(documents.matters):
        origin = documents.origin(Kind.MATTERS, index)
        if matter.org_code not in agencies:
            yield origin.problem(("org_code",), f"部门 {matter.org_code} 没有登记（agencies）")
        if TASK_TYPE.fullmatch(matter.task_type) is None:
            message = f"事项类型「{matter.task_type}」不在 GB/T 39046 表 A.1（00–10、11–29）"
            yield origin.problem(("task_type",), message)
        yield from _versions(matter, origin)
        for at, version in enumerate(matter.versions):
            path = ("versions", at)
            yield from flow_problems(version, origin, path)
            yield from _charges(matter, version, fees, origin, path)
            yield from _exemptions(version, known, origin, path)
            yield from _limits(version, origin, path)


def _versions(matter: Matter, origin: Origin) -> Iterator[Problem]:
    for found in overlaps(matter.versions):
        other = matter.versions[found.other]
        message = f"版本 {matter.versions[found.at].version} 自 {found.day} 起，版本 {other.version} 尚未失效：日期重叠"
        yield origin.problem(("versions", found.at), message)
    for gap in gaps(matter.versions):
        yield origin.problem(("versions", gap.at), f"版本之间有空档：{gap} 没有有效版本")
    seen: set[int] = set()
    for index, version in enumerate(matter.versions):
        if version.version in seen:
            yield origin.problem(("versions", index, "version"), f"版本号 {version.version} 重复")
        seen.add(version.version)


def _charges(
    matter: Matter, version: MatterVersion, fees: dict[str, FeeItem], origin: Origin, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    if version.fee_items and not version.is_fee:
        yield origin.problem((*path, "fee_items"), "is_fee 不是 true，却列了收费项目")
    if version.is_fee and not version.fee_items:
        yield origin.problem((*path, "is_fee"), "收费事项没有列收费项目（fee_items）", Severity.WARNING)
    for index, code in enumerate(version.fee_items):
        here = (*path, "fee_items", index)
        item = fees.get(code)
        if item is None:
            yield origin.problem(here, f"收费项目 {code} 不在收费目录中")
        elif item.orgs and matter.org_code not in item.orgs:
            message = f"收费项目 {code}（{item.name}）的执收部门不含 {matter.org_code}：由他部门执收或代收"
            yield origin.problem(here, message, Severity.WARNING)


def _exemptions(version: MatterVersion, known: Known, origin: Origin, path: tuple[str | int, ...]) -> Iterator[Problem]:
    for index, rule in enumerate(version.exempt):
        if rule not in known.rules:
            yield origin.problem((*path, "exempt", index), f"没有规则 {rule}")
    if version.exempt and version.exempt_basis is None:
        yield origin.problem((*path, "exempt"), "豁免须写明依据（exempt_basis）")


def _limits(version: MatterVersion, origin: Origin, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """Limits that no working calendar reaches: it goes three years beyond the last notice."""
    found: list[tuple[tuple[str | int, ...], Limit | None]] = [
        ((name,), getattr(version, name)) for name in ("statutory", "promise", "receipt", "issue")
    ]
    found += [(("flow", at, "limit"), stage.limit) for at, stage in enumerate(version.flow)]
    if version.extension is not None:
        found.append((("extension", "limit"), version.extension.limit))
    for step, limit in found:
        if limit is not None and limit.n > TWO_YEARS[limit.unit]:
            yield origin.problem((*path, *step), f"时限 {limit} 超过两年，工作日历算不到")
