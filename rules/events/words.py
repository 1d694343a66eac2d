"""Closed lists of the vocabulary, and the note each field carries."""

from enum import IntEnum, StrEnum
from typing import Any

import msgspec


def said(name: str, *, unit: str | None = None, gb: str | None = None, gd: str | None = None) -> msgspec.Meta:
    """Return the note of a field: its Chinese name, unit, and where the data sets hold it.

    ``gb`` names the data set of GB/T 39046-2020, ``gd`` the element of the Guangdong-type messages.
    """
    where = "；".join(part for part in (gb and f"GB/T 39046 {gb}", gd and f"粤 {gd}") if part)
    extra: dict[str, Any] = {"x-source": where} if where else {}
    if unit:
        extra["x-unit"] = unit
    return msgspec.Meta(title=name, description=f"{name}（{unit}）" if unit else name, extra_json_schema=extra or None)


class Level(IntEnum):
    """Level of a card (级别): 预警 notice < 黄牌 yellow < 红牌 red. The number is the GB/T 39046 §6.8 type code."""

    NOTICE = 1
    YELLOW = 2
    RED = 3

    @property
    def code(self) -> str:
        """Return the lower-case code used in files: notice, yellow, red."""
        return self.name.lower()

    @classmethod
    def of(cls, code: str) -> "Level":
        """Return the level of a code; KeyError where there is none."""
        return cls[code.upper()]


class Precision(StrEnum):
    """How exact ``occurred_at`` is (时间精度)."""

    SECOND = "second"
    DAY = "day"


class HandlingMode(StrEnum):
    """Who handles a case (办理方式): one agency, or several at once (统一、联合、集中; 行政许可法 26, 42)."""

    SINGLE = "single"
    JOINT = "joint"
    UNIFIED = "unified"
    CONCENTRATED = "concentrated"


class ProjectType(StrEnum):
    """办件类型, GB/T 39046 A.6."""

    INSTANT = "1"
    PROMISE = "2"
    OTHER = "9"


class Result(StrEnum):
    """How a case or a decision ended (办结结果); sources are mapped to this list, never read literally."""

    GRANTED = "GRANTED"
    DENIED = "DENIED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"
    FORWARDED = "FORWARDED"
    RETURNED = "RETURNED"
    VOIDED = "VOIDED"
    DELETED = "DELETED"
    DONE = "DONE"


POSITIVE = frozenset({Result.GRANTED, Result.DONE})
"""Results of a case that ran its whole course; all others may lawfully end early."""


class PauseKind(StrEnum):
    """Kinds of suspension (特别程序). The first eight are 行政许可法 45; the others stop no clock."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    APPLICANT = "applicant"
    LEADER = "leader"
    ORDINARY = "ordinary"
    OTHER = "other"


ARTICLE_45 = frozenset(list(PauseKind)[:8])
"""The eight kinds whose time is not counted (行政许可法 45)."""


class StageResult(StrEnum):
    """How a stage ended (环节结果)."""

    PASSED = "passed"
    REFUSED = "refused"
    RETURNED = "returned"
    OTHER = "other"


class AccountClass(StrEnum):
    """Class of the account that received the money (收款账户类别)."""

    TREASURY = "treasury"
    FISCAL = "fiscal"
    TRANSIT = "transit"
    AGENCY = "agency"
    PRIVATE = "private"
    OTHER = "other"


class PayMethod(StrEnum):
    """How it was paid (缴款方式)."""

    ONLINE = "online"
    BANK = "bank"
    CARD = "card"
    CASH = "cash"
    OTHER = "other"


class AlertOutcome(StrEnum):
    """What the supervisor decided of a card (认定结果)."""

    VERIFIED = "verified"
    REVOKED = "revoked"
