"""The process apps live in: Faust's worker, which minds signals and ends with what an app crashed with."""

from typing import Any

import faust

from streams.transport.app import LogApp


def worker_of(app: LogApp, *others: Any, loglevel: str = "WARNING", **settings: Any) -> faust.Worker:
    """Return a worker for one app or more, and whatever other services; ``execute_from_commandline()`` runs it.

    It ends with status 0 after SIGTERM or SIGINT, else with the exception. It writes to the log of the process only.
    """
    worker = faust.Worker(app, *others, loglevel=loglevel, quiet=True, redirect_stdouts=False, **settings)
    worker.spinner = None  # it would write to standard output even where that is no terminal
    return worker
