"""Sources: adapters that turn records into events.

* ``reading``    one door: ``open_source(paths, mapping, latest=...)``
* ``errors``     what goes wrong, and who is told
* ``item``       what comes out: ``Good``, ``Bad``, ``Filtered``, each with its ``Where``
* ``lines``      files as bytes and lines: gzip, standard input, lines too long, files cut off
* ``jsonl``      canonical JSON lines
* ``mapping/``   any CSV, XES or JSON lines through a mapping file; ``docs/mapping.md`` is its reference
* ``csvlog``, ``xes``, ``jsonlog``   the three formats as records
* ``stamps``     foreign stamps to instants and dates
* ``guangdong/`` the ten messages of Guangdong-type exchanges
* ``national/``  the tables of the national exchange
* ``derive``     the decision, where a source has no event for it
"""

from streams.sources.item import Bad, Filtered, Good, Item, Where
from streams.sources.reading import open_source

__all__ = ["Bad", "Filtered", "Good", "Item", "Where", "open_source"]
