"""Questions to the store, all about one run: cards, transitions, events, case states, quarantine."""

from collections.abc import Iterator

from sinks.clickhouse.stored import (
    CardFilter,
    CaseFilter,
    CaseState,
    Quarantined,
    Run,
    StoredCard,
    StoredEvent,
    StoredTransition,
)


class Archive:
    """What one run left in the store; ``Store.archive()`` gives that of the current run."""

    run: Run

    def cards(self, only: CardFilter = CardFilter(), limit: int | None = None) -> tuple[StoredCard, ...]:
        """Return cards, the worst level first, then by condition instant and id."""
        raise NotImplementedError

    def card(self, card_id: str) -> StoredCard | None:
        """Return one card; None where the run has none of that id."""
        raise NotImplementedError

    def transitions(self, card_id: str | None = None) -> Iterator[StoredTransition]:
        """Return the transitions of a card, or of the whole run, in their order."""
        raise NotImplementedError

    def events(self, case_id: str | None = None) -> Iterator[StoredEvent]:
        """Return the records of a case (or all of the run), as they were judged, in the order they were read."""
        raise NotImplementedError

    def about_sources(self) -> tuple[StoredEvent, ...]:
        """Return heartbeats, outages and other records that belong to no case."""
        raise NotImplementedError

    def case_state(self, case_id: str) -> CaseState | None:
        """Return the state of one case; None where the run has none of that id."""
        raise NotImplementedError

    def case_states(self, only: CaseFilter = CaseFilter(), limit: int | None = None) -> tuple[CaseState, ...]:
        """Return cases, those due first first; without a due date last."""
        raise NotImplementedError

    def quarantine(self, limit: int | None = None) -> tuple[Quarantined, ...]:
        """Return what was put aside, in the order it was read."""
        raise NotImplementedError
