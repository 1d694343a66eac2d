"""What may go wrong with the store.

StoreError           the caller shows the message and stops
├─ StoreMissing      no store in that directory
├─ StoreLocked       another process holds the directory; one process owns it at a time
├─ MigrationEdited   a migration that was applied reads differently now
├─ StoreTooNew       the directory was written by a later version of the program
├─ StoreTooOld       a server's schema is behind the program; ``jiancha store migrate`` brings it up to date
├─ StoreFailed       the database refused a statement; the message is the database's own
└─ StoreAway         the database cannot take it now: unreachable, overloaded, full; the same again later may do
"""

import re

_CODE = re.compile(r"Code: (\d+)\.")
_AWAY = frozenset(
    {
        75,  # cannot write to file: a full disk, for the embedded engine
        159,  # timeout exceeded
        198,  # host name not resolved
        202,  # too many simultaneous queries
        203,  # no free connection
        209,  # socket timeout
        210,  # network error
        225,  # no keeper
        236,  # aborted: shutting down
        241,  # memory limit
        242,  # table is read only: a replica without its keeper
        243,  # not enough space
        252,  # too many parts: inserts outrun the merges
        279,  # all connection tries failed
        285,  # too few live replicas
        286,  # quorum not reached
        319,  # outcome of the insert is unknown: the token makes sending it again harmless
        394,  # query was cancelled: shutting down
        425,  # system error
        439,  # no thread could be started
        999,  # keeper failed
    }
)
"""Codes of the database that speak of its condition and not of the statement."""


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


class StoreTooOld(StoreError):
    """The schema of a server lacks migrations that this program has."""


class StoreFailed(StoreError):
    """The database refused a statement. ``code`` is the database's number of the error, None where it gave none."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class StoreAway(StoreError):
    """The database cannot take a statement now; the caller tries again, the same statement under the same token."""


def refused(message: str, code: int | None = None) -> StoreFailed | StoreAway:
    """Return the error for what the database said; its code is read from the message where none is given."""
    said = message.partition("Stack trace")[0].strip()
    if (found := _CODE.search(said)) is not None:
        said = said[found.start() :]
        code = int(found[1]) if code is None else code
    return StoreAway(said) if code in _AWAY else StoreFailed(said, code)
