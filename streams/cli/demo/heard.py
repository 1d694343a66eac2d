"""What the worker says while the days pass: read off the cards topic, as anybody may."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from rules.engine.cards import STANDING, STATE_NAMES, Card, Move, State, Transition
from rules.events.words import Level
from sinks.clickhouse.words import MOVES
from streams.cli.demo.reasons import reason
from streams.cli.demo.scene import Scene
from streams.live.wire import transition_of

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from streams.cli.names import Names
    from streams.log import Log

KEPT = 40
AT_ONCE = 2_000
NOT_TOLD = frozenset({Move.UPHELD, Move.CLOSED})
"""Moves that are no news: nothing became better or worse."""
GROUNDED = frozenset({Move.RAISED, Move.ESCALATED, Move.LOWERED, Move.REINSTATED, Move.LIFE})
"""Moves whose reason is that of the card; of others it is what happened to it."""


@dataclass(frozen=True, slots=True)
class News:
    """A change of a card as one line: when (microseconds), what was done, at which level, by which rule, where, why."""

    at: int
    move: str
    level: Level
    accuses: bool
    rule: str
    place: str
    why: str


class Heard:
    """The cards as they stand, how often each move was made, and the latest news."""

    def __init__(self, log: "Log", topic: str, catalog: "Catalog", names: "Names") -> None:
        self.cards: dict[str, Card] = {}
        self.moves: Counter[Move] = Counter()
        self.latest: deque[News] = deque(maxlen=KEPT)
        self._log = log
        self._topic = topic
        self._catalog = catalog
        self._names = names
        self._next: dict[int, int] = {}

    async def listen(self) -> None:
        """Take up what was said since last time; LogError."""
        if not self._next:
            self._next = dict.fromkeys(range(await self._log.partitions(self._topic)), 0)
        new: list[Transition] = []
        for number in self._next:
            new += await self._said_in(number)
        self.take(new)

    def take(self, new: Sequence[Transition]) -> None:
        """Take up transitions."""
        for one in new:
            self.moves[one.move] += 1
            known = self.cards.get(one.card.card_id)
            if known is None or known.seq < one.card.seq:
                self.cards[one.card.card_id] = one.card
        told = sorted((one for one in new if one.move not in NOT_TOLD), key=attrgetter("known_at"))
        self.latest.extend(self._news(one) for one in told[-KEPT:])

    def by_level(self) -> Counter[tuple[Level, State]]:
        """Return how many cards are at a level in a state."""
        return Counter((one.level, one.state) for one in self.cards.values())

    def by_org(self) -> dict[str, Counter[Level]]:
        """Return how many cards of a level stand by agency, the worst first."""
        found: dict[str, Counter[Level]] = {}
        for one in self.cards.values():
            if one.state in STANDING:
                found.setdefault(one.org_code or "", Counter())[one.level] += 1
        return dict(sorted(found.items(), key=lambda item: (-item[1][Level.RED], -item[1][Level.YELLOW], item[0])))

    async def _said_in(self, number: int) -> list[Transition]:
        said: list[Transition] = []
        _, end = await self._log.bounds(self._topic, number)
        while self._next[number] < end:
            read = await self._log.read(self._topic, number, self._next[number], AT_ONCE)
            if not read:
                break
            self._next[number] = read[-1].offset + 1
            said += [transition_of(one.value) for one in read if one.value is not None]
        return said

    def _news(self, one: Transition) -> News:
        card = one.card
        scene = Scene(self._catalog, self._names, self._catalog.days.day_of(one.known_at))
        return News(
            at=one.known_at,
            move=STATE_NAMES[card.state] if one.move is Move.LIFE else MOVES[one.move],
            level=card.level,
            accuses=card.state in STANDING,
            rule=self._names.rule(card.rule_id),
            place=scene.place(card.org_code, card.task_code),
            why=reason(card, scene) if one.move in GROUNDED else one.reason,
        )
