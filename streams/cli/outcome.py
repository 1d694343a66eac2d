"""What came of a replay: counts that reconcile, cards by rule and level, what was put aside."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from rules.engine.cards import STANDING, State
from rules.events.instants import to_datetime
from rules.events.words import Level
from rules.explain.words import instant_text
from rules.registry import BY_ID
from sinks.clickhouse.stored import Counts
from streams.cli.screen import SIGNS, STYLES
from streams.cli.table import Column, print_table
from streams.replay.settings import RunSummary

if TYPE_CHECKING:
    from rich.console import Console

MOST_REASONS = 8


def as_data(summary: RunSummary, seconds: float) -> dict[str, Any]:
    """Return the summary as plain data; ``now`` is ISO 8601."""
    data: dict[str, Any] = msgspec.to_builtins(summary)
    data["now"] = to_datetime(summary.now).isoformat()
    data["cards"] = [one | {"level": Level(one["level"]).code} for one in data["cards"]]
    data["seconds"] = round(seconds, 3)
    return data


def print_summary(to: "Console", summary: RunSummary, seconds: float) -> None:
    """Print the summary in Chinese."""
    counts = summary.counts
    rate = f"，每秒 {counts.read / seconds:,.0f} 条" if seconds > 0 else ""
    until = f"截至 {instant_text(summary.now, summary.zone)}" if summary.now > 0 else "没有可判定的记录"
    to.print(f"回放完成：{until}，用时 {seconds:.1f} 秒{rate}", style="bold")
    rows = [
        ("记录", f"读入 {counts.read:,} ＝ {ends_text(counts)}"),
        ("", f"其中 {summary.defective:,} 条有读不出的字段，按缺项计入"),
        ("办件", f"{summary.cases:,} 件，在办 {summary.open_cases:,} 件"),
        ("依据", f"目录 {summary.edition}；方案 {summary.profile or '由目录决定'}"),
        ("运行", f"{summary.run}（{summary.workers} 个进程，{summary.transitions:,} 次变动）"),
    ]
    print_table(to, (Column("", style="cyan"), Column("")), rows, titles=False)
    _reasons(to, "隔离", summary.quarantined)
    _reasons(to, "过滤", summary.filtered)
    to.print()
    print_cards(to, summary)


def ends_text(counts: Counts) -> str:
    """Return where the records read ended, and whether that is all of them."""
    ends = (
        ("计入", counts.folded),
        ("重复", counts.duplicate),
        ("隔离", counts.quarantined),
        ("过滤", counts.filtered),
    )
    mark = "✓ 对得上" if counts.reconciles() else "✗ 对不上"
    return f"{' ＋ '.join(f'{name} {n:,}' for name, n in ends)}  {mark}"


def print_cards(to: "Console", summary: RunSummary) -> None:
    """Print how many cards stand by rule and level, and how many no longer do."""
    from rich.text import Text

    standing: Counter[tuple[str, Level]] = Counter()
    gone: Counter[str] = Counter()
    review: Counter[str] = Counter()
    for one in summary.cards:
        if one.state in STANDING:
            standing[one.rule_id, one.level] += one.count
            review[one.rule_id] += one.count if one.state is State.REVIEW else 0
        else:
            gone[one.rule_id] += one.count
    rules = sorted({one.rule_id for one in summary.cards}, key=_place)
    levels = (Level.RED, Level.YELLOW, Level.NOTICE)
    columns = (
        Column("规则", style="bold"),
        Column("名称"),
        *(
            Column(f"{SIGNS[level]} {name}", right=True)
            for level, name in zip(levels, ("红牌", "黄牌", "预警"), strict=True)
        ),
        Column("其中待核", right=True),
        Column("已结或撤回", right=True, style="dim"),
    )
    rows: list[tuple[Any, ...]] = []
    for rule_id in rules:
        cells = [Text(f"{n:,}" if (n := standing[rule_id, level]) else "·", STYLES[level]) for level in levels]
        name = BY_ID[rule_id].name if rule_id in BY_ID else ""
        rows.append((rule_id, name, *cells, review[rule_id] or "·", gone[rule_id] or "·"))
    if rows:
        totals = [sum(standing[rule_id, level] for rule_id in rules) for level in levels]
        rows.append(("合计", "", *(f"{n:,}" for n in totals), sum(review.values()), sum(gone.values())))
        print_table(to, columns, rows)
    else:
        to.print("没有监察信号。")


def _place(rule_id: str) -> tuple[int, str]:
    return (BY_ID[rule_id].number if rule_id in BY_ID else 0, rule_id)


def _reasons(to: "Console", title: str, reasons: Mapping[str, int]) -> None:
    """Print why records were put aside or left out, the commonest first."""
    commonest = Counter(reasons).most_common()
    rows = [(f"{title}原因" if at == 0 else "", f"{n:,}", why) for at, (why, n) in enumerate(commonest[:MOST_REASONS])]
    print_table(to, (Column("", style="cyan"), Column("", right=True), Column("")), rows, titles=False)
    if len(commonest) > MOST_REASONS:
        to.print(f"  另有 {len(commonest) - MOST_REASONS} 种原因")
