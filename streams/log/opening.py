"""Opening a log by its address."""

from typing import assert_never

from streams.log.broker import Access, Folder, Servers, parse_broker
from streams.log.kafka import KafkaLog
from streams.log.local import LocalLog
from streams.log.log import Log


def open_log(broker: str, *, access: Access | None = None, read_only: bool = False, patience: float = 30.0) -> Log:
    """Return the log of a broker, not yet started; LogError where the address cannot be read.

    ``access`` and ``patience`` are for Kafka; the latter is for how many seconds an append is tried again.
    ``read_only`` opens a local log beside the process that writes to it.
    """
    named = parse_broker(broker)
    match named:
        case Servers():
            return KafkaLog(named, access=access or Access(), patience=patience)
        case Folder():
            return LocalLog(named.path, read_only=read_only)
        case _:
            assert_never(named)
