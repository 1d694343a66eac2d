"""The live edge (在线监察): the same core, judging while the cases run. Nothing here knows Faust.

Judging, without I/O or clock:

* ``wire``       transitions, ticks and words of one tier to the next, as records of the log and back
* ``said``       what came of a batch: what is to be appended, and what is to be remembered
* ``state``      what is remembered of a case or a partition, as records of the state topic and back
* ``reading``    a record of the events topic, read and stamped by the log
* ``liveengine`` the engine: it tells what it touched, packs dockets and gives them up
* ``cold``       dockets kept as bytes until a record or a timer asks for them
* ``partition``  one partition of one tier: batches in, what they came to out
* ``cases``      how records of the events topic are read
* ``agencies``   how records of the second topic are read, and in which order

On the log:

* ``outlet``     where what came of a batch goes
* ``desk``       one partition with its state: judged, made durable, taken up again
* ``guard``      a worker that puts most of what it reads aside stops
* ``ticker``     ticks where a review is due and nothing arrives

Into the store:

* ``rows``       records of the log as rows
* ``storing``    what each topic puts into the store
* ``collector``  batches of several partitions, gathered for a moment
"""
