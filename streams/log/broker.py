"""What names a log: ``kafka://host:port[,host:port…]`` or ``local:///FOLDER``, and the access to a secured Kafka."""

from pathlib import Path
from ssl import SSLContext
from typing import Any, Literal

import msgspec

from streams.log.errors import LogError

Protocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


class Access(msgspec.Struct, frozen=True):
    """How a Kafka lets us in: the protocol of its listener, TLS, and who we are. The default is an open listener."""

    protocol: Protocol = "PLAINTEXT"
    tls: SSLContext | None = None
    mechanism: Mechanism = "PLAIN"
    user: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Access({self.protocol}, {self.user})"

    def aiokafka(self) -> dict[str, Any]:
        """Return the arguments of aiokafka's clients."""
        return {
            "security_protocol": self.protocol,
            "ssl_context": self.tls,
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.user,
            "sasl_plain_password": self.password,
        }


class Servers(msgspec.Struct, frozen=True):
    """Servers of a Kafka to begin with, as ``host:port``."""

    hosts: tuple[str, ...]


class Folder(msgspec.Struct, frozen=True):
    """The folder of a local log, absolute."""

    path: Path


Broker = Servers | Folder


def parse_broker(broker: str) -> Broker:
    """Return what a broker's address says; LogError where it says nothing we know."""
    scheme, parted, rest = broker.partition("://")
    if parted and rest and scheme == "local":
        return Folder(Path(rest).resolve())
    if parted and rest and scheme == "kafka":
        hosts = tuple(_host(part.removeprefix("kafka://"), broker) for part in rest.replace(";", ",").split(","))
        return Servers(hosts)
    raise LogError(f"broker 应写成 kafka://主机:端口[,主机:端口…] 或 local:///目录，得到 {broker!r}")


def _host(part: str, broker: str) -> str:
    host, colon, port = part.strip().rpartition(":")
    if not colon:
        host, port = part.strip(), "9092"
    if not host or not port.isdecimal():
        raise LogError(f"broker 中的 {part!r} 不是 主机:端口（{broker!r}）")
    return f"{host}:{port}"
