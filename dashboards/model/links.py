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

CARD_PATH = "/card/"
"""Where the board explains a card; its id follows."""
