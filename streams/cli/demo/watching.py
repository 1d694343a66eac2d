"""Who watches the days pass: a terminal gets a frame that changes, a pipe a line for each simulated week."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rules.events.instants import DAY
from streams.cli.demo.frame import frame, local, pace_text, standing_text
from streams.cli.demo.glance import Glance

if TYPE_CHECKING:
    from rich.console import Console

    from streams.cli.demo.scene import Scene

WEEK = 7 * DAY


@contextmanager
def watching(to: "Console", scene: "Scene") -> Iterator[Callable[[Glance], None]]:
    """Give what shows a glance on a console; on a terminal nothing of it stays."""
    if to.is_terminal:
        with _framed(scene) as show:
            yield show
    else:
        yield Lines(to, scene).show


class Lines:
    """Prints a line when another week of the span has passed."""

    def __init__(self, to: "Console", scene: "Scene") -> None:
        self._to = to
        self._scene = scene
        self._weeks = 0

    def show(self, glance: Glance) -> None:
        """Print a line where it is time for one."""
        weeks = (glance.now - glance.span.begins) // WEEK
        if weeks <= self._weeks:
            return
        self._weeks = weeks
        day, _ = local(glance.now, self._scene)
        self._to.print(f"{day}  {pace_text(glance)}  {standing_text(glance)}")


@contextmanager
def _framed(scene: "Scene") -> Iterator[Callable[[Glance], None]]:
    from rich.console import Console
    from rich.live import Live

    to = Console(highlight=False, emoji=False, markup=False)
    live = Live(console=to, auto_refresh=False, transient=True)

    def show(glance: Glance) -> None:
        live.start()  # what is printed before the first glance stays above
        live.update(frame(glance, scene, to.width, to.height), refresh=True)

    try:
        yield show
    finally:
        live.stop()
