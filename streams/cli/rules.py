"""``jiancha rules``: the rules that judge, and one rule whole."""

import json
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Group, meant
from streams.cli.screen import console
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.declare import Rule

COLUMNS = (Column("编号", style="bold"), Column("名称"), Column("类型"), Column("依据", gives=True, style="dim"))


@click.group(cls=Group, invoke_without_command=True, help="列出监察规则；rules show 编号 显示一条规则的全部内容。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.option("--markdown", is_flag=True, help="以 Markdown 输出（rules/README.md 由此生成）")
@click.pass_context
def rules(ctx: click.Context, as_json: bool, markdown: bool) -> None:
    """List the rules."""
    if ctx.invoked_subcommand is not None:
        return
    from rules.registry import RULES
    from streams.cli import rulebook

    if as_json:
        click.echo(json.dumps([rulebook.as_data(rule) for rule in RULES], ensure_ascii=False, indent=2))
    elif markdown:
        click.echo(rulebook.as_markdown(RULES), nl=False)
    else:
        rows = [(rule.id, rule.name, rule.family.title, rule.basis) for rule in RULES]
        print_table(console(), COLUMNS, rows)


@rules.command("show", help="显示一条规则：声明、依据、参数、算式各项、处置步骤、盲区和例子。")
@click.argument("rule_id", metavar="编号")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def show(rule_id: str, as_json: bool) -> None:
    """Show one rule whole."""
    from streams.cli import rulebook, rulepage

    rule = rule_named(rule_id)
    if as_json:
        data: dict[str, Any] = rulebook.as_data(rule) | {"examples": rulepage.examples_data(rule)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
    else:
        rulepage.print_rule(console(), rule)


def rule_named(rule_id: str) -> "Rule":
    """Return the rule of an id, in whatever case it is written; Trouble where there is none."""
    from rules.registry import BY_ID

    rule = BY_ID.get(rule_id.strip().upper())
    if rule is None:
        raise Trouble(f"没有规则「{rule_id}」{meant(rule_id.upper(), BY_ID)}\njiancha rules 列出全部规则")
    return rule
