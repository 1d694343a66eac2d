"""Entries that name another above them: a parent item, a superior agency, a profile extended."""

from collections.abc import Callable


def cycle_through(start: str, above: Callable[[str], str | None]) -> str | None:
    """The way from an entry back to itself as text; None if there is none, or if it only leads into a cycle."""
    passed = [start]
    following = above(start)
    while following is not None:
        passed.append(following)
        if following == start:
            return " → ".join(passed)
        if following in passed[:-1]:
            return None
        following = above(following)
    return None
