"""The accounts of a run: what became of each record, by what it was judged, what came of it."""

import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import version

import msgspec

from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.registry import RULES
from sinks.clickhouse.stored import Counts, Run, SourceRead
from streams.replay.outcome import Outcome
from streams.replay.settings import CardCount, CountsDiffer, ReplaySettings, RunSummary
from streams.replay.shard import DIGEST_BITS, Judged
from streams.replay.work import ReadOut

RUN_CHARS = 16


def rule_versions(rules: Sequence[Rule] = RULES) -> dict[str, int]:
    """Return the rules that judge, with their versions."""
    return {rule.id: rule.version for rule in rules}


def run_name(settings: ReplaySettings, catalog: Catalog, sources: Sequence[SourceRead]) -> str:
    """Return the name of a run: a digest of all that decides what it says."""
    decides = {
        "program": version("jiancha"),
        "edition": catalog.edition,
        "rules": rule_versions(),
        "profile": settings.profile,
        "as_of": settings.as_of,
        "sources": [(one.key, one.digest) for one in sources],
    }
    return sha256(msgspec.json.encode(decides, order="deterministic")).hexdigest()[:RUN_CHARS]


def reconciled(read: Sequence[ReadOut], shards: Sequence[Judged]) -> Counts:
    """Return what became of the records; CountsDiffer where one was lost, or counted twice."""
    total: Counter[str] = Counter()
    for shard in shards:
        total.update(shard.counts)
    counts = Counts(
        read=sum(one.own for one in read),
        folded=total["folded"],
        duplicate=total["duplicate"],
        quarantined=sum(len(shard.aside) for shard in shards),
        filtered=sum(sum(shard.filtered.values()) for shard in shards),
    )
    seen = {one.seen for one in read}
    if not counts.reconciles() or seen != {counts.read}:
        raise CountsDiffer(f"计数对不上：各分片见到 {sorted(seen)} 条，读入 {counts}")
    return counts


def events_digest(shards: Sequence[Judged]) -> str:
    """Return the digest of the set of records in the archive: the sum of theirs, which no order changes."""
    return f"{sum(shard.digest for shard in shards) % (1 << DIGEST_BITS):064x}"


class Account(msgspec.Struct, frozen=True):
    """What a run was, and what came of it."""

    name: str
    settings: ReplaySettings
    catalog: Catalog
    sources: tuple[SourceRead, ...]
    now: int
    counts: Counts
    shards: tuple[Judged, ...]
    said: Outcome

    def run(self, recorded_at: int) -> Run:
        """Return the run as it is recorded, at an instant of the wall clock."""
        settings = self.settings
        return Run(
            run=self.name,
            recorded_at=recorded_at,
            catalog=str(settings.catalog),
            edition=self.catalog.edition,
            rules=rule_versions(),
            profile=settings.profile or "",
            as_of=settings.as_of,
            now=self.now,
            zone=self.catalog.head.zone,
            mapping=str(settings.mapping or ""),
            sources=self.sources,
            counts=self.counts,
            filtered=self._filtered(),
            defective=sum(shard.defective for shard in self.shards),
            cases=sum(shard.cases for shard in self.shards),
            cards=len(self.said.cards),
            transitions=len(self.said.transitions),
            events=sum(shard.records for shard in self.shards),
            events_digest=events_digest(self.shards),
            versions={name: version(name) for name in ("jiancha", "chdb", "msgspec", "pyarrow", "tzdata")}
            | {"python": platform.python_version()},
        )

    def summary(self) -> RunSummary:
        """Return what the caller of a replay is told."""
        cards = Counter((one.card.rule_id, one.card.level, one.card.state) for one in self.said.cards.values())
        return RunSummary(
            run=self.name,
            edition=self.catalog.edition,
            profile=self.settings.profile or "",
            now=self.now,
            zone=self.catalog.head.zone,
            counts=self.counts,
            filtered=self._filtered(),
            quarantined=_ranked(one.bad.reason for shard in self.shards for one in shard.aside),
            defective=sum(shard.defective for shard in self.shards),
            cases=sum(shard.cases for shard in self.shards),
            open_cases=sum(shard.open_cases for shard in self.shards),
            transitions=len(self.said.transitions),
            cards=tuple(CardCount(*key, count) for key, count in sorted(cards.items())),
            workers=len(self.shards),
        )

    def _filtered(self) -> dict[str, int]:
        return _ranked(reason for shard in self.shards for reason, n in shard.filtered.items() for _ in range(n))


def _ranked(reasons: Iterable[str]) -> dict[str, int]:
    """Return how often each reason was given, the most frequent first."""
    return dict(sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0])))
