"""A real Apache Kafka for tests: ``kafka_broker`` is one node for a whole session, ``tools.broker`` makes others.

* ``fixtures``  the fixture, which ``tests/conftest.py`` hands to every test
* ``topics``    topics made and named for one test
* ``grounds``   a folder or a Kafka, for contracts that hold on both: the fixture ``ground``
"""
