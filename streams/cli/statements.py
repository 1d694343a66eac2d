"""Explanations out of the archive: of a card, and of what a rule answers, for whoever shows them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rules.agencies.tier import agency_tier
from rules.declare import Rule, Tier
from rules.engine.asof import AsOf
from rules.engine.cards import STATE_NAMES
from rules.explain import Section, Statement, explain_card, explain_rule
from rules.explain.words import level_text
from rules.registry import AGENCY_RULES, BY_ID
from streams.cli.asking import as_of_scope
from streams.cli.names import minute
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from sinks.clickhouse.archive import Archive


def card_statement(
    archive: "Archive", catalog: "Catalog", card_id: str, now: int | None = None, *, most_events: int | None = None
) -> Statement:
    """Return the explanation of a card as of an instant (microseconds), else of the run; Trouble where there is none.

    What is about an agency is judged again from all records; where there are more than ``most_events``, the card is
    explained by what was found when it was said.
    """
    stored = archive.card(card_id.strip().upper())
    if stored is None:
        raise Trouble(f"存储里没有监察信号「{card_id}」；jiancha cards 列出全部")
    card, rule = stored.card, BY_ID[stored.card.rule_id]
    history = [one.transition for one in archive.transitions(card.card_id)]
    if now is None:
        now = max(archive.run.now, card.known_at)
    asked = _asked(archive, catalog, rule, card.scope, now, most_events=most_events)
    statement = explain_card(card, history, asked, catalog, BY_ID)
    return _with_cards(statement, archive, card.finding.events, catalog.head.zone)


def rule_statement(archive: "Archive", catalog: "Catalog", rule: Rule, scope: str, now: int | None = None) -> Statement:
    """Return what a rule answers of a case or agency as of an instant, else of the run; Trouble where none is known."""
    return explain_rule(rule, as_of_scope(archive, catalog, rule, scope, now), catalog)


def _asked(
    archive: "Archive", catalog: "Catalog", rule: Rule, scope: str, now: int, *, most_events: int | None
) -> AsOf[Any]:
    if rule.tier is Tier.AGENCY and most_events is not None and archive.run.events > most_events:
        return AsOf(agency_tier(AGENCY_RULES), catalog, scope, (), now)
    return as_of_scope(archive, catalog, rule, scope, now)


def _with_cards(statement: Statement, archive: "Archive", evidence: Iterable[str], zone: str) -> Statement:
    """Return the statement with the cards that are its evidence, where a card rests on cards."""
    found = [one.card for one in map(archive.card, evidence) if one is not None]
    if not found:
        return statement
    lines = tuple(
        f"{card.card_id}  {level_text(card.level)} {BY_ID[card.rule_id].name}，{STATE_NAMES[card.state]}，"
        f"办件 {card.scope}，条件成立 {minute(card.condition_at, zone)}"
        for card in found
    )
    return Statement(statement.title, (*statement.sections, Section("作为证据的信号", lines)))
