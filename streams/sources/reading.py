"""One door to all sources: paths and perhaps a mapping in, items out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from streams.sources.errors import Problem, Unusable
from streams.sources.item import Item
from streams.sources.jsonl import read_events
from streams.sources.lines import STDIN


def open_source(paths: Sequence[str], mapping: Path | None, *, latest: int | None) -> Iterator[Item]:
    """Return the items of all files, in their order. ``-`` is standard input; gzip is unpacked.

    Without a mapping the files are canonical JSON lines. ``latest`` (microseconds) is the instant after which a
    record is put aside as being of the future. What is wrong with the mapping or the paths is raised as Unusable
    before anything is read; whatever is wrong with a file becomes an item.
    """
    if missing := [path for path in paths if path != STDIN and (not Path(path).exists() or Path(path).is_dir())]:
        raise Unusable([Problem(path, None, "", "no such file") for path in missing])
    if mapping is None:
        return (item for path in paths for item in read_events(path, latest))
    # Expressions take a fifth of a second to load; canonical events have none.
    from streams.sources.mapping.adapters import read_foreign

    return read_foreign(mapping, paths, latest)
