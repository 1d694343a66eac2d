"""The replay of a log: read, judge, store."""

from streams.replay.settings import Report, ReplaySettings, RunSummary


def replay(settings: ReplaySettings, report: Report | None = None) -> RunSummary:
    """Replay a log and return what came of it.

    Raises CatalogErrors (the catalogue), UnknownProfile, Unusable (paths, mapping), NotReadable (``strict``),
    StoreError (the store cannot be used). Nothing counts as the current run of the store until all of it is there.
    """
    raise NotImplementedError
