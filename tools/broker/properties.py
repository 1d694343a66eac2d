"""What a node is told. Every node is broker and controller; all is on loopback."""

from pathlib import Path
from typing import NamedTuple


class Ports(NamedTuple):
    """Where a node listens: for clients, and for its fellow controllers."""

    clients: int
    controllers: int


def properties(node: int, ports: list[Ports], data: Path, extra: dict[str, str]) -> str:
    """Return the properties of a node, numbered from 1; ``extra`` wins over what stands here."""
    copies = str(min(3, len(ports)))
    here = ports[node - 1]
    told = {
        "process.roles": "broker,controller",
        "node.id": str(node),
        "controller.quorum.voters": ",".join(f"{at}@127.0.0.1:{port.controllers}" for at, port in enumerate(ports, 1)),
        "listeners": f"PLAINTEXT://127.0.0.1:{here.clients},CONTROLLER://127.0.0.1:{here.controllers}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{here.clients}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "offsets.topic.num.partitions": "4",
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "2",
        "share.coordinator.state.topic.replication.factor": copies,
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        "num.network.threads": "2",
        "num.io.threads": "4",
        "log.cleaner.dedupe.buffer.size": "16777216",
        # A node that was killed comes back in its own time, not after the nine seconds its session would run on.
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        **extra,
    }
    return "".join(f"{name}={value}\n" for name, value in told.items())
