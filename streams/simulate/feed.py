"""The feed (报送流): lines in the order in which they come in, some of them a little later than they say."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from random import Random
from typing import NamedTuple

import msgspec

from streams.simulate.moments import Moment

HELD_UP = 200
"""How many lines later a displaced line stands at most."""

encoded = msgspec.json.Encoder(decimal_format="string").encode
"""A value as JSON."""

Line = tuple[Moment, bytes]
"""When a line comes in, and its text without its end."""


class Batch(NamedTuple):
    """Lines none of which comes in before ``opens``."""

    opens: Moment
    lines: Iterable[Line]


def in_order(batches: Iterable[Batch]) -> Iterator[bytes]:
    """Yield the lines of batches, which come in the order of their opening, in the order in which they come in."""
    waiting: list[tuple[Moment, int, bytes]] = []
    number = 0
    for opens, lines in batches:
        while waiting and waiting[0][0] < opens:
            yield heappop(waiting)[2]
        for reported, line in lines:
            number += 1
            heappush(waiting, (reported, number, line))
    while waiting:
        yield heappop(waiting)[2]


def shuffled(lines: Iterable[bytes], share: float, rng: Random) -> Iterator[bytes]:
    """Yield the lines, a share of them held up for a while."""
    if share <= 0:
        yield from lines
        return
    held: list[tuple[int, bytes]] = []
    for number, line in enumerate(lines):
        while held and held[0][0] <= number:
            yield heappop(held)[1]
        if rng.random() < share:
            heappush(held, (number + 1 + int(rng.random() * HELD_UP), line))
        else:
            yield line
    while held:
        yield heappop(held)[1]
