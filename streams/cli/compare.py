"""``jiancha compare``: cards against an answer key, recall and precision per rule and the cases that differ."""

import json
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Command
from streams.cli.kinds import ReadFile, Whole
from streams.cli.screen import console
from streams.cli.table import Column, print_table
from streams.cli.trouble import differs

if TYPE_CHECKING:
    from rich.console import Console

    from streams.cli.agreement import Agreement, Difference

SCORES = (
    Column("规则", style="bold"),
    Column("应报", right=True),
    Column("查出", right=True),
    Column("查全率", right=True),
    Column("报出", right=True),
    Column("查准率", right=True),
    Column("近似不报", right=True),
    Column(""),
)
DIFFERENCES = (
    Column("差异"),
    Column("规则", style="bold"),
    Column("办件"),
    Column("对象", gives=True),
    Column("应为"),
    Column("实为"),
    Column("说明", gives=True, style="dim"),
)


@click.command(
    cls=Command,
    help="""把监察信号与答案逐条对照，给出各规则的查全率和查准率。


CARDS 是 replay --cards 写出的文件；KEY 是 CSV，至少有列 rule_id（或 rule）和 case_id（或 case）或 subject，
可有 level、expect（found 应报，quiet 不应报）、note。答案没有提到的规则不参加对照。
并入其他信号的和附带根据不算多报。有差异时退出码为 1。""",
)
@click.argument("cards", metavar="CARDS", type=ReadFile())
@click.argument("key", metavar="KEY", type=ReadFile())
@click.option("--complete", is_flag=True, help="答案是完整的：没有提到的规则也参加对照，报出的都算多报")
@click.option("--show", metavar="行数", type=Whole(), default=50, help="最多列出多少条差异（默认 50，0 为全部）")
@click.option("--exit-zero", is_flag=True, help="有差异时退出码也为 0")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def compare(*, cards: str, key: str, complete: bool, show: int, exit_zero: bool, as_json: bool) -> None:
    """Compare cards with a key."""
    from streams.cli.agreement import agreement
    from streams.cli.answerkey import read_cards, read_key

    found = agreement(read_cards(cards), read_key(key), complete=complete)
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        to = console()
        print_scores(to, found)
        print_differences(to, found.differences, show)
    if not found.holds and not exit_zero:
        differs()


def as_data(found: "Agreement") -> dict[str, Any]:
    """Return an agreement as plain data."""
    return {
        "agrees": found.holds,
        "rules": [
            {
                "rule_id": one.rule_id,
                "wanted": one.wanted,
                "hit": one.hit,
                "recall": one.recall,
                "found": one.found,
                "right": one.right,
                "precision": one.precision,
                "quiet": one.quiet,
                "kept_quiet": one.kept_quiet,
            }
            for one in found.scores
        ],
        "differences": [
            {
                "kind": one.kind.name.lower(),
                "rule_id": one.rule_id,
                "case_id": one.case_id,
                "subject": one.subject,
                "wanted_level": one.wanted.level.code if one.wanted is not None and one.wanted.level else None,
                "found_level": one.found.level.code if one.found is not None and one.found.level else None,
                "card_id": one.found.card_id if one.found is not None else None,
                "note": one.wanted.note if one.wanted is not None else "",
            }
            for one in found.differences
        ],
        "not_compared": dict(found.not_compared),
    }


def print_scores(to: "Console", found: "Agreement", *, indent: int = 0) -> None:
    """Print recall and precision, a line a rule."""
    from rich.text import Text

    rows = []
    for one in found.scores:
        near = f"{one.kept_quiet}/{one.quiet}" if one.quiet else "—"
        mark = Text("✓ 一致", "green") if one.perfect else Text("✗ 有差异", "bold red")
        rows.append(
            (one.rule_id, one.wanted, one.hit, ratio(one.recall), one.found, ratio(one.precision), near, mark),
        )
    print_table(to, SCORES, rows, indent=indent)
    if found.not_compared:
        left = "、".join(f"{rule_id} {count} 张" for rule_id, count in found.not_compared.items())
        to.print(f"{' ' * indent}答案没有提到、未参加对照：{left}", style="dim")


def print_differences(to: "Console", differences: "tuple[Difference, ...]", most: int = 0) -> None:
    """Print the cases that differ, at most so many lines (0: all)."""
    if not differences:
        to.print("没有差异。", style="green")
        return
    shown = differences[:most] if most else differences
    to.print(f"\n{len(differences)} 处差异" + (f"，列出前 {len(shown)} 处" if len(shown) < len(differences) else ""))
    print_table(to, DIFFERENCES, [_row(one) for one in shown])


def _row(one: "Difference") -> tuple[Any, ...]:
    from streams.cli.screen import level_text

    wanted: Any = "—"
    if one.wanted is not None:
        wanted = "不报" if one.wanted.quiet else (level_text(one.wanted.level) if one.wanted.level else "报出")
    found: Any = "未报"
    if one.found is not None:
        found = level_text(one.found.level) if one.found.level else "报出"
    note = one.wanted.note if one.wanted is not None else ""
    return one.kind.value, one.rule_id, one.case_id, one.subject, wanted, found, note


def ratio(value: float | None) -> str:
    """Return a share to three decimals, rounded down, so that 1.000 means all; a dash where there is none."""
    return "—" if value is None else f"{int(value * 1000) / 1000:.3f}"
