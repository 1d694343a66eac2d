"""Where the endpoints listen: health, metrics, and the store's own in embedded mode."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator

from streams.settings.secret import one_of
from streams.settings.section import Section


class HttpSettings(Section):
    """The endpoints (端点). Off this machine they ask for a token."""

    host: Annotated[str, Field(min_length=1, description="监听地址")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="监听端口；0 为任一空闲端口")] = 8765
    store_port: Annotated[
        int, Field(ge=0, le=65535, description="单机运行时存储的只读 ClickHouse HTTP 端口；0 为任一空闲端口")
    ] = 8123
    token: Annotated[SecretStr | None, Field(description="令牌；监听本机以外的地址时必须有")] = None
    token_file: Annotated[Path | None, Field(description="令牌所在文件，取第一行")] = None

    @property
    def is_loopback(self) -> bool:
        """Return whether only this machine is listened to."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        one_of(self.token, self.token_file, "token")
        if not self.is_loopback and self.token is None and self.token_file is None:
            raise ValueError(f"监听 {self.host} 须有 token_file（或 token）；只给本机用则写 127.0.0.1")
        return self
