"""The console: colours on a terminal, plain text in a pipe, everything readable without colour."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from rules.engine.cards import LEVEL_NAMES, STANDING, STATE_NAMES, State
from rules.events.envelope import Event
from rules.events.words import Level

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SIGNS = {Level.NOTICE: "○", Level.YELLOW: "◆", Level.RED: "●"}
STYLES = {Level.NOTICE: "cyan", Level.YELLOW: "bold yellow", Level.RED: "bold red"}
IN_A_PIPE = 100_000
"""Columns of a pipe: nothing is cut there."""


def console(*, stderr: bool = False) -> "Console":
    """Return the console; NO_COLOR is respected, and a pipe gets neither colour nor cut lines."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, emoji=False, markup=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = IN_A_PIPE
    return made


def level_text(level: Level, state: State = State.OPEN) -> "Text":
    """Return a level with its sign: ● 红牌, ◆ 黄牌, ○ 预警; dimmed where the card no longer accuses."""
    from rich.text import Text

    return Text(f"{SIGNS[level]} {LEVEL_NAMES[level]}", STYLES[level] if state in STANDING else "dim")


def state_text(state: State) -> "Text":
    """Return a state in Chinese; one that no longer accuses is dimmed."""
    from rich.text import Text

    return Text(STATE_NAMES[state], "" if state in STANDING else "dim")


def kind_title(of: type[Event]) -> str:
    """Return the Chinese name of an event type: what its docstring begins with."""
    return re.split(r"[:;,(.]", of.__doc__ or "", maxsplit=1)[0].strip()


def yuan(amount: Decimal) -> str:
    """Return an amount of yuan with thousands apart and two decimals."""
    return f"{amount:,.2f}"


def share(part: int, whole: int) -> str:
    """Return a share as a percentage, a dash where there is nothing to take a share of."""
    return f"{100 * part / whole:.1f}%" if whole else "—"
