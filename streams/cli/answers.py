"""``jiancha answers``: public logs judged by the project's own mappings and catalogues, against known answers."""

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Command
from streams.cli.kinds import Whole
from streams.cli.refused import refusals
from streams.cli.screen import console
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble, differs

if TYPE_CHECKING:
    from rich.console import Console

    from streams.answers import Answered
    from streams.answers.answered import LogRead
    from streams.answers.found import Item

NONE = "—"


@click.command(
    cls=Command,
    help="""用项目自带的映射和目录（examples/）回放公开日志，与已知答案逐个文件对照。

LOGS 是放日志的目录：receipt/、bpic15/ 是日志，known_answers/ 是答案，其中 INDEX.csv 说明每个文件。
每个答案文件一行：由哪条规则、哪个目录和方案回答，在什么人群中，应有、查出、是否相等；不等的列出相差的办件。
口径与本项目不同的答案如实写「回答不了」。有不等的，退出码为 1。""",
)
@click.argument("logs", metavar="LOGS")
@click.option("--examples", metavar="目录", help="映射和目录所在（默认项目的 examples/）")
@click.option(
    "--show", metavar="个数", type=Whole(), default=10, help="每个文件最多列出多少处相差（默认 10，0 为全部）"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def answers(*, logs: str, examples: str | None, show: int, as_json: bool) -> None:
    """Compare public logs with their known answers."""
    from streams.answers import EXAMPLES, BadAnswers, answers_for

    directory, ours = Path(logs), Path(examples) if examples is not None else EXAMPLES
    for path in (directory, ours):
        if not path.is_dir():
            raise Trouble(f"没有目录 {path}")
    to = console()
    said: list[Answered] = []
    try:
        with refusals(), console(stderr=True).status("读取并判定…"):
            said = list(answers_for(directory, ours))
    except BadAnswers as error:
        raise Trouble(str(error)) from None
    if as_json:
        click.echo(json.dumps(as_data(said), ensure_ascii=False, indent=2))
    else:
        for name, of_log in groupby(said, key=lambda one: one.file.log):
            print_log(to, name, list(of_log), show)
        print_total(to, said)
    if not all(one.holds for one in said):
        differs()


def as_data(said: "list[Answered]") -> dict[str, Any]:
    """Return the answers as plain data; instants are ISO 8601."""
    return {"holds": all(one.holds for one in said), "answers": [_data(one) for one in said]}


def _data(one: "Answered") -> dict[str, Any]:
    from rules.events.instants import to_datetime

    log, setting = one.log, one.setting
    return {
        "file": one.file.file,
        "log": log.file if log is not None else None,
        "mapping": log.mapping if log is not None else None,
        "as_of": to_datetime(log.as_of).isoformat() if log is not None else None,
        "rules": list(one.rules),
        "by": one.by or None,
        "catalog": setting.catalog if setting is not None else None,
        "profile": setting.profile if setting is not None else None,
        "of": one.of or None,
        "population": one.population,
        "population_wanted": one.file.population,
        "outcome": one.outcome.name.lower(),
        "wanted": one.wanted,
        "found": one.found,
        "missed": [list(item) for item in one.missed],
        "surplus": [list(item) for item in one.surplus],
        "why": one.why or None,
    }


def print_log(to: "Console", name: str, said: "list[Answered]", show: int) -> None:
    """Print the answers about one log, a line a file, then what differs and why some have none."""
    log = next((one.log for one in said if one.log is not None), None)
    to.print(name if log is None else heading(log), style="bold")
    columns = (
        Column(f"{name}__*.csv"),
        Column("规则", gives=True, style="cyan"),
        Column("目录 方案", gives=True),
        Column("人群", gives=True, style="dim"),
        Column("应有", right=True),
        Column("查出", right=True),
        Column("结果"),
    )
    print_table(to, columns, [_row(one) for one in said])
    for one in said:
        if one.why:
            to.print(f"  {_short(one)} {one.outcome.value}：{one.why}", style="dim")
        _print_items(to, f"  {_short(one)} 漏", one.missed, show)
        _print_items(to, f"  {_short(one)} 多", one.surplus, show)
    to.print()


def heading(log: "LogRead") -> str:
    """Return what was read of a log, and as of when it was judged."""
    from rules.explain.words import instant_text

    end, as_of = (instant_text(instant, log.zone) for instant in (log.end, log.as_of))
    return (
        f"{log.name}：{log.file}，映射 {log.mapping}\n"
        f"{log.cases:,} 件，{log.events:,} 个事件（重复 {log.duplicates:,}，隔离 {log.quarantined:,}）；"
        f"末条 {end}，截至 {as_of}（{log.zone}，末条加迟报宽限）"
    )


def print_total(to: "Console", said: "list[Answered]") -> None:
    """Print how many files are equal, how many not, how many have no answer here."""
    from streams.answers import Outcome

    counts = {outcome: sum(one.outcome is outcome for one in said) for outcome in Outcome}
    parts = [f"{outcome.value} {count}" for outcome, count in counts.items() if count]
    style = "green" if all(one.holds for one in said) else "bold red"
    to.print(f"{len(said)} 个答案文件：{'，'.join(parts)}", style=style)


def _row(one: "Answered") -> tuple[Any, ...]:
    from rich.text import Text

    setting = one.setting
    style = "green" if one.holds else "bold red"
    sign = {"EQUAL": "✓", "REFUSED": "·"}.get(one.outcome.name, "✗")
    return (
        _short(one),
        "、".join(one.rules) or one.by or NONE,
        f"{setting.catalog} {setting.profile}" if setting is not None else NONE,
        _population(one),
        NONE if one.wanted is None else f"{one.wanted:,}",
        NONE if one.found is None else f"{one.found:,}",
        Text(f"{sign} {one.outcome.value}", "dim" if one.outcome.name == "REFUSED" else style),
    )


def _short(one: "Answered") -> str:
    return one.file.file.removeprefix(f"{one.file.log}__").removesuffix(".csv")


def _population(one: "Answered") -> str:
    """Return the population, ours; beside it what the index says where that is another number."""
    if one.population is None:
        return NONE
    wanted = one.file.population
    other = f"（索引作 {wanted:,}）" if wanted is not None and wanted != one.population else ""
    return f"{one.of} {one.population:,}{other}"


def _print_items(to: "Console", title: str, items: "tuple[Item, ...]", show: int) -> None:
    if not items:
        return
    shown = items[:show] if show else items
    more = f"，另有 {len(items) - len(shown):,}" if len(shown) < len(items) else ""
    to.print(f"{title} {len(items):,}：{'；'.join(' '.join(item) for item in shown)}{more}")
