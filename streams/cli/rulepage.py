"""One rule on the terminal: what it says, on what basis, with which parameters, what to do, and its examples."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rules.catalog.example_files import NoExamples, read_examples
from rules.declare import Rule
from rules.events.kinds import BY_NAME, type_name
from rules.events.words import Level
from rules.explain.words import level_text
from streams.cli.rulebook import tier_text, value_text
from streams.cli.screen import kind_title
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

KINDS = {"fires": "报警", "quiet": "不报", "boundary": "边界", "trap": "陷阱"}
FIGURES = {"day": "日期", "instant": "时刻", "count": "数", "text": "文字", "yuan": "元"}
ANSWERS = {"clear": "无违规", "not_applicable": "不适用", "undecided": "无法判定"}
OF_EVENT = frozenset({"type", "at", "id"})


def examples_data(rule: Rule) -> list[dict[str, Any]]:
    """Return the examples of a rule as they are written beside it; empty where it has none."""
    try:
        return list(read_examples(rule).get("examples", ()))
    except NoExamples:
        return []


def print_rule(to: "Console", rule: Rule) -> None:
    """Print a rule whole."""
    to.print(f"{rule.id}  {rule.name}", style="bold")
    to.print(f"{rule.says}。\n")
    about = rule.subjects.value or "整件"
    facts = (
        ("类型", f"{rule.family.title}（对象是{tier_text(rule.tier)}）"),
        ("依据", rule.basis),
        ("版本", f"{rule.version}，{rule.since.isoformat()} 起"),
        ("对象", about),
        ("读取事实", "、".join(rule.fact_names())),
        ("有关事件", "、".join(f"{kind_title(kind)} {type_name(kind)}" for kind in rule.kinds)),
    )
    print_table(to, (Column(""), Column("")), facts, titles=False)
    _params(to, rule)
    _lines(to, "算式各项", ("、".join(f"{name}（{FIGURES.get(kind, kind)}）" for name, kind in rule.figures),))
    _lines(to, "处置步骤", (f"{number}. {step}" for number, step in enumerate(rule.runbook, 1)))
    _lines(to, "盲区", (f"· {spot}" for spot in rule.blind_spots))
    to.print("\n例子", style="bold")
    for example in examples_data(rule):
        to.print(f"  {KINDS.get(str(example.get('kind')), '')}  {example.get('name')}")
        for line in example_lines(example):
            to.print(f"      {line}", style="dim")


def example_lines(example: Mapping[str, Any]) -> Iterable[str]:
    """Yield the events of an example and what is expected of them, a line each."""
    for event in example.get("events", ()):
        kind = BY_NAME.get(event.get("type", ""))
        title = kind_title(kind.of) if kind is not None else event.get("type", "")
        rest = "，".join(f"{name}={value}" for name, value in event.items() if name not in OF_EVENT)
        yield f"{event.get('at')}  {title}" + (f"（{rest}）" if rest else "")
    as_of = f"截至 {example['as_of']}：" if example.get("as_of") else ""
    expected = example.get("expect")
    many = expected if isinstance(expected, list) else [expected]
    yield f"→ {as_of}{'；'.join(_expected(one) for one in many)}"


def _expected(one: Any) -> str:
    if isinstance(one, str):
        return ANSWERS.get(one, one)
    if not isinstance(one, Mapping):
        return "无违规"
    level = one.get("level")
    said = level_text(Level.of(level)) if level else ANSWERS.get(str(one.get("verdict", "clear")), "")
    why = one.get("missing") or one.get("why")
    about = f"{one['subject']} " if one.get("subject") else ""
    since = f"，自 {one['since']} 起" if one.get("since") else ""
    return f"{about}{said}{since}" + (f"（{why}）" if why else "")


def _params(to: "Console", rule: Rule) -> None:
    if rule.params:
        to.print("\n参数（默认值，方案可改写）", style="bold")
        rows = [(p.id, p.title, f"{value_text(p.default)} {p.unit}".strip(), p.basis) for p in rule.params]
        columns = (Column("参数"), Column("含义", gives=True), Column("默认"), Column("依据", gives=True, style="dim"))
        print_table(to, columns, rows, indent=2)


def _lines(to: "Console", title: str, lines: Iterable[str]) -> None:
    shown = [line for line in lines if line]
    if shown:
        to.print(f"\n{title}", style="bold")
        for line in shown:
            to.print(f"  {line}")
