"""Files of the tree that a `jiancha` command prints: written by `make generate`, held fresh by `make check`.

To register one, add its path and the command's arguments to `GENERATED`; a whole folder goes to `WRITTEN`.
"""

import difflib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent

GENERATED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rules/README.md", ("rules", "--markdown")),
    ("docs/schema/events.schema.json", ("schema",)),
    ("docs/data-dictionary.md", ("dictionary",)),
)


WRITTEN: tuple[tuple[str, tuple[str, ...]], ...] = (("docker/grafana", ("dashboards", "write")),)
"""Folders a command writes into: the folder is its last argument. What lies below the folders it makes is all its."""


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


def stale_files(name: str, command: Sequence[str]) -> list[tuple[str, str]]:
    """Return the files of a written folder that are not as they should be, and what would change in them."""
    with TemporaryDirectory() as directory:
        fresh = Path(directory)
        printed([*command, directory])
        tops = [top / made.name for made in fresh.iterdir() for top in (fresh, ROOT / name)]
        files = [path for top in tops for path in top.rglob("*") if path.is_file()]
        paths = {path.relative_to(fresh if path.is_relative_to(fresh) else ROOT / name) for path in files}
        texts = {path: (fresh / path).read_text("utf-8") if (fresh / path).exists() else "" for path in sorted(paths)}
    found = ((f"{name}/{path}", difference(ROOT / name / path, text)) for path, text in texts.items())
    return [(path, changes) for path, changes in found if changes]


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
    for name, command in WRITTEN:
        if "--check" not in arguments:
            printed([*command, str(ROOT / name)])
        for file, changes in stale_files(name, command):
            stale += 1
            print(f"{file}: 已过期 stale, run make dashboards\n{changes}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
