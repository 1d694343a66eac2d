"""The store: a folder of this machine, or a ClickHouse server or cluster."""

from pathlib import Path
from typing import Annotated, ClassVar, NamedTuple, Self
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from streams.settings.secret import one_of
from streams.settings.section import Section, Words

CLICKHOUSE = "clickhouse://"
PORT, PORT_TLS = 9000, 9440


class Server(NamedTuple):
    """Where a ClickHouse server is: native protocol."""

    host: str
    port: int
    user: str
    database: str


def _has_port(parts: SplitResult) -> bool:
    """Return whether the port is one, or left out."""
    try:
        return parts.port != 0
    except ValueError:
        return False


class StoreSettings(Section):
    """The store (存储)."""

    short: ClassVar[str | None] = "url"

    url: Annotated[str, Field(min_length=1, description="存储：目录，或 clickhouse://用户@主机:端口/库")] = (
        "jiancha-store"
    )
    password: Annotated[SecretStr | None, Field(description="ClickHouse 密码；宜用 password_file")] = None
    password_file: Annotated[Path | None, Field(description="ClickHouse 密码所在文件，取第一行")] = None
    secure: Annotated[bool, Field(description="用 TLS 连接")] = False
    ca_file: Annotated[Path | None, Field(description="TLS 证书机构文件（PEM）；不写用系统的")] = None
    cluster: Annotated[str | None, Field(description="集群名：用复制表、分布表")] = None
    alt_hosts: Annotated[Words, Field(description="主机不通时改连的 主机:端口")] = ()

    @field_validator("url")
    @classmethod
    def _known(cls, url: str) -> str:
        if "://" not in url:
            return url
        parts = urlsplit(url)
        if not url.startswith(CLICKHOUSE) or not parts.hostname or not _has_port(parts):
            raise ValueError("应是目录，或 clickhouse://用户@主机:端口/库")
        if parts.password is not None:
            raise ValueError("密码不写在地址里，写在 password_file")
        if "/" in parts.path.strip("/") or parts.query:
            raise ValueError("地址末尾只写库名：clickhouse://用户@主机:端口/库")
        return url

    @model_validator(mode="after")
    def _whole(self) -> Self:
        one_of(self.password, self.password_file, "password")
        if self.is_folder and (self.password or self.password_file or self.secure or self.cluster or self.alt_hosts):
            raise ValueError("存储是目录：password、secure、cluster、alt_hosts 只用于 clickhouse://")
        if self.ca_file is not None and not self.secure:
            raise ValueError("写了 ca_file，secure 应是 true")
        return self

    @property
    def is_folder(self) -> bool:
        """Return whether the store is a folder of this machine (embedded)."""
        return not self.url.startswith(CLICKHOUSE)

    @property
    def folder(self) -> Path:
        """Return the folder of an embedded store; ValueError of any other."""
        if not self.is_folder:
            raise ValueError(f"不是目录：{self.url}")
        return Path(self.url)

    @property
    def server(self) -> Server:
        """Return where the server is; ValueError of an embedded store."""
        if self.is_folder:
            raise ValueError(f"不是 clickhouse:// 地址：{self.url}")
        parts: SplitResult = urlsplit(self.url)
        return Server(
            host=parts.hostname or "",
            port=parts.port or (PORT_TLS if self.secure else PORT),
            user=unquote(parts.username or "default"),
            database=unquote(parts.path.strip("/")) or "default",
        )
