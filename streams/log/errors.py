"""What may go wrong with a log.

LogError           the caller shows the message and stops
├─ LogMissing      there is no log in that folder
├─ LogLocked       another process writes to the log of that folder; readers open it read-only
├─ TopicMissing    the topic, or that partition of it, does not exist; topics are made beforehand
├─ TopicExists     the topic to be made is there already
└─ LogFailed       records may not be durable, or cannot be read: the caller ends and begins again at what it committed
"""


class LogError(Exception):
    """The log cannot be used as it is."""


class LogMissing(LogError):
    """There is no log in the folder."""


class LogLocked(LogError):
    """Another process writes to the log."""


class TopicMissing(LogError):
    """The log has no such topic or partition."""


class TopicExists(LogError):
    """The log has the topic already."""


class LogFailed(LogError):
    """The log refused, or did not answer."""
