"""What a standard allows (收费标准): one amount, a range, so much a unit, steps.

Where a standard speaks of a quantity the whole of it falls into one step. Fractions of a fen count for the payer.
"""

from decimal import ROUND_UP, Decimal
from typing import assert_never

from rules.catalog.models.fees import FeeItem, Fixed, PerUnit, Range, Standard, Tiers

FEN = Decimal("0.01")


def standards_on(item: FeeItem, day: int) -> tuple[Standard, ...]:
    """Return the standards of an item in force on a day (ordinal)."""
    standards = item.standards
    if len(standards) == 1:
        return standards if standards[0].covers(day) else ()
    return tuple(standard for standard in standards if standard.covers(day))


def needs_quantity(standard: Standard) -> bool:
    """Return whether the amount depends on how many (计费数量)."""
    return isinstance(standard.tariff, PerUnit | Tiers)


def allowed(standard: Standard, quantity: Decimal | None) -> Decimal | None:
    """Return the most that may be charged, yuan; None where the quantity is missing or beyond the last step."""
    tariff = standard.tariff
    match tariff:
        case Fixed():
            return tariff.amount
        case Range():
            return tariff.max
        case PerUnit():
            return None if quantity is None else _per_unit(tariff, quantity)
        case Tiers():
            return None if quantity is None else _step(tariff, quantity)
        case never:
            assert_never(never)


def _per_unit(tariff: PerUnit, quantity: Decimal) -> Decimal:
    amount = in_fen(tariff.amount * quantity)
    if tariff.min is not None:
        amount = max(amount, tariff.min)
    return amount if tariff.max is None else min(amount, tariff.max)


def _step(tariff: Tiers, quantity: Decimal) -> Decimal | None:
    for tier in tariff.tiers:
        if tier.upto is None or quantity <= tier.upto:
            return in_fen(tier.amount * quantity) if tier.per_unit else tier.amount
    return None


def in_fen(amount: Decimal) -> Decimal:
    """Return an amount of yuan in whole fen, fractions rounded up."""
    return amount.quantize(FEN, ROUND_UP)
