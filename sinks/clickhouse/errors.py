"""What may go wrong with the store.

StoreError           the caller shows the message and stops
├─ StoreMissing      no store in that directory
├─ StoreLocked       another process holds the directory; one process owns it at a time
├─ MigrationEdited   a migration that was applied reads differently now
├─ StoreTooNew       the directory was written by a later version of the program
└─ StoreFailed       the database refused a statement; the message is the database's own
"""


class StoreError(Exception):
    """The store cannot be used as it is."""


class StoreMissing(StoreError):
    """There is no store in the directory."""


class StoreLocked(StoreError):
    """The directory belongs to another process, or this process has another store open."""


class MigrationEdited(StoreError):
    """A migration was edited after it had been applied."""


class StoreTooNew(StoreError):
    """The store knows migrations that this program does not."""


class StoreFailed(StoreError):
    """The database refused a statement."""
