"""The feed (送入): a source is published to the log, keyed by case, in the order in which it was reported.

* ``options``    what to feed and how fast; what came of it
* ``reading``    a source as letters: what goes into the log, under which key
* ``sorting``    letters by the time of their report, on disk where they are many
* ``pace``       when a letter may go
* ``publishing`` letters into the partitions of the events topic, with ticks in a rehearsal
* ``feeding``    ``feed``: all of it
"""

from streams.feed.feeding import feed
from streams.feed.options import Fed, FeedOptions, FeedProgress

__all__ = ["Fed", "FeedOptions", "FeedProgress", "feed"]
