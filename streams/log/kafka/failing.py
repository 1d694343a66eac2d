"""What aiokafka raises, said as ``LogError``."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from streams.log.errors import LogFailed, TopicMissing


@contextmanager
def said_as_log_errors(doing: str) -> Iterator[None]:
    """Raise what goes wrong inside as TopicMissing or LogFailed; ``doing`` says what was tried, in Chinese."""
    try:
        yield
    except UnknownTopicOrPartitionError as err:
        raise TopicMissing(f"{doing}：Kafka 中没有这个主题或分区") from err
    except (KafkaError, OSError, TimeoutError, ValueError) as err:
        raise LogFailed(f"{doing}：{type(err).__name__} {err}".rstrip()) from err
