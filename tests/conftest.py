"""What holds for every test: properties have no time limit, since a busy machine is not a wrong answer."""

from hypothesis import settings

from tests.kafka.fixtures import _mortal, ground, kafka_broker, mortal_broker

settings.register_profile("house", deadline=None)
settings.load_profile("house")

__all__ = ["_mortal", "ground", "kafka_broker", "mortal_broker"]
