"""A progress bar on a terminal: what is being done, how far it is, how fast, how long it will take. None in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from streams.cli.screen import console

if TYPE_CHECKING:
    from streams.feed import FeedProgress
    from streams.replay.settings import Progress

    Told = Progress | FeedProgress

SHORTEST = 0.5
"""Seconds of a phase before its rate says anything."""


@contextmanager
def metered() -> Iterator["Callable[[Told], None] | None"]:
    """Give what a replay or a feed reports to: a bar on a terminal, None elsewhere."""
    to = console(stderr=True)
    if not to.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("剩余"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=to, transient=True) as bar:
        task = bar.add_task("准备", total=1.0, rate="")
        phase, since = "", 0.0

        def report(progress: "Told") -> None:
            nonlocal phase, since
            if progress.phase.value != phase:
                phase, since = progress.phase.value, monotonic()
            passed = monotonic() - since
            rate = f"{progress.records / passed:>9,.0f} 条/秒" if progress.records and passed > SHORTEST else ""
            bar.update(task, description=phase, completed=progress.fraction, rate=rate)

        yield report


@contextmanager
def measured(title: str) -> Iterator["Callable[[float], None] | None"]:
    """Give what is told the fraction done of one piece of work: a bar on a terminal, None elsewhere."""
    to = console(stderr=True)
    if not to.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("剩余"))
    with Progress(*columns, TimeRemainingColumn(), console=to, transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda fraction: bar.update(task, completed=fraction)
