"""Does `requirements.lock` fit what `pyproject.toml` declares? Answered without asking an index.

A newer release somewhere must not turn a clean tree red, so nothing is resolved again.
Instead every demand is followed, from the declarations through the metadata of the installed packages,
and each must meet a pin that satisfies it; a pin that no demand reaches is left over.
"""

import sys
import tomllib
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent


class Pin(NamedTuple):
    """One version the lock names, and on which machines."""

    version: Version
    marker: Marker | None

    @property
    def here(self) -> bool:
        """Whether this machine is one of them."""
        return self.marker is None or self.marker.evaluate()


class Lock(NamedTuple):
    """What a lock says, by normal package name, and what could not be read in it."""

    pins: dict[str, list[Pin]]
    wrong: list[str]


def read_lock(text: str) -> Lock:
    """The pins of a requirements file; a line that pins no single version, names an address or has no hash is wrong."""
    lock = Lock({}, [])
    for line in text.replace("\\\n", " ").splitlines():
        entry, *hashes = (part.strip() for part in line.split("#")[0].split("--hash="))
        if not entry:
            continue
        try:
            pinned = Requirement(entry)
            (version,) = (Version(part.version) for part in pinned.specifier if part.operator == "==")
        except ValueError:
            lock.wrong.append(f"不是版本锁定行 not a pin: {entry}")
            continue
        if pinned.url or not hashes:
            lock.wrong.append(f"缺少哈希 no hash: {entry}")
        lock.pins.setdefault(canonicalize_name(pinned.name), []).append(Pin(version, pinned.marker))
    return lock


def declared(pyproject: str) -> list[Requirement]:
    """Every requirement a `pyproject.toml` declares: to run, to work on it, and to build it."""
    table = tomllib.loads(pyproject)
    project = table["project"]
    extras: dict[str, list[str]] = project.get("optional-dependencies", {})
    texts = [*project["dependencies"], *table["build-system"]["requires"]]
    return [Requirement(text) for text in [*texts, *(text for extra in extras.values() for text in extra)]]


def demands_of(package: str) -> list[Requirement]:
    """What an installed package asks for; of one that is not installed here (another system's) nothing is known."""
    try:
        return [Requirement(text) for text in requires(package) or ()]
    except PackageNotFoundError:
        return []


def misfits(lock: Lock, declarations: Iterable[Requirement], ask: Callable[[str], list[Requirement]]) -> list[str]:
    """What does not fit, a line each: demands without a pin that satisfies them, and pins that nobody demands."""
    wrong = list(lock.wrong)
    waiting = [(demand, "pyproject.toml", "") for demand in declarations]
    followed: set[tuple[str, str]] = set()
    while waiting:
        demand, source, extra = waiting.pop()
        name = canonicalize_name(demand.name)
        if demand.marker is None or demand.marker.evaluate({"extra": extra}):
            here = [pin.version for pin in lock.pins.get(name, ()) if pin.here]
            if not any(demand.specifier.contains(version, prereleases=True) for version in here):
                locked = ", ".join(map(str, here)) or "nothing"
                wrong.append(f"锁定不符 {source} asks for {demand}, locked is {locked}")
        for asked in {(name, wanted) for wanted in ("", *demand.extras)} - followed:
            followed.add(asked)
            waiting += [(more, name, asked[1]) for more in ask(name) if _belongs(more, asked[1])]
    spare = lock.pins.keys() - {name for name, _ in followed}
    return wrong + [f"多余的锁定 pinned, but nothing asks for it: {name}" for name in sorted(spare)]


def _belongs(demand: Requirement, extra: str) -> bool:
    """Whether a package asks for this when it is itself asked for with `extra`, here or on another system."""
    marker = str(demand.marker or "")
    return f'extra == "{extra}"' in marker if extra else "extra ==" not in marker


def main() -> int:
    """Print what does not fit; 1 if anything does not."""
    lock = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    wrong = misfits(lock, declared((ROOT / "pyproject.toml").read_text(encoding="utf-8")), demands_of)
    for line in wrong:
        print(f"requirements.lock: {line}")
    if wrong:
        print("make lock 可重新生成 renews it")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
