"""The screens, one a module; ``made`` holds what many of them are made of.

``SCREENS`` is the register, in the order people read them; ``WALL`` are those shown in turn on a wall.
"""

from collections.abc import Mapping

from dashboards.model.screen import Screen
from dashboards.screens.overview import OVERVIEW

SCREENS: tuple[Screen, ...] = (OVERVIEW,)
WALL: tuple[Screen, ...] = (OVERVIEW,)
BY_KEY: Mapping[str, Screen] = {screen.key: screen for screen in SCREENS}


def screen_of(key: str) -> Screen:
    """Return a screen by its key; KeyError where there is none."""
    return BY_KEY[key]
