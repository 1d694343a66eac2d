"""HTML elements, escaped where they are made."""

from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *inside: "str | Html | None", **attributes: str | int | bool | None) -> Html:
    """Return an element; what is inside is escaped unless it is Html, None and "" are left out.

    An attribute is written with hyphens for underscores, without one at its end; True stands alone, None and False
    are left out.
    """
    said = "".join(
        f" {_named(key)}" if value is True else f' {_named(key)}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _EMPTY:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{together(*inside)}</{name}>")


def together(*parts: "str | Html | None") -> Html:
    """Return parts one after the other, escaped unless they are Html."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts if part))


def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


_EMPTY = frozenset({"meta", "link", "input"})
