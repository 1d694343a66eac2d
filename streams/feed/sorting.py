"""Letters by the time of their report: in memory, and on disk where there are more than fit."""

import heapq
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

import msgspec

from streams.feed.reading import Letter

IN_MEMORY = 256 << 20
"""Bytes of letters held at once; a run of that size is sorted, written, and merged with the others at the end."""
OVERHEAD = 160
_LENGTH_BYTES = 4
_BLOCK = 1 << 20

order = attrgetter("reported", "seq")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Letter).decode


class Sorted:
    """Takes letters in any order and gives them back by their reports, of equal ones in the order of the source.

    ``room`` is where runs are written that do not fit into ``in_memory`` bytes.
    """

    def __init__(self, room: Path, in_memory: int = IN_MEMORY) -> None:
        self.count = 0
        self._room = room
        self._most = in_memory
        self._held: list[Letter] = []
        self._size = 0
        self._runs: list[Path] = []

    def take(self, letters: Iterable[Letter]) -> Iterator[Letter]:
        """Take letters as they come, and pass each on to whoever watches."""
        for letter in letters:
            self.count += 1
            self._held.append(letter)
            self._size += len(letter.value) + OVERHEAD
            if self._size > self._most:
                self._spill()
            yield letter

    def __iter__(self) -> Iterator[Letter]:
        self._held.sort(key=order)
        if not self._runs:
            return iter(self._held)
        return heapq.merge(*map(_read, self._runs), self._held, key=order)

    def _spill(self) -> None:
        self._held.sort(key=order)
        path = self._room / f"run-{len(self._runs)}"
        with path.open("wb", buffering=_BLOCK) as file:
            for letter in self._held:
                packed = _encode(letter)
                file.write(len(packed).to_bytes(_LENGTH_BYTES, "big"))
                file.write(packed)
        self._runs.append(path)
        self._held = []
        self._size = 0


def _read(path: Path) -> Iterator[Letter]:
    with path.open("rb", buffering=_BLOCK) as file:
        while size := file.read(_LENGTH_BYTES):
            yield _decode(file.read(int.from_bytes(size, "big")))
