"""`rules/` is handed the instant and the law. The import contracts see modules; here every use is seen.

`rules.catalog` alone may open files. The clock, the environment, logs, chance and the terminal are shut to it too.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOM = Path(__file__).resolve().parent.parent.parent / "rules"
CATALOG = ROOM / "catalog"

SHUT_MODULES = frozenset(
    {
        *("asyncio", "concurrent", "ctypes", "getpass", "http", "logging", "locale", "multiprocessing", "platform"),
        *("random", "secrets", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "threading", "time"),
        *("urllib", "warnings"),
    }
)
FILE_MODULES = frozenset(
    {"fileinput", "glob", "gzip", "importlib", "io", "mmap", "os", "pathlib", "shutil", "tempfile"}
)
SHUT_CALLS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input", "print"})
FILE_CALLS = frozenset({"open"})
CLOCK_OWNERS = frozenset({"date", "datetime", "dt"})
CLOCK_NAMES = frozenset({"now", "today", "utcnow"})
SHUT_ATTRIBUTES = frozenset({"environ", "getenv", "perf_counter", "monotonic", "uuid1", "uuid4"})
FILE_ATTRIBUTES = frozenset({"read_bytes", "read_text", "unlink", "write_bytes", "write_text"})


def impurities(source: str, *, may_read_files: bool = False) -> list[str]:
    """Every use in the source of a clock, the environment, a log, chance, the terminal or (unless allowed) a file."""
    modules = SHUT_MODULES if may_read_files else SHUT_MODULES | FILE_MODULES
    calls = SHUT_CALLS if may_read_files else SHUT_CALLS | FILE_CALLS
    attributes = SHUT_ATTRIBUTES if may_read_files else SHUT_ATTRIBUTES | FILE_ATTRIBUTES

    def seen(node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names if alias.name.split(".")[0] in modules)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ([module] if module.split(".")[0] in modules else [])
                yield from (alias.name for alias in names if alias.name in attributes)
            case ast.Call(func=ast.Name(name)) if name in calls:
                yield f"{name}()"
            case ast.Attribute(value, name) if name in attributes or (
                name in CLOCK_NAMES and ast.unparse(value).split(".")[-1] in CLOCK_OWNERS
            ):
                yield ast.unparse(node)

    return [
        f"line {getattr(node, 'lineno', 0)}: {use}"
        for node in ast.walk(ast.parse(source))
        for use in sorted(seen(node))
    ]


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_the_core_asks_nobody_but_its_arguments(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert [] == impurities(source, may_read_files=CATALOG in path.parents)


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path",
        "from time import time",
        "import logging",
        "from pathlib import Path",
        "from uuid import uuid4",
        "datetime.now(tz=UTC)",
        "import datetime\ndatetime.datetime.utcnow()",
        "date.today()",
        "os.environ['ZONE']",
        "print('here')",
        "open('law.yaml')",
        "def f(path): return path.read_text()",
    ],
)
def test_an_impure_line_is_seen(source: str) -> None:
    assert impurities(source)


@pytest.mark.parametrize("source", ["import pathlib", "open('law.yaml')", "def f(path): return path.read_text()"])
def test_the_catalogue_may_read_files(source: str) -> None:
    assert [] == impurities(source, may_read_files=True)


@pytest.mark.parametrize("source", ["import time", "date.today()", "os.environ['ZONE']", "import logging"])
def test_the_catalogue_may_not_ask_the_clock_the_environment_or_the_log(source: str) -> None:
    assert impurities(source, may_read_files=True)


@pytest.mark.parametrize(
    "source", ["def judge(case, now): return case.due < now", "clock.now", "from datetime import date"]
)
def test_an_argument_called_now_is_pure(source: str) -> None:
    assert [] == impurities(source)
