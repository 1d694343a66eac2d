"""Sets every plant as often as asked, and says which found no place."""

from collections import Counter
from collections.abc import Callable

from streams.simulate.plants import (
    alerts,
    backfill,
    charges,
    completeness,
    extensions,
    handling,
    horizon,
    order,
    payments,
    promise,
    receipt,
    stages,
    statutory,
    suspensions,
    tampering,
    tariffs,
    treasury,
    warning,
)
from streams.simulate.plants.kit import Kit, Misfit

Plant = Callable[[Kit], None]

PLANTS: tuple[Plant, ...] = (
    *promise.PLANTS,
    *warning.PLANTS,
    *statutory.PLANTS,
    *stages.PLANTS,
    *receipt.PLANTS,
    *suspensions.PLANTS,
    *extensions.PLANTS,
    *completeness.PLANTS,
    *order.PLANTS,
    *handling.PLANTS,
    *backfill.PLANTS,
    *charges.PLANTS,
    *tariffs.PLANTS,
    *payments.PLANTS,
    *treasury.PLANTS,
    *tampering.PLANTS,
    *horizon.PLANTS,
    *alerts.PLANTS,
)
TRIES, GIVEN_UP = 25, 3


def name_of(plant: Plant) -> str:
    """Return the name of a plant: its module and function."""
    return f"{plant.__module__.rpartition('.')[2]}.{plant.__name__}"


def set_all(kit: Kit, rounds: int) -> list[str]:
    """Set every plant so many times; return the names of those that found no place, once for each time.

    A plant that found none in several rounds running is not tried again: what it needs is used up, or is not there.
    """
    unplaced: list[str] = []
    failed: Counter[Plant] = Counter()
    for _ in range(rounds):
        for plant in PLANTS:
            if failed[plant] < GIVEN_UP and is_set(kit, plant):
                failed[plant] = 0
            else:
                failed[plant] += 1
                unplaced.append(name_of(plant))
    return unplaced


def is_set(kit: Kit, plant: Plant) -> bool:
    """Draw a plant until it fits; return whether it did."""
    for _ in range(TRIES):
        try:
            plant(kit)
        except Misfit:
            continue
        return True
    return False
