"""Everything a provisioned Grafana reads, by path below ``docker/grafana/``.

``provisioning/`` is Grafana's own folder of that name, ``dashboards/`` is where its provider looks. What differs from
place to place comes from the environment and from secret files of the container, never from here.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dashboards.grafana.alerting import contact_file, policy_file, rules_file
from dashboards.grafana.board import Place, dashboard
from dashboards.grafana.wire import PLUGIN
from dashboards.screens import SCREENS

FOLDER_UID, FOLDER_TITLE = "jiancha", "监察"
_MOUNTED = "/var/lib/grafana/dashboards"
_HEAD = "# 由 make dashboards 生成，请勿手改；改 dashboards/ 里的定义。\n"


def files(place: Place) -> Mapping[str, str]:
    """Return all files, path and text."""
    written = {
        "provisioning/datasources/jiancha.yaml": yaml_text(_datasources(place)),
        "provisioning/dashboards/jiancha.yaml": yaml_text(_provider()),
        "provisioning/alerting/rules.yaml": yaml_text(rules_file(place.source_uid)),
        "provisioning/alerting/contact-points.yaml": yaml_text(contact_file()),
        "provisioning/alerting/policies.yaml": yaml_text(policy_file()),
    }
    boards = {f"dashboards/{one.key}.json": json_text(dashboard(one, place).json_value()) for one in SCREENS}
    return written | boards


def write_files(directory: Path, wanted: Mapping[str, str]) -> int:
    """Write files below a directory and return how many; files of the same kinds that are not wanted are removed."""
    for old in present(directory):
        if old not in wanted:
            (directory / old).unlink()
    for name, text in wanted.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(wanted)


def present(directory: Path) -> tuple[str, ...]:
    """Return the files below a directory that are of the kinds written here."""
    found = (*directory.glob("provisioning/*/*.yaml"), *directory.glob("dashboards/*.json"))
    return tuple(sorted(path.relative_to(directory).as_posix() for path in found))


def json_text(value: Any) -> str:
    """Return JSON as it is committed: indented, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def yaml_text(value: Any) -> str:
    """Return YAML as it is committed, below a line that says where it comes from."""
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    return _HEAD + text


def _datasources(place: Place) -> dict[str, Any]:
    source = {
        "name": place.source_name,
        "uid": place.source_uid,
        "type": PLUGIN,
        "access": "proxy",
        "isDefault": True,
        "editable": False,
        "jsonData": {
            "host": "$JIANCHA_CLICKHOUSE_HOST",
            "port": "$JIANCHA_CLICKHOUSE_PORT",
            "protocol": "$JIANCHA_CLICKHOUSE_PROTOCOL",
            "username": "$JIANCHA_CLICKHOUSE_USER",
            "defaultDatabase": "jiancha",
            "dialTimeout": "10",
            "queryTimeout": "30",
        },
        "secureJsonData": {"password": "$__file{/run/secrets/clickhouse_reader_password}"},
    }
    return {"apiVersion": 1, "prune": False, "datasources": [source]}


def _provider() -> dict[str, Any]:
    provider = {
        "name": "jiancha",
        "orgId": 1,
        "folder": FOLDER_TITLE,
        "folderUid": FOLDER_UID,
        "type": "file",
        "disableDeletion": False,
        "allowUiUpdates": False,
        "updateIntervalSeconds": 30,
        "options": {"path": _MOUNTED, "foldersFromFilesStructure": False},
    }
    return {"apiVersion": 1, "providers": [provider]}
