"""A screen (看板): variables, panels in reading order, and what is marked on its time axes."""

from itertools import combinations
from typing import Literal, Self

from pydantic import model_validator

from dashboards.model.base import Model, Name, Slug, Text
from dashboards.model.looks import Colour, Mapping
from dashboards.model.panel import Panel
from dashboards.model.query import MANY, ONE, TIMES, Query

MOST = 12
"""Panels one can take in at a glance."""


class Choice(Model):
    """A variable chosen from what a query answers: its value first, the text to show second. Several, or all.

    A variable whose query has another as parameter follows it: what is offered depends on what was chosen there.
    """

    kind: Literal["choice"] = "choice"
    name: Name
    title: Text
    query: Query


class Listed(Model):
    """A variable chosen from a fixed list. Several, or all."""

    kind: Literal["listed"] = "listed"
    name: Name
    title: Text
    options: tuple[Mapping, ...]


class Typed(Model):
    """A variable typed in: one value, at first empty."""

    kind: Literal["typed"] = "typed"
    name: Name
    title: Text
    hint: Text


Variable = Choice | Listed | Typed


class Annotation(Model):
    """What is marked on the time axes: the query answers ``time``, ``title``, ``text`` and ``tags`` (with commas)."""

    name: Text
    query: Query
    colour: Colour


class Screen(Model):
    """A screen. ``since`` is how far the time range reaches back at first, ``refresh`` how often it asks again."""

    key: Slug
    title: Text
    description: Text
    variables: tuple[Variable, ...]
    panels: tuple[Panel, ...]
    annotations: tuple[Annotation, ...] = ()
    since: str = "30d"
    refresh: str = "1m"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ids = [panel.id for panel in self.panels]
        if len(ids) != len(set(ids)):
            raise ValueError(f"{self.key}: two panels have one id")
        if not 1 <= len(ids) <= MOST:
            raise ValueError(f"{self.key}: {len(ids)} panels, at most {MOST}")
        for one, other in combinations(self.panels, 2):
            if one.grid.overlaps(other.grid):
                raise ValueError(f"{self.key}: {one.id} and {other.id} overlap")
        for name, query in self.queries():
            self._known(name, query)
        return self

    def _known(self, name: str, query: Query) -> None:
        types = TIMES | {one.name: ONE if one.kind == "typed" else MANY for one in self.variables}
        for parameter, kind in query.parameters().items():
            if types.get(parameter) != kind:
                raise ValueError(f"{self.key}: {name} asks for {parameter}:{kind}, the screen has {types}")
        strange = [source for source in query.sources() if not source.startswith(("v_", "_"))]
        if strange:
            raise ValueError(f"{self.key}: {name} reads {strange}; screens read views only")

    def queries(self) -> tuple[tuple[str, Query], ...]:
        """Return every query of the screen with a name that tells whose it is."""
        return (
            *((f"panel {panel.id}", panel.query) for panel in self.panels),
            *((f"variable {one.name}", one.query) for one in self.variables if isinstance(one, Choice)),
            *((f"annotation {one.name}", one.query) for one in self.annotations),
        )

    def panel(self, panel_id: str) -> Panel:
        """Return a panel by its id; KeyError where there is none."""
        for panel in self.panels:
            if panel.id == panel_id:
                return panel
        raise KeyError(panel_id)
