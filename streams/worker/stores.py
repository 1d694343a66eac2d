"""The store the settings name, opened: a folder is brought up to date, a server must be (``jiancha store migrate``)."""

from pathlib import Path

from sinks.clickhouse.address import Address
from sinks.clickhouse.store import Store, open_store
from streams.settings import Settings
from streams.settings.secret import secret


def store_of(settings: Settings) -> Store:
    """Return the store; StoreError says why it cannot be used."""
    return open_store(place_of(settings), create=True)


def place_of(settings: Settings) -> Path | Address:
    """Return where the store is, as the store understands it."""
    store = settings.store
    if store.is_folder:
        return store.folder
    server = store.server
    return Address(
        host=server.host,
        port=server.port,
        user=server.user,
        password=secret(store.password, store.password_file, "store.password") or "",
        database=server.database,
        secure=store.secure,
        ca_file=store.ca_file,
        others=store.alt_hosts,
        cluster=store.cluster,
    )
