"""Sets every plant as often as asked, and says which found no place."""

from collections.abc import Callable

from streams.simulate.plants import (
    alerts,
    charges,
    data,
    handling,
    pauses,
    payments,
    promise,
    receipt,
    stages,
    statutory,
    steps,
)
from streams.simulate.plants.kit import Kit

Plant = Callable[[Kit], bool]

PLANTS: tuple[Plant, ...] = (
    *promise.PLANTS,
    *statutory.PLANTS,
    *stages.PLANTS,
    *receipt.PLANTS,
    *pauses.PLANTS,
    *steps.PLANTS,
    *handling.PLANTS,
    *charges.PLANTS,
    *payments.PLANTS,
    *data.PLANTS,
    *alerts.PLANTS,
)
TRIES = 25


def name_of(plant: Plant) -> str:
    """Return the name of a plant: its module and function."""
    return f"{plant.__module__.rpartition('.')[2]}.{plant.__name__}"


def set_all(kit: Kit, rounds: int) -> list[str]:
    """Set every plant so many times; return the names of those that found no place, once for each time."""
    return [name_of(plant) for _ in range(rounds) for plant in PLANTS if not _set(kit, plant)]


def _set(kit: Kit, plant: Plant) -> bool:
    return any(plant(kit) for _ in range(TRIES))
