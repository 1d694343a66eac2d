"""What machine it was, and how fast it was meanwhile: figures of other machines compare by these, not directly."""

import os
import platform
from collections.abc import Sequence

import msgspec

from benchmarks.figures import Figure
from benchmarks.timing import best_of

PART = "The machine"
ADDITIONS = 1_000_000
PASSES = 5


def machine(lines: Sequence[bytes]) -> list[Figure]:
    """Return the cost of a loop of plain Python and of a line decoded by C, and who else was busy."""
    loop = best_of(_loop, PASSES)
    decode = best_of(lambda: _decode(lines), PASSES)
    return [
        Figure(PART, "a million additions in a loop", loop * 1e3, "ms", note=f"Python {platform.python_version()}"),
        Figure(PART, "a line decoded to a dict by msgspec", decode / len(lines) * 1e6, "us", note=_mean_length(lines)),
        Figure(PART, "load of the last minute", os.getloadavg()[0], "", note=f"on {os.cpu_count()} cores"),
    ]


def _loop() -> int:
    total = 0
    for number in range(ADDITIONS):
        total += number
    return total


def _decode(lines: Sequence[bytes]) -> None:
    for line in lines:
        try:
            msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue


def _mean_length(lines: Sequence[bytes]) -> str:
    return f"{sum(map(len, lines)) / len(lines):.0f} bytes a line"
