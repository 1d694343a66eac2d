"""The same questions of any instant: what was known of a case then, and what it came to.

"As of" leaves out what was reported later and asks with another ``now``; nothing else differs from the live answer.
"""

from collections.abc import Iterable, Sequence
from typing import Generic

import msgspec

from rules.cases import facts
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.cards import Transition
from rules.engine.docket import Docket, F
from rules.engine.engine import Engine
from rules.engine.tiers import TierSpec
from rules.events.data import Heartbeat, Outage
from rules.events.envelope import Event
from rules.law import Law
from rules.verdicts import Verdict


class Answer(msgspec.Struct, frozen=True):
    """What a rule answers of one subject of a case."""

    rule: Rule
    subject: str
    verdict: Verdict


class AsOf(Generic[F]):
    """One case (or agency) as it was known at an instant (microseconds).

    ``about_sources`` are heartbeats and outages of the case's source: without them a silent source looks alive.
    """

    def __init__(
        self,
        tier: TierSpec[F],
        catalog: Catalog,
        key: str,
        log: Sequence[Filed[Event]],
        now: int,
        *,
        about_sources: Sequence[Filed[Event]] = (),
        broken: bool = False,
    ) -> None:
        self.tier = tier
        self.now = now
        self.transitions: list[Transition] = []
        self.engine: Engine[F] = Engine(tier, catalog, self.transitions.append)
        for filed in sorted((*log, *about_sources), key=lambda one: one.reported):
            if filed.reported > now:
                continue
            event = filed.event
            if isinstance(event, Heartbeat | Outage):
                self.engine.heartbeat(event, filed.reported)
            else:
                self.engine.read(key, filed)
        if broken:
            self.engine.mark_broken(key)
        self.engine.advance(now)
        self.docket: Docket[F] | None = self.engine.dockets.get(key)

    @property
    def law(self) -> Law | None:
        """Return the law the case is judged by; None where nothing was known of it yet."""
        return self.docket.law if self.docket is not None else None

    def answers(self, rules: Iterable[Rule] | None = None) -> tuple[Answer, ...]:
        """Return the verdicts of rules for all subjects: of those that judge under this law, or of those named."""
        docket, law = self.docket, self.law
        if docket is None or law is None:
            return ()
        asked = [ask.rule for ask in self.engine.asking.asks(law, facts.FACTS)] if rules is None else list(rules)
        return tuple(
            Answer(rule, subject, verdict) for rule in asked for subject, verdict in rule.about(docket.facts, law)
        )
