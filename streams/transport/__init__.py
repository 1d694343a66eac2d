"""Faust on our logs: both transports hand an agent *batches* of one partition, and commit only what is done.

Start here: ``app_on(broker, id=...)`` is a Faust app whose agents do ``async for batch in stream`` and get a
``streams.log.Batch``. A batch is acknowledged when the loop comes back for the next one; an exception out of the loop
stops the worker with that exception, and the batch is delivered again to whoever comes next.

* ``app``       ``app_on``, ``LogApp``: its hooks ``on_assigned`` and ``on_revoked``, ``positions()``, registration
* ``worker``    ``worker_of(app, …)``: Faust's worker, for one app or several in one process
* ``options``   how much a batch holds, how long a stop may take
* ``lane``      the way of one partition while it is ours: fetched, in flight, processed, committed
* ``consumer``  what both transports share: fetching, delivering, acknowledging, committing, changing hands
* ``kafka``     the consumer on Apache Kafka: a member of a consumer group
* ``local``     the consumer on the local log: one process, every partition
* ``stream``    the iteration of an agent; ``agent`` what its failure means
* ``producer``, ``tables``  refuse: records are appended through ``streams.log``, which says when they are durable

Faust does the app, the agents, life and death of services, timers and the worker. Its tables, its producer and its
own accounting of acknowledgements are not used: see the tests of this folder for what is wrong with each.
"""

from streams.transport.app import LogApp, app_on, register
from streams.transport.lane import Position
from streams.transport.options import Options
from streams.transport.worker import worker_of

__all__ = ["LogApp", "Options", "Position", "app_on", "register", "worker_of"]
