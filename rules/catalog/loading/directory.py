"""`load_documents`: what a catalogue extends is read first, then the catalogue is laid over it.

Where two layers have entries of one code, those of the later layer replace all of the earlier one's: a city that
writes a statute, a profile or a charge item of the nation again says what holds for it from its first day on.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from rules.catalog.loading.documents import Documents, Origin
from rules.catalog.loading.kinds import HEAD_FILE, SECTIONS, Kind
from rules.catalog.loading.layers import Entry, Layer, read_layer
from rules.catalog.loading.problems import CatalogErrors, Problem
from rules.catalog.models.head import Head

BUILTIN = Path(__file__).parent.parent / "data"


def builtin_names() -> tuple[str, ...]:
    """Names of the catalogues that ship with the project."""
    return tuple(sorted(path.parent.name for path in BUILTIN.glob(f"*/{HEAD_FILE}")))


def load_documents(source: str | Path) -> Documents:
    """The catalogue of a directory, or of a name that ships with the project, with what it extends.

    A plain name such as ``shili`` means the one that ships; write ``./shili`` for a directory of that name.
    Raises CatalogErrors with everything wrong in any file of any layer.
    """
    layers: list[Layer] = []
    problems: list[Problem] = []
    if isinstance(source, str) and source in builtin_names():
        _gather(read_layer(source, BUILTIN / source, source), layers, problems, (source,))
    else:
        directory = Path(source)
        if not directory.is_dir():
            known = "、".join(builtin_names())
            raise CatalogErrors([Problem(str(source), 1, "", f"没有这个目录，也不是自带的目录（{known}）")])
        _gather(read_layer(directory.name, directory, str(directory)), layers, problems, ())
    head = layers[-1].head
    if problems or head is None:
        raise CatalogErrors(problems)
    return _documents(head, layers)


def _gather(layer: Layer, layers: list[Layer], problems: list[Problem], standing_on: tuple[str, ...]) -> None:
    """Append what a layer extends, each once, then the layer; ``standing_on`` are the names above it."""
    problems += layer.problems
    for index, name in enumerate(layer.head.extends if layer.head else ()):
        if name in standing_on:
            problems.append(layer.origin.problem(("extends", index), f"extends 绕回 {name}"))
        elif name not in builtin_names():
            known = "、".join(builtin_names())
            problems.append(layer.origin.problem(("extends", index), f"没有自带的目录「{name}」，只有 {known}"))
        elif name not in {known.name for known in layers}:
            _gather(read_layer(name, BUILTIN / name, name), layers, problems, (*standing_on, name))
    layers.append(layer)


def _documents(head: Head, layers: list[Layer]) -> Documents:
    kept = {kind: tuple(_overlaid(kind, layers)) for kind in SECTIONS}
    models: dict[Kind, tuple[Any, ...]] = {kind: tuple(entry.model for entry in kept[kind]) for kind in SECTIONS}
    origins: dict[Kind, tuple[Origin, ...]] = {
        kind: tuple(entry.origin for entry in entries) for kind, entries in kept.items()
    }
    return Documents(
        name=layers[-1].name,
        layers=tuple(layer.name for layer in layers),
        edition_digest=sha256(b"".join(layer.digest for layer in layers)).hexdigest()[:12],
        head=head,
        statutes=models[Kind.STATUTES],
        matters=models[Kind.MATTERS],
        fees=models[Kind.FEES],
        agencies=models[Kind.AGENCIES],
        officers=models[Kind.OFFICERS],
        sources=models[Kind.SOURCES],
        profiles=models[Kind.PROFILES],
        calendars=models[Kind.CALENDARS],
        origins={**origins, Kind.HEAD: (layers[-1].origin,)},
    )


def _overlaid(kind: Kind, layers: list[Layer]) -> Iterator[Entry]:
    """The entries that hold, those of wider layers first."""
    for index, layer in enumerate(layers):
        replaced = {entry.key for later in layers[index + 1 :] for entry in later.entries[kind]}
        yield from (entry for entry in layer.entries[kind] if entry.key not in replaced)
