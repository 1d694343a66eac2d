"""What the live edge costs: processes as people run them, on a real Kafka on the same cores, and in one process.

* ``running``   a worker as a process: its figures, its CPU time, its memory
* ``setting``   a broker, its settings, a city fed into it
* ``through``   events through Kafka, all rules, state and cards, beside a stock Faust agent
* ``stock``     that agent: one table row an event
* ``latency``   from an event acknowledged to its card queryable
* ``restart``   a restart with very many open cases
* ``embedded``  ``jiancha run``: log, judgment and store in one process
"""
