"""The worker (工作进程): one process of the live edge, whole, with the roles its settings name.

* ``supervise``  reads events, judges, says: desks of the partitions it owns, and the ticker
* ``sink``       reads what the log says and writes it into the store
* ``liverun``    the run of a live deployment, as the store records it
* ``stall``      a worker whose commits stop moving ends itself
* ``figures``    what it measures, for Prometheus
* ``http``       /health/live, /health/ready, /metrics
* ``service``    the composition root: from settings to a running process and its orderly end
"""
