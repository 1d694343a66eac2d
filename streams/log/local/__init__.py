"""A durable log in one SQLite file, for a machine with nothing but Python packages.

One process writes, and holds a lock; others may read. Appends of one moment share a transaction, which is synced
before any of them is acknowledged. A compacted topic keeps the last record of each key, at once.

* ``schema``   the tables, and how the file is opened
* ``topic``    a topic and what its configuration means here
* ``file``     the file: appending, reading, offsets of groups; blocking
* ``held``     the one open file of a folder in this process, however many share it
* ``locallog`` ``LocalLog``: the log on an event loop
"""

from streams.log.local.locallog import LocalLog
from streams.log.local.topic import Topic

__all__ = ["LocalLog", "Topic"]
