"""Apache Kafka as a log, through aiokafka.

* ``failing``   what aiokafka raises, said as ``LogError``
* ``appending`` batches of one partition, sent in order, acknowledged by all replicas, never twice
* ``reading``   one partition from any offset, without a group
* ``kafkalog``  ``KafkaLog``
"""

from streams.log.kafka.kafkalog import KafkaLog

__all__ = ["KafkaLog"]
