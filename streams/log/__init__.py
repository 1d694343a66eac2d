"""The log (日志) as the project sees it: topics of partitions of records, in one order, never lost. No Faust here.

* ``record``        what is read (``Record``), what is appended (``New``), what an agent is given (``Batch``)
* ``log``           the protocol ``Log`` that both logs keep
* ``errors``        what may go wrong, and who is told
* ``partitioning``  ``partition_of(key, count)``: where Kafka's own clients put a key
* ``broker``        what ``kafka://…`` and ``local:///FOLDER`` say; ``Access`` to a secured Kafka
* ``local/``        ``LocalLog``: a durable log in one SQLite file, one writing process
* ``kafka/``        ``KafkaLog``: Apache Kafka through aiokafka
* ``opening``       ``open_log(broker)``: start here
"""

from streams.log.broker import Access, Broker, Folder, Servers, parse_broker
from streams.log.errors import LogError, LogFailed, LogLocked, LogMissing, TopicExists, TopicMissing
from streams.log.kafka import KafkaLog
from streams.log.local import LocalLog, Topic
from streams.log.log import Log
from streams.log.opening import open_log
from streams.log.partitioning import partition_of
from streams.log.record import Batch, New, Record

__all__ = [
    "Access",
    "Batch",
    "Broker",
    "Folder",
    "KafkaLog",
    "LocalLog",
    "Log",
    "LogError",
    "LogFailed",
    "LogLocked",
    "LogMissing",
    "New",
    "Record",
    "Servers",
    "Topic",
    "TopicExists",
    "TopicMissing",
    "open_log",
    "parse_broker",
    "partition_of",
]
