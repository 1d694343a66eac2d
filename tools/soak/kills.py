"""Kills at random, measured by what was done in between; what the tests use."""

import asyncio
from random import Random

from tools.soak.edge import Edge
from tools.soak.processes import Process

LOOK_EVERY = 0.02


async def kills(edge: Edge, random: Random, count: int, *, step: int, patience: float = 60) -> list[tuple[str, int]]:
    """Kill processes of an edge at random, one after another, and start each again.

    Returns whom, and how much had been remembered by then. Between two kills up to ``step`` records more are
    remembered; where nothing moves for so many seconds, it is time for the next as well.
    """
    killed: list[tuple[str, int]] = []
    while len(killed) < count:
        await _moved(edge, random.randint(1, step), patience)
        victim: Process = random.choice(edge.processes)
        victim.kill()
        killed.append((victim.name, await edge.growth()))
        victim.start()
    return killed


async def _moved(edge: Edge, by: int, patience: float) -> None:
    """Return once so much more has been remembered, or after so many seconds; Ended."""
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    begun = await edge.growth()
    while await edge.growth() < begun + by and loop.time() < until:
        edge.check()
        await asyncio.sleep(LOOK_EVERY)
