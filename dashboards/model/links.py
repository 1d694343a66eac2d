"""Where a number or a row leads: to another screen with variables set, or to the explanation of a card."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from dashboards.model.base import Model, Name, Slug, Text


class ToScreen(Model):
    """A link to a screen: ``cells`` sets variables from columns of the row, ``fixed`` to values.

    All other common variables go along as they are chosen, and so does the time range, unless ``span`` names two
    columns that hold another one, in milliseconds since 1970.
    """

    kind: Literal["screen"] = "screen"
    title: Text
    screen: Slug
    cells: Mapping[Name, Name] = Field(default_factory=dict)
    fixed: Mapping[Name, str] = Field(default_factory=dict)
    span: tuple[Name, Name] | None = None


class ToCard(Model):
    """A link to the explanation of the card whose id stands in a column: ``/card/<监察编号>`` on the board."""

    kind: Literal["card"] = "card"
    title: Text = "逐行说明"
    column: Name = "card_id"


Link = ToScreen | ToCard


class Followed(Model):
    """Where a link of a row leads: the screen with its variables and time range (milliseconds), or the card."""

    screen: str = ""
    variables: Mapping[str, str] = Field(default_factory=dict)
    span: tuple[int, int] | None = None
    card_id: str = ""


def followed(link: Link, row: Mapping[str, object]) -> Followed:
    """Return where a link leads from a row of the answer; KeyError where the row lacks a column it names."""
    if isinstance(link, ToCard):
        return Followed(card_id=str(row[link.column]))
    cells = {name: str(row[column]) for name, column in link.cells.items()}
    first, last = link.span or ("", "")
    span = (int(str(row[first])), int(str(row[last]))) if link.span is not None else None
    return Followed(screen=link.screen, variables={**link.fixed, **cells}, span=span)


CARD_PATH = "/card/"
"""Where the board explains a card; its id follows."""
