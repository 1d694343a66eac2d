"""Files as bytes and as lines: plain or gzip, a path or standard input, whatever state they are in.

What was read before a file breaks off is kept. A line is held in memory up to ``LONGEST`` bytes; a longer one is
digested as it passes, put aside, and reading goes on behind it.
"""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol, cast

from streams.sources.errors import Broken
from streams.sources.item import KEPT_HEAD, Bad, Where, bad

BLOCK = 1 << 20
LONGEST = 16 << 20
"""Bytes of the longest line that is read."""
STDIN = "-"
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class Bytes(Protocol):
    """A stream of bytes that gives what it has at hand."""

    def read1(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


def blocks(path: str) -> Iterator[bytes]:
    """Return the unpacked bytes of a file in blocks; Broken where it cannot be read further.

    gzip is known by its first bytes, so standard input may be packed too; a name ending in ``.gz`` must be.
    """
    if path == STDIN:
        # Standard input is a BufferedReader; its annotation only promises less.
        yield from _unpacked(cast("Bytes", sys.stdin.buffer), named_gzip=False)
        return
    try:
        with Path(path).open("rb") as opened:
            yield from _unpacked(opened, named_gzip=path.endswith(".gz"))
    except OSError as err:
        raise Broken(f"打不开：{err.strerror}") from None


def _unpacked(opened: Bytes, *, named_gzip: bool) -> Iterator[bytes]:
    try:
        start = opened.read1(BLOCK)
        while 0 < len(start) < len(_GZIP) and (more := opened.read1(BLOCK)):
            start += more
    except OSError as err:
        raise Broken(f"读不出：{err.strerror}") from None
    if not start.startswith(_GZIP):
        if named_gzip:
            raise Broken("文件名以 .gz 结尾，内容却不是 gzip" if start else "gzip 文件是空的，连文件头也没有")
        source: Bytes = opened
        yield start
    else:
        source = gzip.GzipFile(fileobj=_Again(start, opened), mode="rb")
    while True:
        try:
            block = source.read1(BLOCK)
        except EOFError:
            raise Broken("gzip 在此处被截断") from None
        except (zlib.error, gzip.BadGzipFile) as err:
            raise Broken(f"gzip 在此处损坏：{err}") from None
        except OSError as err:
            raise Broken(f"读不出：{err.strerror}") from None
        if not block:
            return
        yield block


class _Again(io.RawIOBase):
    """A stream with the bytes already taken from it put back in front; standard input cannot be rewound."""

    def __init__(self, start: bytes, rest: Bytes) -> None:
        self._start = start
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._start:
            taken = self._start if size < 0 else self._start[:size]
            self._start = self._start[len(taken) :]
            return taken
        return self._rest.read1(size)


def complaint_about_encoding(name: str | None) -> str | None:
    """Return what is wrong with an encoding, None where lines can be read in it."""
    if name is None:
        return None
    try:
        newline = "\n".encode(name)
    except (LookupError, ValueError):
        return f"no encoding {name!r}; it takes a name such as utf-8, gb18030, cp1252"
    return (
        None if newline == b"\n" else f"files in {name!r} have no lines that can be told apart; convert them to UTF-8"
    )


def raw_lines(path: str, trouble: Callable[[Bad], None]) -> Iterator[tuple[int, bytes]]:
    """Return the lines of a file with their numbers from 1, without their newline, a leading BOM taken off.

    ``trouble`` is handed a line that is too long, after which reading goes on, and the rest of a file that breaks
    off. Blank lines are handed over too: they have a number.
    """
    number = 0
    tail = b""
    long: _Long | None = None
    try:
        for read in blocks(path):
            block = read
            if long is not None:
                end = block.find(b"\n")
                long.pass_by(block if end < 0 else block[:end])
                if end < 0:
                    continue
                trouble(long.aside(Where(path, number)))
                long, block = None, block[end + 1 :]
            first, *others = (tail + block).split(b"\n")
            tail = first
            for line in others:
                number += 1
                yield number, tail.removeprefix(_BOM) if number == 1 else tail
                tail = line
            if len(tail) > LONGEST:
                number += 1
                long, tail = _Long(tail), b""
    except Broken as err:
        if long is not None:
            trouble(long.aside(Where(path, number)))
        trouble(bad(err.reason, "", tail, Where(path, number + 1)))
        return
    if long is not None:
        trouble(long.aside(Where(path, number)))
    elif tail:
        yield number + 1, tail.removeprefix(_BOM) if number == 0 else tail


class _Long:
    """A line too long to hold: its head, its length and its digest so far."""

    def __init__(self, start: bytes) -> None:
        self.head = start[:KEPT_HEAD]
        self.size = len(start)
        self.digest = sha256(start)

    def pass_by(self, part: bytes) -> None:
        """Take note of a further part of the line."""
        self.size += len(part)
        self.digest.update(part)

    def aside(self, where: Where) -> Bad:
        """Return the line as a quarantined record."""
        reason = f"一行超过 {LONGEST >> 20} MiB：共 {self.size} 字节"
        return Bad(reason, "", self.head, where, None, self.size, self.digest.hexdigest())
