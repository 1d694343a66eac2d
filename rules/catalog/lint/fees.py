"""Charge items (收费项目), their standards and waivers."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rules.catalog.lint.chains import cycle_through
from rules.catalog.lint.spans import gap_at_end, gaps, overlaps
from rules.catalog.loading import Documents, Kind, Origin, Problem, Severity
from rules.catalog.models.fees import FeeItem, PerUnit, Standard, Tiers


def fee_problems(documents: Documents) -> Iterator[Problem]:
    """What is wrong with the charge items."""
    agencies = {agency.org_code for agency in documents.agencies}
    items = {item.code: item for item in documents.fees}
    for index, item in enumerate(documents.fees):
        origin = documents.origin(Kind.FEES, index)
        for at, org in enumerate(item.orgs):
            if org not in agencies:
                yield origin.problem(("orgs", at), f"执收部门 {org} 没有登记（agencies）")
        yield from _parents(item, items, origin)
        yield from _dates(item, origin)
        for at, standard in enumerate(item.standards):
            yield from _tariff(standard, origin, ("standards", at, "tariff"))
        yield from _waivers(item, origin)
        if item.cancelled_by is not None and item.until is None:
            yield origin.problem(("cancelled_by",), "写了取消依据，没有写取消日期（until）")
    yield from _names(documents)


def _parents(item: FeeItem, items: Mapping[str, FeeItem], origin: Origin) -> Iterator[Problem]:
    if item.parent is None:
        return
    if item.parent not in items:
        yield origin.problem(("parent",), f"上级收费项目 {item.parent} 不在收费目录中")
    cycle = cycle_through(item.code, lambda code: items[code].parent if code in items else None)
    if cycle is not None:
        yield origin.problem(("parent",), f"上级项目成环：{cycle}")


def _dates(item: FeeItem, origin: Origin) -> Iterator[Problem]:
    """Standards must hold one after the other, from the item's first day (where it is written) to its last."""
    for found in overlaps(item.standards):
        one, other = item.standards[found.at], item.standards[found.other]
        message = f"收费标准 {one.id} 自 {found.day} 起，{other.id} 尚未失效：日期重叠"
        yield origin.problem(("standards", found.at), message)
    since: date | None = item.from_ if "from_" in item.model_fields_set else None
    at_end = gap_at_end(item.standards, item.until)
    for gap in (*gaps(item.standards, since), *([at_end] if at_end else [])):
        yield origin.problem(("standards", gap.at), f"收费标准有空档：{gap} 没有标准")
    seen: set[str] = set()
    for index, standard in enumerate(item.standards):
        if standard.id in seen:
            yield origin.problem(("standards", index, "id"), f"收费标准编号 {standard.id} 重复")
        seen.add(standard.id)


def _tariff(standard: Standard, origin: Origin, path: tuple[str | int, ...]) -> Iterator[Problem]:
    match standard.tariff:
        case PerUnit(min=Decimal() as floor, max=Decimal() as cap) if cap < floor:
            yield origin.problem((*path, "max"), f"上限 {cap} 低于下限 {floor}")
        case Tiers(tiers=tiers):
            below = Decimal(-1)
            for index, tier in enumerate(tiers):
                here = (*path, "tiers", index)
                if tier.upto is None and index < len(tiers) - 1:
                    yield origin.problem(here, "只有末档可以不写 upto")
                if tier.upto is not None and tier.upto <= below:
                    yield origin.problem((*here, "upto"), f"分档须递增：{tier.upto} 不大于前一档的 {below}")
                below = tier.upto if tier.upto is not None else below
            if tiers[-1].upto is not None:
                message = f"末档到 {tiers[-1].upto} 为止，超出部分没有标准"
                yield origin.problem((*path, "tiers", len(tiers) - 1), message, Severity.WARNING)
        case _:
            pass
    if isinstance(standard.tariff, PerUnit) and standard.unit is None:
        yield origin.problem(path, "按量计费没有写计量单位（unit）", Severity.WARNING)


def _waivers(item: FeeItem, origin: Origin) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, waiver in enumerate(item.waivers):
        if waiver.id in seen:
            yield origin.problem(("waivers", index, "id"), f"减免规定编号 {waiver.id} 重复")
        seen.add(waiver.id)
        if not 0 < waiver.share <= 1:
            yield origin.problem(("waivers", index, "share"), f"减免比例 {waiver.share} 须大于 0、不大于 1")


def _names(documents: Documents) -> Iterator[Problem]:
    """A charge is matched by code, else by name or alias: each must lead to one item."""
    taken: dict[str, FeeItem] = {}
    for index, item in enumerate(documents.fees):
        named = [(("name",), item.name), *((("aliases", at), alias) for at, alias in enumerate(item.aliases))]
        for path, name in named:
            other = taken.setdefault(name, item)
            if other is not item:
                message = f"名称「{name}」已属收费项目 {other.code}：按名称对不上唯一的项目"
                yield documents.origin(Kind.FEES, index).problem(path, message)
