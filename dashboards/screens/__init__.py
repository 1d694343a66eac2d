"""The screens, one a module; ``made`` holds what many of them are made of.

``SCREENS`` is the register, in the order people read them; ``WALL`` are those shown in turn on a wall.
"""

from collections.abc import Mapping

from dashboards.model.screen import Screen
from dashboards.screens.agency import AGENCY
from dashboards.screens.cards import CARDS
from dashboards.screens.case import CASE
from dashboards.screens.charges import CHARGES
from dashboards.screens.item import ITEM
from dashboards.screens.overview import OVERVIEW
from dashboards.screens.performance import PERFORMANCE
from dashboards.screens.pipeline import PIPELINE
from dashboards.screens.quality import QUALITY

SCREENS: tuple[Screen, ...] = (
    OVERVIEW,
    CARDS,
    AGENCY,
    ITEM,
    CASE,
    CHARGES,
    PERFORMANCE,
    QUALITY,
    PIPELINE,
)
WALL: tuple[Screen, ...] = (OVERVIEW, CARDS, AGENCY, CHARGES, PERFORMANCE, QUALITY)
BY_KEY: Mapping[str, Screen] = {screen.key: screen for screen in SCREENS}


def screen_of(key: str) -> Screen:
    """Return a screen by its key; KeyError where there is none."""
    return BY_KEY[key]
