"""What may go wrong with a broker of our own.

BrokerUnavailable  the packages or jars cannot be had here: tests say so and go on without, but not under CI
BrokerFailed       it does not start or answer; the message ends with the last lines of its log
"""


class BrokerUnavailable(Exception):
    """Kafka cannot be had on this machine."""


class BrokerFailed(Exception):
    """Kafka does not start."""
