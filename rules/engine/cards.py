"""Cards (监察信号) and their transitions."""

import hashlib
from base64 import b32encode
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec

from rules.events.words import Level
from rules.verdicts import Breach

CARD_ID_CHARS = 20


class State(StrEnum):
    """State of a card (状态), ``semantics.md`` §6."""

    OPEN = "OPEN"
    NOTIFIED = "NOTIFIED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    REPLIED = "REPLIED"
    APPEALED = "APPEALED"
    VERIFIED = "VERIFIED"
    REVOKED = "REVOKED"
    REVIEW = "REVIEW"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


STATE_NAMES = {
    State.OPEN: "已生成",
    State.NOTIFIED: "已送达",
    State.ACKNOWLEDGED: "已签收",
    State.REPLIED: "已反馈",
    State.APPEALED: "申诉中",
    State.VERIFIED: "已认定",
    State.REVOKED: "已撤销",
    State.REVIEW: "待核",
    State.WITHDRAWN: "自动撤回",
    State.CLOSED: "已结",
}
LEVEL_NAMES = {Level.NOTICE: "预警", Level.YELLOW: "黄牌", Level.RED: "红牌"}
STANDING = frozenset(State) - {State.WITHDRAWN, State.REVOKED, State.CLOSED}
"""States of a card that stands: it accuses, or is being looked into."""


class Move(StrEnum):
    """What a transition did (变动)."""

    RAISED = "raised"
    ESCALATED = "escalated"
    LOWERED = "lowered"
    UPHELD = "upheld"
    REVIEW = "review"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    MERGED = "merged"
    CLOSED = "closed"
    LIFE = "life"


class Ground(msgspec.Struct, frozen=True):
    """A ground of a card beyond its own rule: another rule that speaks of the same wrong, or an unanswered card."""

    rule_id: str
    level: Level
    since: int
    subject: str = ""


class Card(msgspec.Struct, frozen=True):
    """A card as it stands: level supported now and the highest ever said, state, grounds, finding.

    ``condition_at``: the instant (microseconds) the condition of the level became true; ``known_at``: when it was said.
    ``digest`` tells findings apart. ``before`` is the finding a review contests. ``merged_into`` is a card id.
    """

    card_id: str
    rule_id: str
    rule_version: int
    scope: str
    subject: str
    level: Level
    peak: Level
    state: State
    condition_at: int
    known_at: int
    finding: Breach
    digest: str
    grounds: tuple[Ground, ...]
    merged_into: str
    ended: int
    org_code: str | None
    task_code: str | None
    region_code: str | None
    profile: str
    seq: int
    contested: Breach | None = None
    verified: bool = False
    """A supervisor decided that it is so; only such a card scores, also after its condition ended."""


class Transition(msgspec.Struct, frozen=True):
    """One change of a card: what, from which level and state, why, known when, by which record.

    ``cause`` is the id of the event that caused it, empty for a timer. ``reason`` is one sentence in Chinese.
    """

    card: Card
    move: Move
    level_before: Level | None
    state_before: State | None
    known_at: int
    cause: str
    reason: str


@lru_cache(maxsize=200_000)
def card_id(rule_id: str, scope: str, subject: str) -> str:
    """Return the identity of a card (监察编号): 20 characters of base32(sha256(rule | scope | subject))."""
    digest = hashlib.sha256(f"{rule_id}|{scope}|{subject}".encode()).digest()
    return b32encode(digest[:13]).decode()[:CARD_ID_CHARS]


def finding_digest(finding: Breach, grounds: tuple[Ground, ...] = ()) -> str:
    """Return a short digest of a finding: what was found, on what evidence, by what arithmetic."""
    packed: Any = msgspec.msgpack.encode((finding, grounds))
    return hashlib.sha256(packed).hexdigest()[:16]
