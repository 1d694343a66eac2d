"""The quarantine topic (隔离主题): records that could not be read, as the feed and the workers put them aside.

* ``record``   a record put aside, as a record of the log and back
* ``shelf``    what lies there: listed, found, each once however often a worker has put it aside
* ``redrive``  chosen ones published again, mended where need be, never twice unless asked
"""

from streams.quarantine.record import PutAside, aside_of, record_of_bad
from streams.quarantine.redrive import Redriven, redrive
from streams.quarantine.shelf import Shelf, shelf_of

__all__ = ["PutAside", "Redriven", "Shelf", "aside_of", "record_of_bad", "redrive", "shelf_of"]
