from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.settings import load_settings

FOLDER = Path(__file__).parents[2] / "docker"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    return found


def _services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = compose["services"]
    return services


def test_kafka_clickhouse_grafana_two_workers_and_a_sink_are_there(compose: dict[str, Any]) -> None:
    assert {"kafka", "clickhouse", "grafana", "worker-1", "worker-2", "sink"} <= _services(compose).keys()


def test_every_image_is_pinned_to_a_version(compose: dict[str, Any]) -> None:
    images = {name: service["image"] for name, service in _services(compose).items()}

    assert [] == [name for name, image in images.items() if not any(c.isdigit() for c in image.partition(":")[2])]


def test_every_service_has_limits(compose: dict[str, Any]) -> None:
    for name, service in _services(compose).items():
        limits = service["deploy"]["resources"]["limits"]
        assert {"cpus", "memory"} == limits.keys(), name


def test_every_lasting_service_tells_its_health(compose: dict[str, Any]) -> None:
    lasting = {name: one for name, one in _services(compose).items() if one.get("restart") == "unless-stopped"}

    assert len(lasting) >= 6
    assert [] == [name for name, service in lasting.items() if "healthcheck" not in service]


def test_nothing_runs_as_root(compose: dict[str, Any]) -> None:
    ours = [name for name, service in _services(compose).items() if service["image"].startswith("jiancha:")]
    users = {name: str(service.get("user", "")) for name, service in _services(compose).items() if name not in ours}

    assert "USER jiancha" in (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    assert [] == [name for name, user in users.items() if user in {"", "0", "root", "0:0"}]


def test_no_secret_is_written_in_a_file_that_is_kept(compose: dict[str, Any]) -> None:
    files = {name: one["file"] for name, one in compose["secrets"].items()}

    assert {f"./secrets/{name}" for name in files} == set(files.values())
    assert "/docker/secrets/" in (FOLDER.parent / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_every_volume_that_is_used_is_declared(compose: dict[str, Any]) -> None:
    used = {
        volume.partition(":")[0]
        for service in _services(compose).values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }

    assert used == compose["volumes"].keys()


def test_every_file_that_is_mounted_is_there(compose: dict[str, Any]) -> None:
    mounted = [
        volume.partition(":")[0]
        for service in _services(compose).values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    ]

    assert mounted
    assert [] == [path for path in mounted if not (FOLDER / path).exists()]


def test_the_settings_of_the_containers_hold() -> None:
    settings = load_settings({}, FOLDER / "jiancha.yaml").settings

    assert settings.broker.servers == ("kafka:9092",)
    assert settings.store.server.host == "clickhouse"
    assert not settings.http.is_loopback
