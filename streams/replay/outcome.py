"""What a run says in all: the transitions of both tiers in one order, and the cards as they stand at its end."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rules.catalog.index import Catalog
from rules.engine.cards import Card, Transition
from sinks.clickhouse.stored import StoredCard, StoredTransition
from streams.replay.second import judge_agencies
from streams.replay.shard import Heard, Judged


class Outcome(msgspec.Struct, frozen=True):
    """Transitions in their order; cards by id, in the order of ids. ``agencies`` are the ids of the second tier."""

    catalog: Catalog
    transitions: tuple[StoredTransition, ...]
    cards: Mapping[str, StoredCard]
    agencies: frozenset[str]


def outcome_of(catalog: Catalog, shards: Sequence[Judged], until: int) -> Outcome:
    """Return what the shards of a run come to, second tier included; the number of shards does not show in it."""
    first = in_order(transition for shard in shards for transition in shard.transitions)
    caseless = [filed for shard in shards for filed in shard.caseless]
    second = judge_agencies(catalog, first, _heard(shards), caseless, until)
    transitions = in_order((*first, *second))
    return Outcome(
        catalog=catalog,
        transitions=tuple(StoredTransition(one, at) for at, one in enumerate(transitions, 1)),
        cards=_cards(catalog, transitions),
        agencies=frozenset(one.card.card_id for one in second),
    )


def in_order(transitions: Iterable[Transition]) -> list[Transition]:
    """Return transitions by when they became known, then by case and card; those of one card stay in their order."""
    return sorted(transitions, key=lambda one: (one.known_at, one.card.scope, one.card.card_id, one.card.seq))


def _heard(shards: Sequence[Judged]) -> dict[tuple[str, int], Heard]:
    """Return the first record of each agency on each date, over all shards."""
    found: dict[tuple[str, int], Heard] = {}
    for shard in shards:
        for key, heard in shard.heard.items():
            known = found.get(key)
            if known is None or heard.order < known.order:
                found[key] = heard
    return found


def _cards(catalog: Catalog, transitions: Sequence[Transition]) -> dict[str, StoredCard]:
    raised: dict[str, int] = {}
    last: dict[str, Card] = {}
    for one in transitions:
        raised.setdefault(one.card.card_id, one.known_at)
        last[one.card.card_id] = one.card
    return {
        card_id: StoredCard(card, raised[card_id], is_historic(catalog, card)) for card_id, card in sorted(last.items())
    }


def is_historic(catalog: Catalog, card: Card) -> bool:
    """Return whether the condition is older than the agency's go-live (历史)."""
    agency = catalog.agencies.get(card.org_code) if card.org_code is not None else None
    if agency is None or agency.go_live_at is None:
        return False
    return catalog.days.day_of(card.condition_at) < agency.go_live_at.toordinal()
