"""The producer of an app: there is none.

Faust's producer buffers what is sent and only warns when it fails, so an offset may be committed before what was said
on its account is durable. An agent appends through ``streams.log.Log.append``, which returns when records are durable
and raises when they are not.
"""

from collections.abc import Awaitable
from typing import Any, NoReturn

from faust.transport.base import Producer
from faust.types import TP


class NoProducer(Producer):
    """Refuses whatever would be sent."""

    async def send(self, *_: Any, **__: Any) -> Awaitable[Any]:
        """Refuse."""
        self._refuse()

    async def send_and_wait(self, *_: Any, **__: Any) -> Any:
        """Refuse."""
        self._refuse()

    def send_soon(self, fut: Any) -> None:  # noqa: ARG002 - its signature is Faust's
        """Refuse."""
        self._refuse()

    async def create_topic(self, *_: Any, **__: Any) -> None:
        """Refuse: topics are made beforehand."""
        self._refuse()

    def key_partition(self, topic: str, key: bytes) -> TP:  # noqa: ARG002 - its signature is Faust's
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise NotImplementedError("记录经 streams.log 的 Log.append 写入，主题由 jiancha topics apply 建立")
