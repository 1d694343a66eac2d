"""A measured figure with its aim, and the report: a table for people, JSON for programs."""

from collections.abc import Iterable, Sequence

import msgspec

LARGE, MIDDLING = 1000, 10
"""From the first on figures are shown without decimals, from the second on with one."""


class Aim(msgspec.Struct, frozen=True):
    """What a figure should be: at least or at most a number."""

    number: float
    is_least: bool = True

    def met(self, value: float) -> bool:
        """Return whether a value is as it should be."""
        return value >= self.number if self.is_least else value <= self.number

    def __str__(self) -> str:
        return f"{'>=' if self.is_least else '<='} {shown(self.number)}"


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One figure: which part of the report, what was measured, how much, in which unit; ``note`` says on what."""

    part: str
    what: str
    value: float
    unit: str
    aim: Aim | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Return whether the aim was met, in a word; empty without one."""
        if self.aim is None:
            return ""
        return "met" if self.aim.met(self.value) else "MISSED"


def least(number: float) -> Aim:
    """Return the aim of at least a number."""
    return Aim(number)


def most(number: float) -> Aim:
    """Return the aim of at most a number."""
    return Aim(number, is_least=False)


def shown(value: float) -> str:
    """Return a number as people read it: thousands apart, no more decimals than matter."""
    if value != value:  # noqa: PLR0124 - not a number: nothing to divide by
        return "-"
    if abs(value) >= LARGE or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= MIDDLING else f"{value:.3g}"


def as_json(figures: Sequence[Figure]) -> str:
    """Return the figures as a JSON array; those with an aim say whether it was met."""
    rows = []
    for figure in figures:
        row = msgspec.to_builtins(figure)
        if figure.aim is not None:
            row["aim"] = str(figure.aim)
            row["met"] = figure.aim.met(figure.value)
        rows.append(row)
    return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode()


def as_table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table, each part of the report under its title."""
    listed = list(figures)
    cells = [(f.what, shown(f.value), f.unit, str(f.aim or ""), f.verdict, f.note) for f in listed]
    widths = [max((len(row[at]) for row in cells), default=0) for at in range(5)]
    lines: list[str] = []
    part = ""
    for figure, (what, value, unit, aim, verdict, note) in zip(listed, cells, strict=True):
        if figure.part != part:
            part = figure.part
            lines += ["", part]
        line = f"  {what:<{widths[0]}}  {value:>{widths[1]}} {unit:<{widths[2]}}"
        line += f"  {aim:<{widths[3]}}  {verdict:<{widths[4]}}  {note}"
        lines.append(line.rstrip())
    return "\n".join(lines[1:])
