"""The rules written out: as data for machines, as Markdown for the tree."""

from collections.abc import Iterable, Sequence
from typing import Any

from rules.catalog.example_files import example_file
from rules.declare import Family, Rule, Tier
from rules.events.kinds import type_name
from rules.events.words import Level
from rules.params import Param

HEAD = """# 监察规则

本页由 `jiancha rules --markdown` 生成，不要手改；`make generate` 重新生成。
一条规则是一份声明、一个纯函数和一份例子；`jiancha rules show 编号` 显示其全部内容。
"""


def as_data(rule: Rule) -> dict[str, Any]:
    """Return the declaration of a rule as plain data."""
    return {
        "id": rule.id,
        "name": rule.name,
        "family": rule.family.title,
        "tier": tier_text(rule.tier),
        "version": rule.version,
        "since": rule.since.isoformat(),
        "says": rule.says,
        "basis": rule.basis,
        "subject": rule.subjects.value,
        "reads": list(rule.fact_names()),
        "event_types": [type_name(kind) for kind in rule.kinds],
        "params": [param_data(param) for param in rule.params],
        "figures": [{"name": name, "kind": kind} for name, kind in rule.figures],
        "notice": rule.is_notice,
        "runbook": list(rule.runbook),
        "blind_spots": list(rule.blind_spots),
    }


def param_data(param: Param[Any]) -> dict[str, Any]:
    """Return the declaration of a parameter as plain data."""
    return {
        "id": param.id,
        "title": param.title,
        "kind": param.kind.value,
        "default": value_text(param.default),
        "unit": param.unit,
        "choices": list(param.choices),
        "basis": param.basis,
    }


def value_text(value: Any) -> str:
    """Return the value of a parameter as people write it; 不启用 where it is switched off."""
    if value is None:
        return "不启用"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.code if isinstance(value, Level) else str(value)


def tier_text(tier: Tier) -> str:
    """Return what rules of a tier are about."""
    return "办件" if tier is Tier.CASE else "部门"


def as_markdown(rules: Sequence[Rule]) -> str:
    """Return the page that lists all rules by family, with their parameters."""
    parts = [HEAD]
    for family in Family:
        members = [rule for rule in rules if rule.family is family]
        if members:
            parts += [f"\n## {family.title}\n\n", "".join(_rule(rule) for rule in members)]
    params = [param for rule in rules for param in rule.params]
    parts.append("\n## 参数\n\n阈值方案（`profiles`）可以按地区、部门、事项类型改写；未改写的用默认值。\n\n")
    parts += _table(("参数", "含义", "默认", "依据"), (_param(param) for param in _once(params)))
    return "".join(parts)


def _rule(rule: Rule) -> str:
    about = rule.subjects.value or tier_text(rule.tier)
    file = example_file(rule)
    path = f"{file.parent.name}/{file.name}"
    return (
        f"### {rule.id} {rule.name}\n\n{rule.says}。\n\n"
        f"- 依据：{rule.basis}\n- 对象：{about}\n- 读取：{'、'.join(rule.fact_names())}\n"
        f"- 例子：[{path}]({path})\n"
        f"{''.join(f'- 盲区：{spot}{chr(10)}' for spot in rule.blind_spots)}\n"
    )


def _param(param: Param[Any]) -> tuple[str, ...]:
    return f"`{param.id}`", param.title, f"{value_text(param.default)} {param.unit}".strip(), param.basis


def _once(params: Iterable[Param[Any]]) -> list[Param[Any]]:
    return list({param.id: param for param in params}.values())


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [titles, tuple("---" for _ in titles), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines]
