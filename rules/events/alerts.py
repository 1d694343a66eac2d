"""What becomes of a card (督办): delivery, answers, the supervisor's decision, cards raised by hand."""

from datetime import date
from typing import Annotated

from rules.events.envelope import Event, Text
from rules.events.words import AlertOutcome, said


class Alert(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """An event about a card; ``case_id`` is the case of the card, empty where the card is about an agency."""

    card_id: Annotated[Text, said("监察编号", gb="6.8 监察编号")] = None
    by: Annotated[Text, said("经办人")] = None
    text: Annotated[Text, said("内容", gb="6.8 督办内容")] = None


class AlertDelivered(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.delivered"):
    """已送达: starts the reply clock."""


class AlertAcknowledged(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.acknowledged"):
    """已签收."""


class AlertReplied(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.replied"):
    """已反馈: stops the reply clock."""


class AlertAppealed(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.appealed"):
    """申诉."""

    ground: Annotated[Text, said("申诉理由")] = None


class AlertDecided(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.decided"):
    """认定或撤销, by a supervisor only."""

    outcome: Annotated[AlertOutcome | None, said("认定结果")] = None
    ground: Annotated[Text, said("依据")] = None


class AlertRectified(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.rectified"):
    """整改."""

    rectify_by: Annotated[date | None, said("整改期限")] = None


class AlertIssued(Alert, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="alert.issued"):
    """人工监察: a supervisor raises a card by hand, with the source of the clue."""

    rule_id: Annotated[Text, said("监察规则编号", gb="6.8 监察规则编号")] = None
    level: Annotated[Text, said("级别", unit="notice/yellow/red", gb="6.8 监察预警类型代码")] = None
    clue: Annotated[Text, said("线索来源")] = None
