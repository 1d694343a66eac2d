"""Verification (核对): every stored card is computed again from the stored records, and must come out the same.

Compared are the records with their digests, the digest of their set, the counts, and every card, transition and case
state of the current run. Whoever changes a record, leaves one out or adds one changes the digest of the set; who
changes a card is contradicted by the records.

* ``differences``  what differs, on one line each
* ``replayed``     the run of a replay, computed again
* ``live``         a live run, computed again: each partition of the log in its order
* ``verifying``    ``verify``: the current run of a store
"""

from streams.verify.differences import Difference, Fault, Verification
from streams.verify.verifying import verify

__all__ = ["Difference", "Fault", "Verification", "verify"]
