"""The packages have plain names in the root: that they are ours, and what is shipped, is tested, not hoped for."""

import importlib
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = CONFIG["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
ROOMS = [name for name in ("rules", "streams", "sinks", "dashboards") if (ROOT / name).is_dir()]
DATA = (".css", ".js", ".sql", ".svg", ".yaml", "py.typed")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of all files in the wheel, built as an installer would, without a network."""
    builder = WheelBuilder(str(ROOT))

    (wheel,) = builder.build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])

    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_every_room_is_declared_a_package() -> None:
    assert sorted(ROOMS) == sorted(PACKAGES)


@pytest.mark.parametrize("name", [*ROOMS, "tests", "tools"])
def test_a_package_name_resolves_inside_the_repository(name: str) -> None:
    module = importlib.import_module(name)

    assert module.__file__ == str(ROOT / name / "__init__.py")


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_every_folder_with_python_is_a_real_package(room: str) -> None:
    """Else `tests/rules` hides `rules`, and mypy sees one module under two names."""
    folders = {path.parent for path in (ROOT / room).rglob("*.py")}

    assert [] == sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists())


def test_docker_holds_no_python() -> None:
    """A folder `docker` with Python in it would hide the library of that name."""
    assert [] == list((ROOT / "docker").rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_holds(room: str) -> None:
    module = importlib.import_module(room)

    assert module.__doc__


@pytest.mark.parametrize("room", ROOMS)
def test_the_wheel_ships_code_law_and_schema(room: str, shipped: frozenset[str]) -> None:
    wanted = {
        str(path.relative_to(ROOT))
        for path in (ROOT / room).rglob("*")
        if path.name.endswith((".py", *DATA)) and "__pycache__" not in path.parts
    }

    assert f"{room}/py.typed" in wanted
    assert wanted <= shipped


def test_the_wheel_ships_nothing_else(shipped: frozenset[str]) -> None:
    tops = {name.split("/")[0] for name in shipped}

    assert {*PACKAGES, f"jiancha-{CONFIG['project']['version']}.dist-info"} == tops
