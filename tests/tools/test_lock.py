from packaging.requirements import Requirement

from tools.lock import declared, misfits, read_lock

HASH = "--hash=sha256:00"
ASKS = {
    "web": ["sockets>=2", "brotli>=1; extra == 'fast'", "winsock>=1; sys_platform == 'nowhere'"],
    "sockets": [],
    "brotli": [],
}


def ask(package: str) -> list[Requirement]:
    return [Requirement(text) for text in ASKS.get(package, [])]


def judged(lock: str, *declarations: str) -> list[str]:
    return misfits(read_lock(lock), [Requirement(text) for text in declarations], ask)


def pinned(*entries: str) -> str:
    return "".join(f"{entry} \\\n    {HASH}\n    # via someone\n" for entry in entries)


def test_a_lock_that_satisfies_every_demand_fits() -> None:
    assert [] == judged(pinned("web==3.1", "sockets==2.0"), "Web>=3")


def test_a_declared_package_without_a_pin_is_told() -> None:
    (line,) = judged(pinned("web==3.1", "sockets==2.0"), "web", "rich>=1")

    assert "pyproject.toml asks for rich>=1, locked is nothing" in line


def test_a_pin_below_the_declaration_is_told() -> None:
    (line,) = judged(pinned("web==3.1", "sockets==2.0"), "web>=4")

    assert "asks for web>=4, locked is 3.1" in line


def test_a_pin_below_what_another_package_needs_is_told() -> None:
    (line,) = judged(pinned("web==3.1", "sockets==1.9"), "web")

    assert "web asks for sockets>=2, locked is 1.9" in line


def test_a_pin_nobody_asks_for_is_told() -> None:
    (line,) = judged(pinned("web==3.1", "sockets==2.0", "brotli==1.0"), "web")

    assert line.endswith("brotli")


def test_an_extra_brings_its_own_demands() -> None:
    assert [] == judged(pinned("web==3.1", "sockets==2.0", "brotli==1.0"), "web[fast]")
    (line,) = judged(pinned("web==3.1", "sockets==2.0"), "web[fast]")
    assert "brotli" in line


def test_a_pin_for_another_system_is_no_surplus() -> None:
    assert [] == judged(pinned("web==3.1", "sockets==2.0", "winsock==1.0 ; sys_platform == 'nowhere'"), "web")


def test_of_two_pins_the_one_for_this_machine_counts() -> None:
    both = ("sockets==1.0 ; python_full_version < '3.0'", "sockets==2.0 ; python_full_version >= '3.0'")

    assert [] == judged(pinned("web==3.1", *both), "web")


def test_a_pin_without_a_hash_is_told() -> None:
    (line,) = judged("sockets==2.0\n", "sockets")

    assert "no hash" in line


def test_an_address_instead_of_a_pin_is_told() -> None:
    (line,) = judged(f"{pinned('sockets==2.0')}--index-url https://example.invalid/simple\n", "sockets")

    assert "not a pin" in line


def test_declarations_of_running_working_and_building_all_count() -> None:
    text = """
    build-system.requires = ["builder>=1"]
    project.dependencies = ["runner>=1"]
    project.optional-dependencies.dev = ["tester>=1"]
    """

    assert ["runner", "builder", "tester"] == [requirement.name for requirement in declared(text)]
