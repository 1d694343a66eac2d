"""The store the settings name, opened and brought up to date."""

from sinks.clickhouse.store import Store, open_store
from streams.settings import Settings


def store_of(settings: Settings) -> Store:
    """Return the store; StoreError says why it cannot be used."""
    return open_store(settings.store.folder, create=True)
