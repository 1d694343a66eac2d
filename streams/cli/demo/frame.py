"""What stands on a terminal while the days pass: the date, how fast it goes, cards by level and state, the news."""

from collections import Counter
from typing import TYPE_CHECKING

from rules.engine.cards import LEVEL_NAMES, STANDING, STATE_NAMES, Move, State
from rules.events.instants import to_datetime
from rules.events.words import Level
from rules.explain.words import day_text
from streams.cli.demo.glance import Glance
from streams.cli.screen import SIGNS, STYLES

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

    from streams.cli.demo.scene import Scene

LEVELS = (Level.RED, Level.YELLOW, Level.NOTICE)
GONE = tuple(state for state in State if state not in STANDING)
ABOVE = 15
"""Lines above the news."""
ORGS = 4
WIDE = 110
"""Columns from which the news also say where."""
NEWS = (11, 8, 6, 20)
"""Columns of the news: when, what was done, the level, the rule."""
PLACE = 30
GAP = 2
LEAST = 10
ROOMY = 100
"""Columns from which the states stand further apart."""
FEWEST = 4


def frame(glance: Glance, scene: "Scene", width: int, height: int) -> "Group":
    """Return the frame of a glance for a terminal of a size."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [
        *_head(glance, scene),
        Text(),
        _levels(glance, width),
        Text(),
        _orgs(glance, scene),
        Text(),
        Text("最近的变动", "bold cyan"),
        _news(glance, scene, width, max(FEWEST, height - ABOVE - ORGS)),
    ]
    return Group(*parts)


def local(instant: int, scene: "Scene") -> tuple[str, str]:
    """Return the local date of an instant with its weekday, and the time to the minute."""
    from zoneinfo import ZoneInfo

    at = to_datetime(instant).astimezone(ZoneInfo(scene.zone))
    return day_text(at.date().toordinal()), at.strftime("%H:%M")


def pace_text(glance: Glance) -> str:
    """Return how many records there were, how many a second, how many wait."""
    return (
        f"办件 {glance.cases:,}  已判定 {glance.judged:,} 条  每秒 {glance.rate:,.0f} 条"
        f"  待判定 {glance.unjudged:,}  待入库 {glance.unstored:,}"
    )


def standing_text(glance: Glance) -> str:
    """Return how many cards stand at each level, and how many rose and were withdrawn."""
    counts = Counter(one.level for one in glance.heard.cards.values() if one.state in STANDING)
    levels = "  ".join(f"{SIGNS[level]} {LEVEL_NAMES[level]} {counts[level]:,}" for level in LEVELS)
    moves = glance.heard.moves
    return f"{levels}  升级 {moves[Move.ESCALATED]:,}  撤回 {moves[Move.WITHDRAWN]:,}"


def _head(glance: Glance, scene: "Scene") -> "list[RenderableType]":
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    line = Table.grid(padding=(0, 2), expand=True)
    line.add_column(no_wrap=True)
    line.add_column(no_wrap=True)
    line.add_column(ratio=1)
    line.add_column(no_wrap=True)
    if glance.now:
        day, time = local(glance.now, scene)
        share = glance.span.share(glance.now)
        line.add_row(Text(day, "bold"), time, ProgressBar(1.0, share), f"{share:4.0%}")
    else:
        line.add_row(Text("准备送入…", "bold"), "", ProgressBar(1.0, 0.0), "")
    return [line, Text(pace_text(glance), no_wrap=True, overflow="ellipsis")]


def _levels(glance: Glance, width: int) -> "Table":
    """Return the cards by level and state; what no longer accuses stands apart, dimmed."""
    from rich.table import Table
    from rich.text import Text

    counts = glance.heard.by_level()
    standing = [state for state in State if state in STANDING]
    table = Table.grid(padding=(0, 2 if width >= ROOMY else 1))
    table.add_column(no_wrap=True)
    for _ in range(len(standing) + 1 + len(GONE)):
        table.add_column(justify="right", no_wrap=True)
    titles = [Text(STATE_NAMES[state], "bold") for state in standing]
    gone = [Text(STATE_NAMES[state], "dim") for state in GONE]
    table.add_row(Text("信号", "bold cyan"), Text("有效", "bold"), *titles, *gone)
    for level in LEVELS:
        stands = sum(counts[level, state] for state in standing)
        table.add_row(
            Text(f"{SIGNS[level]} {LEVEL_NAMES[level]}", STYLES[level]),
            _number(stands, STYLES[level]),
            *(_number(counts[level, state], "") for state in standing),
            *(_number(counts[level, state], "dim") for state in GONE),
        )
    return table


def _orgs(glance: Glance, scene: "Scene") -> "Table":
    """Return the agencies with the worst cards; always as many lines, so that nothing below moves."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, min_width=22)
    for _ in LEVELS:
        table.add_column(justify="right", no_wrap=True, min_width=6)
    heads = (Text(f"{SIGNS[level]} {LEVEL_NAMES[level]}", STYLES[level]) for level in LEVELS)
    table.add_row(Text("信号最多的部门", "bold cyan"), *heads)
    found = list(glance.heard.by_org().items())[:ORGS]
    for org, counts in found:
        table.add_row(scene.org(org), *(_number(counts[level], STYLES[level]) for level in LEVELS))
    for _ in range(ORGS - len(found)):
        table.add_row("")
    return table


def _news(glance: Glance, scene: "Scene", width: int, most: int) -> "Table":
    """Return the latest news, the last first."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, GAP))
    widths = [*NEWS, PLACE] if width >= WIDE else [*NEWS]
    for each in (*widths, max(LEAST, width - sum(widths) - GAP * len(widths))):
        table.add_column(width=each, no_wrap=True, overflow="ellipsis")
    latest = list(glance.heard.latest)[-most:]
    for one in reversed(latest):
        day, time = local(one.at, scene)
        where = [Text(one.place, "dim")] if PLACE in widths else []
        style = STYLES[one.level] if one.accuses else "dim"
        table.add_row(
            Text(f"{day[5:10]} {time}", "dim"),
            Text(one.move, "" if one.accuses else "dim"),
            Text(f"{SIGNS[one.level]} {LEVEL_NAMES[one.level]}", style),
            one.rule,
            *where,
            Text(one.why, "dim"),
        )
    return table


def _number(count: int, style: str) -> "Text":
    from rich.text import Text

    return Text(f"{count:,}", style) if count else Text("·", "dim")
