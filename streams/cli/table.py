"""Tables whose columns stand in line, also where Chinese letters are two columns wide.

Cells are one line each. Where a terminal is too narrow, columns that may give way are cut with an ellipsis, the widest
first; a pipe cuts nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

GAP = 2
LEAST = 6
"""Columns below which a cell is not cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, on which side its cells stand, whether they may be cut (``tail``: their end is what is kept)."""

    title: str
    right: bool = False
    gives: bool = False
    tail: bool = False
    style: str = ""


def print_table(
    to: "Console",
    columns: Sequence[Column],
    rows: Iterable[Sequence["Text | str | int"]],
    *,
    indent: int = 0,
    titles: bool = True,
    below: Sequence[str] = (),
) -> None:
    """Print rows under their titles, the columns in line; ``below`` is a line after each row, cut where it must be."""
    from rich.text import Text

    body = [[_cell(cell, column.style) for cell, column in zip(row, columns, strict=True)] for row in rows]
    head = [[Text(column.title, "bold") for column in columns]] if titles else []
    widths = _widths(columns, [*head, *body], to.width - indent)
    for at, line in enumerate((*head, *body), -len(head)):
        to.print(_line(columns, line, widths, indent), no_wrap=True, overflow="ignore", crop=False)
        if 0 <= at < len(below):
            more = Text(below[at])
            _cut(more, to.width)
            to.print(more, no_wrap=True, overflow="ignore", crop=False)


def _cell(cell: "Text | str | int", style: str) -> "Text":
    from rich.text import Text

    return cell.copy() if isinstance(cell, Text) else Text(str(cell), style)


def _widths(columns: Sequence[Column], lines: Sequence[Sequence["Text"]], room: int) -> list[int]:
    """Return the width of each column; while they do not fit, the widest that may give way loses one."""
    widths = [max((line[at].cell_len for line in lines), default=0) for at in range(len(columns))]
    while sum(widths) + GAP * (len(widths) - 1) > room:
        giving = [at for at, column in enumerate(columns) if column.gives and widths[at] > LEAST]
        if not giving:
            break
        widths[max(giving, key=lambda at: widths[at])] -= 1
    return widths


def _line(columns: Sequence[Column], cells: Sequence["Text"], widths: Sequence[int], indent: int) -> "Text":
    from rich.text import Text

    line = Text(" " * indent)
    for at, (column, cell, width) in enumerate(zip(columns, cells, widths, strict=True)):
        _cut(cell, width, tail=column.tail)
        space = " " * (width - cell.cell_len)
        if at:
            line.append(" " * GAP)
        line.append_text(Text(space) + cell if column.right else cell + Text(space))
    line.rstrip()
    return line


def _cut(cell: "Text", width: int, *, tail: bool = False) -> None:
    """Cut a cell wider than its column, the ellipsis next to the last letter that fits (``tail``: to the first)."""
    from rich.cells import cell_len

    plain = cell.plain
    if cell_len(plain) <= width:
        return
    if tail:
        start = next(at for at in range(len(plain) + 1) if cell_len(plain[at:]) <= width - 1)
        cell.plain = f"…{plain[start:]}"
        return
    keep = len(plain)
    while keep and cell_len(plain[:keep]) > width - 1:
        keep -= 1
    cell.right_crop(len(plain) - keep)
    cell.append("…")
