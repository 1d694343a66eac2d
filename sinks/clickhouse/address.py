"""Where a ClickHouse server is, and as whom to speak to it (native protocol)."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from sinks.clickhouse.database import DATABASE
from sinks.clickhouse.errors import StoreFailed

SCHEMES = ("clickhouse", "clickhouses")
PORT = 9000
PORT_TLS = 9440
_TRUE = frozenset({"1", "true", "yes"})


@dataclass(frozen=True, slots=True)
class Address:
    """A server: ``others`` (host:port, …) are tried when it does not answer. ``ca_file``: who signs, else the system's.

    ``cluster`` names the cluster on whose servers the schema is made; its tables are then distributed ones.
    """

    host: str
    port: int = PORT
    user: str = "default"
    password: str = ""
    database: str = DATABASE
    secure: bool = False
    ca_file: Path | None = None
    others: tuple[str, ...] = ()
    cluster: str | None = None

    def __str__(self) -> str:
        """Return what may be shown: no password."""
        return f"clickhouse{'s' if self.secure else ''}://{self.user}@{self.host}:{self.port}/{self.database}"

    def __repr__(self) -> str:
        return f"Address({self})"

    def __post_init__(self) -> None:
        """Refuse names that would have to be quoted."""
        for what, name in (("库名", self.database), ("集群名", self.cluster)):
            if name is not None and re.fullmatch(r"[A-Za-z_][\w-]*", name, re.ASCII) is None:
                raise StoreFailed(f"ClickHouse {what}只能是字母、数字、下划线、连字符：{name!r}")


def is_address(place: Path | str) -> bool:
    """Return whether a place names a server and not a directory."""
    return isinstance(place, str) and place.partition("://")[0] in SCHEMES and "://" in place


def address_of(url: str) -> Address:
    """Return the address ``clickhouse[s]://user:password@host:port/database?…`` says; StoreFailed says what is wrong.

    After the question mark: ``secure=1`` (as does ``clickhouses``), ``ca_file``, ``alt_hosts`` (commas), ``cluster``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise StoreFailed(f"ClickHouse 地址不对：{error}") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise StoreFailed("ClickHouse 地址应是 clickhouse://用户:密码@主机:端口/库")
    more = dict(parse_qsl(parts.query, keep_blank_values=True))
    secure = parts.scheme == "clickhouses" or more.pop("secure", "").lower() in _TRUE
    ca_file, hosts, cluster = more.pop("ca_file", ""), more.pop("alt_hosts", ""), more.pop("cluster", "")
    if more:
        raise StoreFailed(f"ClickHouse 地址里不认识 {'、'.join(more)}；可写 secure、ca_file、alt_hosts、cluster")
    return Address(
        host=parts.hostname,
        port=port or (PORT_TLS if secure else PORT),
        user=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.strip("/")) or DATABASE,
        secure=secure,
        ca_file=Path(ca_file) if ca_file else None,
        others=tuple(part for part in hosts.split(",") if part),
        cluster=cluster or None,
    )
