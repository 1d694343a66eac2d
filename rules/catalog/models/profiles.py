"""Threshold profiles (阈值方案): numbers no text of law fixes, set per region, agency and task type."""

from typing import Any

from pydantic import Field

from rules.catalog.models.base import Basis, Code, InForce, Model, Text


class Setting(InForce):
    """A dated value of one parameter ``RULE_ID.name``; its kind is checked against the rule's declaration."""

    value: Any
    basis: Basis


class Applies(Model):
    """Where a profile holds; a part left out holds for all. The most specific match wins."""

    region: Code | None = None
    org: Code | None = None
    task_type: Code | None = None


class Profile(InForce):
    """A named set of parameter values; what it does not set is the rule's default.

    ``off`` names rules that do not judge under this profile.
    """

    name: Text
    title: Text
    basis: Basis
    applies: tuple[Applies, ...] = ()
    extends: Text | None = None
    params: dict[str, tuple[Setting, ...]] = Field(default_factory=dict)
    off: tuple[Text, ...] = ()
    scores: dict[str, int] = Field(default_factory=dict)


class ProfilesDoc(Model):
    """A file of profiles."""

    profiles: tuple[Profile, ...]
