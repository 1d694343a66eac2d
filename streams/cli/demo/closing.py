"""The closing pages: what an officer wants to see first, from the store the worker wrote, and the proof."""

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from rules.engine.cards import Transition
from streams.cli.demo.asked import Town

if TYPE_CHECKING:
    from rich.console import Console

    from rules.catalog.index import Catalog
    from sinks.clickhouse.stored import StoredCard

CARDS = "cards.jsonl"


def close(to: "Console", town: Town, began: float) -> bool:
    """Show the closing pages and return whether the proof holds; ``began`` is when all started (steady seconds)."""
    from sinks.clickhouse.store import open_store
    from streams.cli.agreement import agreement
    from streams.cli.answerkey import read_cards, read_key
    from streams.cli.demo.causes import show_causes
    from streams.cli.demo.holdups import holdups_of
    from streams.cli.demo.money import show_money
    from streams.cli.demo.proof import show_proof
    from streams.cli.demo.quality import quality_of, show_quality
    from streams.cli.demo.red import show_red
    from streams.cli.demo.soon import show_soon
    from streams.cli.demo.view import view_of
    from streams.cli.meter import measured
    from streams.cli.names import minute
    from streams.replay.cardfile import write_cards
    from streams.verify import verify

    asked, room, catalog = town.asked, town.room, town.catalog
    with open_store(room / "store") as store:
        archive = store.archive()
        view = view_of(archive, catalog)
        holdups, quality = holdups_of(archive, view), quality_of(archive)
        said = [one.transition for one in archive.transitions()] if asked.scaled else []
    cards = standing_at(said, town.as_of, catalog) if asked.scaled else view.cards
    write_cards(room / CARDS, cards, catalog)
    with measured("核对") as told:
        verified = verify(room / "store", report=told)
    found = agreement(read_cards(str(room / CARDS)), read_key(str(town.written.answers)), complete=True)
    seconds = monotonic() - began
    to.print(
        f"\n{catalog.head.title}  {view.run.cases:,} 件、{view.run.counts.read:,} 条办件记录，"
        f"截至 {minute(view.run.now, view.zone)}，共用 {seconds:.0f} 秒",
        style="bold",
    )
    show_red(to, view)
    show_soon(to, view)
    show_causes(to, view, holdups)
    show_money(to, view)
    show_quality(to, view, quality)
    return show_proof(to, found, verified, asked)


def standing_at(said: Iterable[Transition], instant: int, catalog: "Catalog") -> "list[StoredCard]":
    """Return the cards as they stood at an instant (microseconds), by id: a scaled clock has run on since."""
    from sinks.clickhouse.stored import StoredCard
    from streams.replay.outcome import is_historic

    last: dict[str, StoredCard] = {}
    for one in sorted(said, key=lambda one: (one.card.card_id, one.card.seq)):
        if one.known_at <= instant:
            name = one.card.card_id
            raised = last[name].raised_at if name in last else one.known_at
            last[name] = StoredCard(one.card, raised, is_historic(catalog, one.card))
    return list(last.values())
