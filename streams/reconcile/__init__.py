"""Reconciliation (对账) of a live edge: nothing lost, nothing said twice, shown by counting.

* ``events``   what became of the records of each partition, as its worker remembers it
* ``said``     transitions in the cards topic, by the hour in which they were known
* ``stored``   the same as the store has it
* ``account``  all beside each other: ``reconciled``
"""

from streams.reconcile.account import Account, HourOfCards, PartitionAccount, reconciled
from streams.reconcile.stored import Stored, stored_in

__all__ = ["Account", "HourOfCards", "PartitionAccount", "Stored", "reconciled", "stored_in"]
