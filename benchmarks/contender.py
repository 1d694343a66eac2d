"""What is compared: takes the lines of a feed, answers with findings. The core is one of them."""

from collections.abc import Sequence
from typing import Protocol

from benchmarks.timing import Taker
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.cards import Card, State, Transition
from rules.engine.engine import Engine, file_event
from rules.engine.tiers import case_tier
from rules.events.data import Heartbeat, Outage
from rules.events.decode import Unplaceable, decode
from rules.events.kinds import BY_STRUCT
from streams.sources.item import case_of

Finding = tuple[str, str, str]
"""Rule, case and subject: what a card is about."""


class Contender(Taker, Protocol):
    """Takes a feed of JSON lines, then says what it found."""

    def found(self) -> frozenset[Finding]:
        """Return the findings that stand in the end."""


class Core:
    """The core: decode, file, read, until an instant (microseconds). It remembers what was said of each card last."""

    def __init__(self, catalog: Catalog, rules: tuple[Rule, ...], until: int) -> None:
        self._catalog = catalog
        self._until = until
        self._cards: dict[str, Card] = {}
        self.transitions = 0
        self.engine = Engine(case_tier(rules), catalog, self._said)

    def take(self, lines: Sequence[bytes]) -> None:
        """Take the next lines; one that cannot be read breaks its case, as in a replay."""
        engine, catalog = self.engine, self._catalog
        for line in lines:
            try:
                event = decode(line)
                filed = file_event(catalog, event)
            except Unplaceable:
                case = case_of(line)
                if case is not None:
                    engine.mark_broken(case)
                continue
            if isinstance(event, Heartbeat | Outage):
                engine.heartbeat(event, filed.reported)
            elif event.case_id and BY_STRUCT[type(event)].has_case:
                engine.read(event.case_id, filed)
            else:
                engine.tick(filed.reported)

    def finish(self) -> None:
        """Let time pass to the end."""
        self.engine.advance(self._until)

    def found(self) -> frozenset[Finding]:
        """Return the cards that were not taken back, those of a condition that ended among them."""
        return frozenset(
            (card.rule_id, card.scope, card.subject)
            for card in self._cards.values()
            if card.state is not State.WITHDRAWN and not card.merged_into
        )

    def grounds(self) -> frozenset[Finding]:
        """Return what another card speaks for: merged into it, or a further ground of it."""
        merged = {(card.rule_id, card.scope, card.subject) for card in self._cards.values() if card.merged_into}
        grounds = {
            (ground.rule_id, card.scope, ground.subject) for card in self._cards.values() for ground in card.grounds
        }
        return frozenset(merged | grounds)

    def _said(self, transition: Transition) -> None:
        self.transitions += 1
        self._cards[transition.card.card_id] = transition.card
