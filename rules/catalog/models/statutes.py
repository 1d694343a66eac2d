"""Limits that come from a law itself."""

from enum import StrEnum

from rules.catalog.models.base import Basis, InForce, Limit, Model


class StatuteId(StrEnum):
    """The limits of 行政许可法 that rules rest on."""

    RECEIPT = "licence.receipt"
    """32(4): five days to accept, refuse or ask for supplements."""
    STATUTORY = "licence.statutory"
    """42(1): twenty days."""
    JOINT = "licence.joint"
    """42(2): forty-five days when handled jointly."""
    EXTENSION = "licence.extension"
    """42(1): ten more."""
    JOINT_EXTENSION = "licence.joint_extension"
    """42(2): fifteen more."""
    FORWARD = "licence.forward"
    """43: twenty days for the preliminary review."""
    ISSUE = "licence.issue"
    """44: ten days to issue."""


class Statute(InForce):
    """One limit of one law, dated."""

    id: StatuteId
    limit: Limit
    basis: Basis


class StatutesDoc(Model):
    """A file of statutes."""

    statutes: tuple[Statute, ...]
