"""Charge items, their dated standards and waivers (收费目录)."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.catalog.models.base import Basis, Code, InForce, Model, Number, Text, Yuan


class Fixed(Model):
    """One amount, whatever the quantity (定额)."""

    form: Literal["fixed"] = "fixed"
    amount: Yuan


class Range(Model):
    """Between two amounts (幅度)."""

    form: Literal["range"]
    min: Yuan
    max: Yuan

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max < self.min:
            raise ValueError(f"上限 {self.max} 低于下限 {self.min}")
        return self


class PerUnit(Model):
    """So much a unit (按量计费), with a floor and a cap where the standard has them."""

    form: Literal["per_unit"]
    amount: Yuan
    min: Yuan | None = None
    max: Yuan | None = None


class Tier(Model):
    """A step of a tiered standard: for the part of the quantity up to ``upto`` (None: all the rest)."""

    upto: Number | None = None
    amount: Yuan
    per_unit: bool = False


class Tiers(Model):
    """Steps (分档): the whole quantity falls into one step; its amount is flat, or per unit."""

    form: Literal["tiers"]
    tiers: tuple[Tier, ...] = Field(min_length=1)


Form = Annotated[Fixed | Range | PerUnit | Tiers, Field(discriminator="form")]


class Standard(InForce):
    """A dated standard of a charge item (收费标准)."""

    id: Code
    basis: Basis
    tariff: Form
    unit: Text | None = None


class Waiver(InForce):
    """A waiver (减免): ``share`` of the amount due that falls away, for whom."""

    id: Code
    basis: Basis
    who: tuple[Text, ...] = ()
    share: Number = Decimal(1)


class Fund(StrEnum):
    """Kind of money (资金性质)."""

    ADMINISTRATIVE = "administrative"
    FUND = "fund"
    BUSINESS = "business"
    ASSOCIATION = "association"


class FeeItem(InForce):
    """A charge item in the catalogue (收费项目). ``until`` is the first day on which it may no longer be charged."""

    code: Code
    name: Text
    basis: Basis
    aliases: tuple[Text, ...] = ()
    orgs: tuple[Code, ...] = ()
    """Agencies that may collect it; empty: any."""
    parent: Code | None = None
    fund: Fund = Fund.ADMINISTRATIVE
    burdens_enterprises: bool = False
    cancelled_by: Basis | None = None
    standards: tuple[Standard, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class FeesDoc(Model):
    """A file of charge items."""

    fees: tuple[FeeItem, ...]
