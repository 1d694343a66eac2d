"""Replay (回放): a log is read, judged, and what was said goes into the store.

* ``settings``   what to replay, how far it is, what came of it
* ``pipeline``   ``replay``: all of it
* ``inputs``     files named, digested; standard input as a file
* ``shards``     which shard a record belongs to, told from its bytes
* ``feeds``      a source, as records handed to a shard
* ``placing``    the event of a record in its place; or why it has none
* ``masking``    identity and phone numbers are masked before anything is judged or stored
* ``shard``      one shard: records taken, sorted, judged
* ``states``     what is known of a case at the end
* ``work``       a shard from reading to judging, with what it spools
* ``workers``    shards in processes of their own, or in this one
* ``second``     the second tier, fed from what the shards said
* ``outcome``    what a run says in all: transitions of both tiers, cards
* ``accounts``   what became of each record, by what it was judged, what came of it
* ``loading``    pieces on their way into the store
* ``recording``  a run written into the store, its own row last
* ``cardfile``   cards as JSON lines
* ``meter``      how far it is
"""

from streams.replay.pipeline import replay
from streams.replay.settings import Progress, ReplaySettings, RunSummary

__all__ = ["Progress", "ReplaySettings", "RunSummary", "replay"]
