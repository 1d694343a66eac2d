"""The log: Apache Kafka with its security, or a durable log in a folder of this machine."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from streams.settings.secret import one_of
from streams.settings.section import Section

KAFKA = "kafka://"
LOCAL = "local://"
PORT = 9092


class Protocol(StrEnum):
    """How a client speaks with Kafka (security.protocol)."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"

    @property
    def tls(self) -> bool:
        """Return whether what is said is encrypted."""
        return self.value.endswith("SSL")

    @property
    def sasl(self) -> bool:
        """Return whether a user logs in."""
        return self.value.startswith("SASL")


class Mechanism(StrEnum):
    """How a user logs in (sasl.mechanism)."""

    PLAIN = "PLAIN"
    SCRAM_256 = "SCRAM-SHA-256"
    SCRAM_512 = "SCRAM-SHA-512"


class Broker(Section):
    """The log (日志)."""

    short: ClassVar[str | None] = "url"

    url: Annotated[str, Field(description="日志：kafka://主机:端口[,主机:端口…] 或 local://目录")] = (
        "local://jiancha-log"
    )
    protocol: Annotated[Protocol, Field(description="Kafka 安全协议")] = Protocol.PLAINTEXT
    mechanism: Annotated[Mechanism, Field(description="SASL 登录方式")] = Mechanism.SCRAM_512
    username: Annotated[str | None, Field(description="SASL 用户名")] = None
    password: Annotated[SecretStr | None, Field(description="SASL 密码；宜用 password_file")] = None
    password_file: Annotated[Path | None, Field(description="SASL 密码所在文件，取第一行")] = None
    ca_file: Annotated[Path | None, Field(description="TLS 证书机构文件（PEM）；不写用系统的")] = None
    cert_file: Annotated[Path | None, Field(description="TLS 客户端证书（PEM）")] = None
    key_file: Annotated[Path | None, Field(description="TLS 客户端私钥（PEM）")] = None
    check_hostname: Annotated[bool, Field(description="TLS 核对主机名")] = True

    @field_validator("url")
    @classmethod
    def _known(cls, url: str) -> str:
        if url.startswith(LOCAL) and url != LOCAL:
            return url
        if not url.startswith(KAFKA) or url == KAFKA:
            raise ValueError("应写作 kafka://主机:端口[,主机:端口…] 或 local://目录")
        if "@" in url:
            raise ValueError("用户名和密码不写在地址里，写在 username 与 password_file")
        for host in url.removeprefix(KAFKA).split(","):
            _check_host(host)
        return url

    @model_validator(mode="after")
    def _whole(self) -> Self:
        one_of(self.password, self.password_file, "password")
        if self.is_local and self.protocol is not Protocol.PLAINTEXT:
            raise ValueError("本地日志没有 protocol")
        if self.protocol.sasl and (self.username is None or (self.password is None and self.password_file is None)):
            raise ValueError(f"{self.protocol} 须有 username 和 password_file（或 password）")
        if not self.protocol.sasl and (self.username or self.password or self.password_file):
            raise ValueError(f"{self.protocol} 不登录：写了用户名或密码，protocol 应是 SASL_SSL 或 SASL_PLAINTEXT")
        if not self.protocol.tls and (self.ca_file or self.cert_file or self.key_file):
            raise ValueError(f"{self.protocol} 不加密：写了证书，protocol 应是 SSL 或 SASL_SSL")
        if self.key_file is not None and self.cert_file is None:
            raise ValueError("有 key_file 而没有 cert_file")
        return self

    @property
    def is_local(self) -> bool:
        """Return whether the log is a folder of this machine."""
        return self.url.startswith(LOCAL)

    @property
    def folder(self) -> Path:
        """Return the folder of a local log; ValueError of any other."""
        if not self.is_local:
            raise ValueError(f"不是本地日志：{self.url}")
        return Path(self.url.removeprefix(LOCAL))

    @property
    def servers(self) -> tuple[str, ...]:
        """Return the addresses of a Kafka cluster as host:port; empty for a local log."""
        if self.is_local:
            return ()
        hosts = self.url.removeprefix(KAFKA).rstrip("/").split(",")
        return tuple(host if _port(host) is not None else f"{host}:{PORT}" for host in hosts)


def _port(host: str) -> int | None:
    return urlsplit(f"//{host}").port


def _check_host(host: str) -> None:
    try:
        parts = urlsplit(f"//{host.rstrip('/')}")
        named = bool(parts.hostname) and not parts.path and not parts.query and parts.port != 0
    except ValueError:
        named = False
    if not named:
        raise ValueError(f"「{host}」不是 主机:端口")
