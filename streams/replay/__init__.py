"""Replay (回放): a log is read, judged, and what was said goes into the store.

* ``settings``   what to replay, how far it is, what came of it
* ``masking``    identity and phone numbers in free text are masked before anything is judged or stored
* ``shards``     which shard a record belongs to, told from its bytes
* ``inputs``     files named, digested; standard input as a file
* ``feed``       a source as records in their order
* ``shard``      one shard: read, sort, judge, spool
* ``workers``    shards in processes of their own, or in this one
* ``second``     the second tier, fed from what the shards said
* ``states``     what is known of a case at the end
* ``cardfile``   cards as JSON lines
* ``pipeline``   ``replay``: all of it
"""

from streams.replay.pipeline import replay
from streams.replay.settings import Progress, ReplaySettings, RunSummary

__all__ = ["Progress", "ReplaySettings", "RunSummary", "replay"]
