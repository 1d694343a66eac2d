"""The second tier (二级监察): agencies judged by the cards of the first and by what their systems reported.

What it reads is put in the order of the instants at which it became known, and between equals by what it is about; so
it does not show in which shard anything was said. A card that moves to another agency is withdrawn from the first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rules.agencies.tier import agency_tier
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.engine.engine import Engine, file_event
from rules.events.alerts import Alert
from rules.events.data import Heartbeat, Outage
from rules.events.envelope import Event
from rules.registry import AGENCY_RULES
from streams.replay.shard import Heard
from streams.telling import Teller, orgs_of_sources


class Known(NamedTuple):
    """Something the second tier reads: when it became known, its kind and id (the order), whom it concerns, what."""

    at: int
    kind: int
    id: str
    org: str
    filed: Filed[Event]


def judge_agencies(
    catalog: Catalog,
    transitions: Sequence[Transition],
    heard: Mapping[tuple[str, int], Heard],
    caseless: Iterable[Filed[Event]],
    until: int,
) -> list[Transition]:
    """Return what the second tier says, given all that the first said in its order; time passes until an instant."""
    said: list[Transition] = []
    engine = Engine(agency_tier(AGENCY_RULES), catalog, said.append)
    for one in told(catalog, transitions, heard, caseless):
        event = one.filed.event
        if not one.org and isinstance(event, Heartbeat | Outage):
            engine.heartbeat(event, one.filed.reported)
        else:
            engine.read(one.org, one.filed)
    engine.advance(until)
    return said


def told(
    catalog: Catalog,
    transitions: Sequence[Transition],
    heard: Mapping[tuple[str, int], Heard],
    caseless: Iterable[Filed[Event]],
) -> list[Known]:
    """Return all that the second tier reads, in its order; what sources say of themselves concerns no agency ("")."""
    tell = _Teller(catalog)
    known = [*tell.moves(transitions), *tell.reports(heard), *tell.words(caseless)]
    return sorted(known, key=lambda one: one[:4])


class _Teller:
    """Says in events what the first tier knows."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._tell = Teller(catalog)
        self._of_source = orgs_of_sources(catalog)

    def moves(self, transitions: Iterable[Transition]) -> Iterable[Known]:
        """Return each move of a card for the agency it is about, and for the one it was about before."""
        about: dict[str, str | None] = {}
        for transition in transitions:
            card = transition.card
            before = about.get(card.card_id)
            about[card.card_id] = card.org_code
            for org, event in self._tell.moves(card, before):
                yield Known(card.known_at, 3, event.event_id, org, file_event(self._catalog, event))

    def reports(self, heard: Mapping[tuple[str, int], Heard]) -> Iterable[Known]:
        """Return the first record of each agency on each date; sent again, one record may be the first of two dates."""
        for (org, day), first in heard.items():
            record = f"{first.case_id}/{first.event_id}" if first.case_id else first.event_id
            event = self._tell.reported(org, first.region, record, day, first.reported)
            yield Known(first.reported, 1, event.event_id, org, file_event(self._catalog, event))

    def words(self, caseless: Iterable[Filed[Event]]) -> Iterable[Known]:
        """Return what sources say of themselves, for all and for the agencies they speak for; and words about cards."""
        for filed in caseless:
            event = filed.event
            match event:
                case Heartbeat():
                    yield Known(filed.reported, 0, event.event_id, "", filed)
                    own = self._of_source.get(event.data_source or "", ())
                    for org in sorted({*event.org_codes, *own}):
                        yield Known(filed.reported, 2, event.event_id, org, filed)
                case Outage():
                    yield Known(filed.reported, 0, event.event_id, "", filed)
                case Alert():
                    yield Known(filed.reported, 4, event.event_id, event.org_code or "", filed)
                case _:
                    pass
