"""One panel (面板): a question, its query, and what each column of the answer means."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from dashboards.model.base import Model, Name, Slug, Text
from dashboards.model.links import Link
from dashboards.model.looks import Colour, Mapping, Step, Unit
from dashboards.model.query import Query

WIDTH = 24
"""Columns of the grid."""


class Kind(StrEnum):
    """What a panel is; it says what the query must answer."""

    STAT = "stat"
    """One row; each value column is one big number."""
    SERIES = "series"
    """``time`` ascending and numbers: a line, or with ``day`` a stacked bar, for each number."""
    TABLE = "table"
    """Any columns."""
    RANKING = "ranking"
    """A table with a number drawn as a bar; the greatest first."""
    BARS = "bars"
    """A label and numbers, stacked; in the order of the answer."""
    TIMELINE = "timeline"
    """``time`` ascending and words: each word column is a lane, a word holds until the next row."""


class Grid(Model):
    """Place on a grid of 24 columns; a row is 30 pixels high in Grafana."""

    w: int
    h: int
    x: int = 0
    y: int = 0

    def overlaps(self, other: "Grid") -> bool:
        """Return whether two places share a cell."""
        beside = self.x + self.w <= other.x or other.x + other.w <= self.x
        above = self.y + self.h <= other.y or other.y + other.h <= self.y
        return not (beside or above)


class Column(Model):
    """A column of the answer: its name in SQL, its Chinese title, unit, looks and links.

    ``hidden`` columns are there for links. ``width`` is in pixels. ``bar`` draws the number as a bar in its cell.
    ``colour`` is that of its line or bar.
    """

    name: Name
    title: Text
    unit: Unit = Unit.NONE
    decimals: int | None = None
    hidden: bool = False
    width: int | None = None
    bar: bool = False
    colour: Colour | None = None
    steps: tuple[Step, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    links: tuple[Link, ...] = ()


class Panel(Model):
    """A panel. ``unit``, ``steps``, ``mappings`` and ``links`` hold for columns that say nothing else.

    ``empty`` is shown where the query answers no row. ``day`` series have one point a day: steps are never finer.
    """

    id: Slug
    kind: Kind
    title: Text
    description: Text
    query: Query
    columns: tuple[Column, ...]
    grid: Grid
    unit: Unit = Unit.NONE
    decimals: int | None = None
    steps: tuple[Step, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    links: tuple[Link, ...] = ()
    empty: Text = "无"
    day: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        names = [column.name for column in self.columns]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.id}: a column is described twice")
        if not 1 <= self.grid.w <= WIDTH or self.grid.h < 1 or not 0 <= self.grid.x <= WIDTH - self.grid.w:
            raise ValueError(f"{self.id}: {self.grid!r} does not fit a grid of {WIDTH} columns")
        return self

    def column(self, name: str) -> Column | None:
        """Return what is said of a column; None where nothing is."""
        return next((one for one in self.columns if one.name == name), None)


def flow(*panels: Panel) -> tuple[Panel, ...]:
    """Return the panels placed in reading order, row by row; a panel that does not fit begins the next row."""
    placed: list[Panel] = []
    x = y = height = 0
    for panel in panels:
        if x + panel.grid.w > WIDTH:
            x, y, height = 0, y + height, 0
        placed.append(panel.model_copy(update={"grid": panel.grid.model_copy(update={"x": x, "y": y})}))
        x, height = x + panel.grid.w, max(height, panel.grid.h)
    return tuple(placed)
