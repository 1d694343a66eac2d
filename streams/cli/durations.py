"""Durations and positive numbers as they are written on a command line."""

import re
from fractions import Fraction
from typing import Any

import click

from rules.events.instants import DAY, HOUR, MINUTE, SECOND

UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
_WRITTEN = re.compile(r"(\d{1,6})([smhd])")


class Duration(click.ParamType):
    """A duration as ``30s``, ``5m``, ``1h``, ``2d``; in microseconds."""

    name = "时长"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the duration; refuse what is none."""
        if isinstance(value, int):
            return value
        found = _WRITTEN.fullmatch(value.strip())
        if found is None or int(found[1]) == 0:
            self.fail(f"「{value}」不是时长；写成 30s、5m、1h、2d", param, ctx)
        return int(found[1]) * UNITS[found[2]]


class Positive(click.ParamType):
    """A number above nought, exactly as it is written."""

    name = "数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Return the number; refuse what is none, or not above nought."""
        if isinstance(value, Fraction):
            return value
        try:
            number = Fraction(str(value).strip())
        except (ValueError, ZeroDivisionError):
            self.fail(f"「{value}」不是数", param, ctx)
        if number <= 0:
            self.fail(f"{value} 不大于零", param, ctx)
        return number
