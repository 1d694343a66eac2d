"""The long proof: workers, sink, broker and store are ended at random, and nothing is lost or said twice.

``python -m tools.soak`` (``make soak``) runs it and ends with a table; tests use its parts for short ones.

* ``processes``  one process of ``jiancha``, started, watched, killed
* ``clean``      what a run that nothing disturbs says of the same records
* ``tally``      what was said against that, in the topic and in the store
* ``kills``      kills at random, measured by what was done in between
* ``serving``    a ClickHouse server of our own as a process, which may go away and come back
* ``edge``       workers, sink, log and store together, and how far they are
* ``campaign``   an edge under load, whose parts are ended at random and brought back
* ``report``     the table at the end
"""
