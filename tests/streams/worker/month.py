"""A disordered month of a small city, in two halves, and odd records that a feed would never send."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from rules.catalog.index import Catalog
from rules.events.instants import instant_of
from streams.log import New, partition_of
from streams.replay.workers import load_catalog
from streams.simulate.options import Disorder, SimOptions
from streams.simulate.run import simulate

DISORDER = Disorder(tardy=0.1, repeated=0.05, resent=0.05, broken=0.02, shuffled=0.1)
NOON = instant_of("2026-01-20T12:00:00+08:00")
STRAYED = 8
"""Records of cases that come under a wrong key, without one, or in a wrong partition."""
FIVE_MEGABYTES = 5 << 20


class Halves(NamedTuple):
    """Two files that make up the month, and the odd records that come between them, by partition.

    Of those ``forwarded`` have to go elsewhere, ``aside`` cannot be read, ``empty`` say nothing, ``relayed`` concern
    every partition and came into one.
    """

    first: Path
    second: Path
    odd: dict[int, list[New]]
    forwarded: int
    aside: int
    empty: int
    relayed: int


@cache
def catalog() -> Catalog:
    """Return the catalogue of the city."""
    return load_catalog("shili", None)


@cache
def month() -> tuple[bytes, ...]:
    """Return the lines of the month."""
    return tuple(simulate(catalog(), SimOptions(seed=11, months=1, cases=60, rounds=1, disorder=DISORDER)).lines)


def halves(folder: Path, of: int) -> Halves:
    """Write the month into a folder, for a topic with ``of`` partitions."""
    lines = month()
    reported = [_reported(line) for line in lines]
    early = [at for at, instant in enumerate(reported) if instant < NOON]
    of_cases = [at for at in early if lines[at].startswith(b'{"event_id"') and _case(lines[at]) and reported[at]]
    strayed = sorted(of_cases, key=lambda at: reported[at])[-STRAYED:]
    beats = [line for line, instant in zip(lines, reported, strict=True) if b"heartbeat" in line and instant >= NOON]
    parts = {
        "first": [lines[at] for at in early if at not in strayed],
        "second": [line for line, instant in zip(lines, reported, strict=True) if instant >= NOON],
    }
    for name, some in parts.items():
        (folder / f"{name}.jsonl").write_bytes(b"\n".join(some) + b"\n")
    odd: dict[int, list[New]] = {number: [] for number in range(of)}
    for number, new in _strayed([lines[at] for at in strayed], of):
        odd[number].append(new)
    for number, value in enumerate((b"\xff\xfe no record", b"", b"x" * FIVE_MEGABYTES, None)):
        odd[number % of].append(New(value, None, stamp=NOON))
    odd[1].append(New(beats[0], None, stamp=NOON))
    return Halves(folder / "first.jsonl", folder / "second.jsonl", odd, forwarded=7, aside=4, empty=1, relayed=of - 1)


def _strayed(lines: list[bytes], of: int) -> Iterator[tuple[int, New]]:
    """Yield where records stand that stand wrong: all but the last one away from home, the first one unreadable."""
    for at, line in enumerate(lines):
        case = _case(line).encode()
        home = partition_of(case, of)
        value = line[: line.index(b'"task_code"') + 14] if at == 0 else line
        key = (b"nobody", None, case)[at % 3]
        yield home if at == len(lines) - 1 else (home + 1 + at % (of - 1)) % of, New(value, key, stamp=NOON)


def _case(line: bytes) -> str:
    try:
        return str(msgspec.json.decode(line).get("case_id") or "")
    except (msgspec.DecodeError, ValueError):
        return ""


def _reported(line: bytes) -> int:
    try:
        return instant_of(msgspec.json.decode(line)["reported_at"])
    except (msgspec.DecodeError, ValueError, KeyError, TypeError):
        return 0
