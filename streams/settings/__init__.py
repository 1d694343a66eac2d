"""Settings (设置): what an operator decides, from a file and the environment, checked before anything starts.

* ``section``    what every section is: frozen, unknown keys refused
* ``broker``     the log: Kafka with its security, or a folder
* ``topics``     names, partitions, copies
* ``store``      the store: a folder, or a ClickHouse server
* ``clock``      real, scaled or rehearsal
* ``worker``     batches, memory, when to stop
* ``http``       where the endpoints listen
* ``settings``   all sections together
* ``secret``     a secret written here, or in a file of its own
* ``load``       file, environment and command line laid over each other; every problem at once
* ``effective``  what holds and where it comes from, without secrets
* ``kafka``      what Kafka's clients are told; ``log_of`` opens the log the settings name
"""

from streams.settings.broker import Broker
from streams.settings.errors import SettingsErrors
from streams.settings.load import Loaded, load_settings
from streams.settings.settings import Role, Settings

__all__ = ["Broker", "Loaded", "Role", "Settings", "SettingsErrors", "load_settings"]
