"""The live edge (在线监察): the same core, judging while the cases run.

* ``wire``      transitions, ticks and words of one tier to the next, as records of the log and back
* ``said``      what came of a batch: what is to be appended, and what is to be remembered
* ``state``     what is remembered of a case or a partition, as records of the state topic and back
* ``cold``      dockets kept as bytes until a record or a timer asks for them
* ``partition`` one partition of one tier: batches in, what they came to out. No I/O, no clock
* ``cases``     how records of the events topic are read
* ``agencies``  how records of the second topic are read
"""
