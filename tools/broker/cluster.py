"""A cluster of one node or more."""

import base64
import socket
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

from tools.broker.node import Node
from tools.broker.properties import Ports, properties


class Cluster:
    """Nodes in a folder. They keep their ports, so that a cluster started again is the same cluster.

    ``port`` is that of the first node, or 0 for any that is free. ``quick`` starts sooner and serves
    slower: what Java compiles, it compiles lightly. As a context it starts all, and stops all.
    """

    def __init__(
        self, folder: Path, *, nodes: int = 1, port: int = 0, quick: bool = False, extra: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / "cluster"
        if kept.exists():
            cluster_id, *lines = kept.read_text().split()
            ports = [Ports(*map(int, line.split(","))) for line in lines]
        else:
            # 22 characters that never begin with a dash, which would look like an option.
            cluster_id = "J" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode()[1:22]
            free = _free_ports(2 * nodes)
            ports = [Ports(*free[2 * at : 2 * at + 2]) for at in range(nodes)]
        if port:
            ports[0] = ports[0]._replace(clients=port)
        kept.write_text("\n".join([cluster_id, *(f"{ports_.clients},{ports_.controllers}" for ports_ in ports)]))
        self.nodes = [
            Node(
                folder / f"node-{at}",
                ports[at - 1].clients,
                cluster_id,
                properties(at, ports, folder / f"node-{at}" / "data", extra or {}),
                quick=quick,
            )
            for at in range(1, len(ports) + 1)
        ]

    @property
    def servers(self) -> str:
        """Return ``host:port`` of all nodes, parted by commas."""
        return ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    @property
    def broker(self) -> str:
        """Return the address the program takes: ``kafka://host:port,…``."""
        return f"kafka://{self.servers}"

    def start(self) -> None:
        """Start every node that does not run; BrokerUnavailable, BrokerFailed."""
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait()

    def stop(self) -> None:
        """Stop all. A majority must live for the others to leave in good order, so the last ones are killed."""
        for node in self.nodes[: len(self.nodes) // 2 + 1]:
            node.stop()
        for node in self.nodes:
            node.kill()

    def kill(self) -> None:
        """End all at once."""
        for node in self.nodes:
            node.kill()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self.kill()


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
