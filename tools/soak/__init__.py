"""The long proof: workers, sink, broker and store are ended at random, and nothing is lost or said twice.

``python -m tools.soak`` (``make soak``) runs it and ends with a table; tests use its parts for short ones.

* ``processes``  one process of ``jiancha``, started, watched, killed
* ``clean``      what a run that nothing disturbs says of the same records
* ``tally``      what was said against that, in the topic and in the store
* ``campaign``   what is ended when, and brought back
"""
