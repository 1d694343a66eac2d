"""Files of the tree that a `jiancha` command prints: written by `make generate`, held fresh by `make check`.

To register one, add its path and the command's arguments to `GENERATED`.
"""

import difflib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

GENERATED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rules/README.md", ("rules", "--markdown")),
    ("docs/schema/events.schema.json", ("schema",)),
    ("docs/data-dictionary.md", ("dictionary",)),
)


def printed(arguments: Sequence[str]) -> str:
    """What `jiancha ARGUMENTS` prints; CalledProcessError if it fails, its own message is then on the terminal."""
    command = Path(sys.executable).with_name("jiancha")
    done = subprocess.run([command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8")


def difference(path: Path, wanted: str) -> str:
    """What would change in the file, as a unified diff; empty if it is fresh. A missing file counts as empty."""
    present = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = difflib.unified_diff(
        present.splitlines(keepends=True), wanted.splitlines(keepends=True), "in the tree", "generated"
    )
    return "".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Write the files, or with `--check` only compare: 1 and the differences if one is stale."""
    stale = 0
    for name, command in GENERATED:
        path, wanted = ROOT / name, printed(command)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
        elif changes := difference(path, wanted):
            stale += 1
            print(f"{name}: 已过期 stale, run make generate\n{changes}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
