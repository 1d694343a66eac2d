"""How a transport behaves."""

import msgspec


class Options(msgspec.Struct, frozen=True):
    """Options of a transport. Durations are seconds."""

    batch_records: int = 2000
    """Records of a batch at most."""
    batch_bytes: int = 4 << 20
    """Bytes of a batch, about; one record may be larger, and then travels alone."""
    in_flight: int = 2
    """Batches of a partition that are delivered and not yet acknowledged, at most."""
    poll: float = 0.015
    """How long new records may wait before they are noticed on an idle Kafka."""
    drain: float = 8.0
    """How long a stopping worker waits for batches being worked on; beyond that they count as not done."""
    commit_patience: float = 5.0
    """How long a stopping worker, or one that gives up partitions, tries to commit."""
    member: str | None = None
    """The name of a member that keeps its partitions over a restart (static membership), unique in its group."""
    session: float = 15.0
    """After how long without a sign a member's partitions are given to others."""
    rebalance: float = 60.0
    """How long a rebalance waits for members that finish their batches."""
