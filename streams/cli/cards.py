"""``jiancha cards``: the cards of the store, filtered; a table, JSON or CSV."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from rules.engine.cards import LEVEL_NAMES, STANDING, STATE_NAMES, State
from rules.events.words import Level
from streams.cli.archive import opened, store_option
from streams.cli.chinese import Command
from streams.cli.kinds import WHEN, Whole, Word
from streams.cli.screen import console
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.stored import CardFilter, Run, StoredCard
    from streams.cli.names import Names

LEVEL = Word([level.code for level in Level], [LEVEL_NAMES[level] for level in Level])
STATE = Word([state.value for state in State], [STATE_NAMES[state] for state in State])
SHOWN = 50
COLUMNS = (
    Column("级别"),
    Column("规则", gives=True),
    Column("办件", gives=True, tail=True),
    Column("对象", gives=True),
    Column("责任部门", gives=True),
    Column("状态"),
    Column("条件成立"),
    Column("监察编号", style="dim"),
)


@click.command(
    cls=Command,
    help="""列出监察信号，仍成立的、最重的在前。各项条件同时满足；--rule、--level、--state 可以写多次。""",
)
@store_option
@click.option("--rule", "rules", metavar="编号", multiple=True, help="规则编号或名称")
@click.option("--level", "levels", metavar="级别", multiple=True, type=LEVEL, help="red 红牌、yellow 黄牌、notice 预警")
@click.option("--state", "states", metavar="状态", multiple=True, type=STATE, help="状态，如 OPEN 已生成、REVIEW 待核")
@click.option("--standing", is_flag=True, help="只列仍然成立的（不含已撤销、自动撤回、已结）")
@click.option("--org", metavar="部门", help="责任部门代码或名称")
@click.option("--task", metavar="事项", help="实施编码")
@click.option("--case", metavar="办件", help="办件编号")
@click.option("--since", metavar="时刻", type=WHEN, help="条件成立不早于")
@click.option("--until", metavar="时刻", type=WHEN, help="条件成立早于；只写日期时含该日")
@click.option("--limit", metavar="张数", type=Whole(), help=f"最多列几张（表格默认 {SHOWN}，0 为全部）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.option("--csv", "as_csv", is_flag=True, help="以 CSV 输出")
def cards(*, store: str, limit: int | None, as_json: bool, as_csv: bool, **wanted: Any) -> None:
    """List cards."""
    from streams.cli.names import names_of

    if as_json and as_csv:
        raise Trouble("--json 和 --csv 只能选一个")
    with opened(store) as archive:
        names = names_of(archive.run)
        only = _filter(wanted, archive.run, names)
        found = sorted(archive.cards(only), key=lambda one: one.card.state not in STANDING)
        most = limit if limit is not None else (0 if as_json or as_csv else SHOWN)
        shown = found[:most] if most else found
        rows = [card_data(one, names, archive.run.zone) for one in shown]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        _print_csv(rows)
    else:
        _print(console(), shown, names, archive.run.zone, len(found))


def card_data(one: "StoredCard", names: "Names", zone: str) -> dict[str, Any]:
    """Return a card as plain data: the columns of the CSV, instants ISO 8601 in the zone of the catalogue."""
    from rules.verdicts import NEVER
    from streams.cli.names import stamp

    card = one.card
    return {
        "card_id": card.card_id,
        "rule_id": card.rule_id,
        "rule_name": names.rule(card.rule_id),
        "case_id": card.scope,
        "subject": card.subject,
        "org_code": card.org_code or "",
        "org_name": names.org(card.org_code),
        "task_code": card.task_code or "",
        "task_name": names.task(card.task_code),
        "level": card.level.code,
        "peak": card.peak.code,
        "state": card.state.value,
        "condition_at": stamp(card.condition_at, zone),
        "known_at": stamp(card.known_at, zone),
        "ended": stamp(card.ended, zone) if card.ended < NEVER else "",
        "merged_into": card.merged_into,
        "grounds": " ".join(ground.rule_id for ground in card.grounds),
        "events": " ".join(card.finding.events),
        "historic": one.historic,
    }


def _filter(wanted: Mapping[str, Any], run: "Run", names: "Names") -> "CardFilter":
    from sinks.clickhouse.stored import CardFilter
    from streams.cli.replay import instant_in

    since: date | None = wanted["since"]
    until: date | None = wanted["until"]
    if until is not None and type(until) is date:
        until += timedelta(days=1)
    return CardFilter(
        rules=tuple(names.rule_id(rule) for rule in wanted["rules"]),
        levels=tuple(Level.of(level) for level in wanted["levels"]),
        states=tuple(State(state) for state in wanted["states"]),
        org=names.org_code(wanted["org"]) if wanted["org"] else None,
        task=wanted["task"],
        case=wanted["case"],
        since=instant_in(since, run.zone) if since is not None else None,
        until=instant_in(until, run.zone) if until is not None else None,
        standing=wanted["standing"],
    )


def _print(to: "Console", shown: "Sequence[StoredCard]", names: "Names", zone: str, total: int) -> None:
    print_cards(to, shown, names, zone)
    if len(shown) < total:
        to.print(f"\n共 {total:,} 张，列出前 {len(shown):,} 张（--limit 0 列出全部）")
    else:
        to.print(f"\n共 {total:,} 张" if total else "没有符合条件的监察信号。")


def print_cards(to: "Console", shown: "Sequence[StoredCard]", names: "Names", zone: str, *, indent: int = 0) -> None:
    """Print cards, a line each."""
    from streams.cli.names import minute
    from streams.cli.screen import level_text, state_text

    rows = [
        (
            level_text(one.card.level, one.card.state),
            names.rule(one.card.rule_id),
            one.card.scope if one.card.scope != one.card.org_code else "—",
            one.card.subject,
            names.org(one.card.org_code),
            state_text(one.card.state),
            minute(one.card.condition_at, zone),
            one.card.card_id,
        )
        for one in shown
    ]
    if rows:
        print_table(to, COLUMNS, rows, indent=indent)


def _print_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
