"""Files to read, each with its digest; standard input is written to a file first, so that every process can read it."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj

import msgspec

from sinks.clickhouse.stored import SourceRead
from streams.replay.masking import MASKING
from streams.sources import open_source
from streams.sources.lines import STDIN

KEY_CHARS = 16
_BLOCK = 1 << 20
_GZIP = b"\x1f\x8b"
_SIZE_BYTES = 4


class Input(msgspec.Struct, frozen=True):
    """A file to read: what people call it, where it is, and about how many bytes it unpacks to."""

    name: str
    path: str
    unpacked: int


def inputs_of(sources: Sequence[str], mapping: Path | None, directory: Path) -> tuple[Input, ...]:
    """Return the files to read; Unusable says what is wrong with the paths or the mapping before anything is read."""
    open_source([path for path in sources if path != STDIN], mapping, latest=None)
    found: list[Input] = []
    for number, name in enumerate(sources):
        path = name
        if name == STDIN:
            path = str(directory / f"stdin-{number}")
            with Path(path).open("wb") as file:
                copyfileobj(sys.stdin.buffer, file, _BLOCK)
        found.append(Input(name, path, _unpacked(Path(path))))
    return tuple(found)


def sources_read(inputs: Sequence[Input], mapping: Path | None) -> tuple[SourceRead, ...]:
    """Return the inputs with their digests and keys.

    A key stands for all that decides what is stored of a file: its bytes, the mapping, how it is masked, and which of
    several equal files it is. Through a mapping all files are read as one log, and bear one key.
    """
    how = f"{MASKING}|{mapping_digest(mapping)}"
    digests = [_digest(Path(one.path)) for one in inputs]
    together = "|".join(digests)
    again: Counter[str] = Counter()
    found: list[SourceRead] = []
    for one, digest in zip(inputs, digests, strict=True):
        content = f"{digest}|{again[digest]}" if mapping is None else together
        again[digest] += 1
        key = sha256(f"{how}|{content}".encode()).hexdigest()[:KEY_CHARS]
        found.append(SourceRead(one.name, key, digest, Path(one.path).stat().st_size))
    return tuple(found)


def mapping_digest(mapping: Path | None) -> str:
    """Return the digest of what a mapping says, with what it extends; empty where there is none."""
    if mapping is None:
        return ""
    from streams.sources.mapping.inherit import document_of

    values = document_of(mapping).values
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _unpacked(path: Path) -> int:
    """Return about how long a file is unpacked: gzip notes it in its last four bytes, in whole or in part."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(len(_GZIP)) != _GZIP or size <= _SIZE_BYTES:
            return size
        file.seek(-_SIZE_BYTES, 2)
        return max(size, int.from_bytes(file.read(_SIZE_BYTES), "little"))
