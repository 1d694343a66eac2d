"""Scripts and styles, out of the package, and a style sheet made of the panel definitions: colours, places."""

from hashlib import sha256
from importlib.resources import files

import msgspec

from dashboards.model.looks import Colour
from dashboards.screens import SCREENS

_TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
_DARK = 0.18
"""Luminance above which black letters stand out better than white ones."""


class Shipped(msgspec.Struct, frozen=True):
    """A file as it is sent: its type, its content, the tag by which a browser knows it has it already."""

    type: str
    content: bytes
    etag: str


def shipped() -> dict[str, Shipped]:
    """Return the files of the page by name."""
    found = {
        entry.name: entry.read_bytes()
        for entry in files("streams.board").joinpath("static").iterdir()
        if entry.name.rpartition(".")[2] in _TYPES
    }
    found["look.css"] = look().encode()
    return {
        name: Shipped(_TYPES[name.rpartition(".")[2]], content, sha256(content).hexdigest()[:16])
        for name, content in found.items()
    }


def look() -> str:
    """Return a style sheet: every colour as ``--name``, that of letters on it as ``--on-name``, widths and heights."""
    lines = []
    for one in Colour:
        name, on = one.name.lower(), "#000" if luminance(one) > _DARK else "#fff"
        lines.append(f":root {{ --{name}: {one.value}; --on-{name}: {on}; }}")
        lines.append(f".{name} {{ --c: var(--{name}); --on: var(--on-{name}); }}")
    panels = [panel.grid for screen in SCREENS for panel in screen.panels]
    lines += [f".w{wide} {{ grid-column: span {wide}; }}" for wide in sorted({one.w for one in panels})]
    lines += [f".h{high} {{ grid-row: span {high}; --h: {high}; }}" for high in sorted({one.h for one in panels})]
    return "\n".join((*lines, ""))


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2)."""
    parts = (int(colour.value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
