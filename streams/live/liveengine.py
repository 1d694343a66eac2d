"""The engine as the live edge needs it: it tells what it touched, and packs and gives up dockets."""

from collections.abc import Callable

from msgspec import Raw

from rules.cases.filed import Filed
from rules.cases.log import Held
from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.engine.docket import Docket, F
from rules.engine.engine import Engine
from rules.engine.stored import encode
from rules.engine.tiers import TierSpec
from rules.events.envelope import Event
from rules.verdicts import NEVER


class LiveEngine(Engine[F]):
    """An engine that tells which dockets it has settled (they are to be remembered) and whom a card was about before.

    ``orgs_before`` has an agency, or None, for every transition said; ``fired`` counts reviews that time made due.
    """

    def __init__(self, tier: TierSpec[F], catalog: Catalog, say: Callable[[Transition], None]) -> None:
        super().__init__(tier, catalog, self._hear)
        self.settled: dict[str, None] = {}
        self.orgs_before: list[str | None] = []
        self.fired = 0
        self._say = say
        self._about: dict[str, str | None] = {}
        self._packed: dict[str, list[Raw]] = {}

    def _settle(self, docket: Docket[F], now: int, cause: str) -> None:
        self.settled[docket.key] = None
        self.fired += not cause
        self._about = {card.card_id: card.org_code for card in docket.cards.values()} if docket.cards else {}
        super()._settle(docket, now, cause)

    def _hear(self, transition: Transition) -> None:
        card = transition.card
        self.orgs_before.append(self._about.get(card.card_id))
        self._about[card.card_id] = card.org_code
        self._say(transition)

    def _again(self, docket: Docket[F], known: Filed[Event] | Held, filed: Filed[Event]) -> None:
        self._packed.pop(docket.key, None)  # the log is not merely longer
        super()._again(docket, known, filed)

    @property
    def duplicates(self) -> int:
        """Return how many records were known already."""
        return self._duplicates

    def packed(self, docket: Docket[F]) -> bytes:
        """Return a docket in its stored form; each event of its log is packed once."""
        return encode(docket, self._packed.setdefault(docket.key, []))

    def let_go(self, key: str) -> Docket[F]:
        """Give up a docket and return it; it is in the index of reviews no more."""
        docket = self.dockets.pop(key)
        self._packed.pop(key, None)
        self.timers.put(docket, NEVER)
        return docket

    def waiting(self) -> set[str]:
        """Return the keys of dockets that wait for a word of their source."""
        return {key for waiting in self._waiting.values() for key in waiting}
