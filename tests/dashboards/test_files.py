"""The files a provisioned Grafana reads."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboards.alarms import ALARMS
from dashboards.grafana.board import Place
from dashboards.grafana.files import FOLDER_TITLE, files, present, write_files
from dashboards.screens import SCREENS, screen_of
from tests.dashboards.expand import Chosen, served
from tests.sinks.clickhouse.city import City

TREE = Path(__file__).resolve().parents[2] / "docker" / "grafana"
WRITTEN = files(Place())


def document(path: str) -> Any:
    return yaml.safe_load(WRITTEN[path])


def test_the_tree_holds_what_is_generated() -> None:
    assert sorted(WRITTEN) == list(present(TREE))
    assert {path: (TREE / path).read_text(encoding="utf-8") for path in WRITTEN} == dict(WRITTEN)


def test_a_file_no_longer_wanted_is_removed_and_others_are_left(tmp_path: Path) -> None:
    write_files(tmp_path, {"dashboards/old.json": "{}\n", "dashboards/kept.json": "{}\n"})
    (tmp_path / "grafana.ini").write_text("[server]\n", encoding="utf-8")

    assert 1 == write_files(tmp_path, {"dashboards/kept.json": "[]\n"})
    assert ["dashboards/kept.json", "grafana.ini"] == sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )


def test_no_secret_and_no_address_is_written_down() -> None:
    text = "".join(text for path, text in WRITTEN.items() if path.startswith("provisioning/"))

    assert "$__file{/run/secrets/" in text
    assert not re.search(r"https?://|glsa_|password: [^$\n]", text)


def test_the_data_source_is_the_one_dashboards_and_alerts_name() -> None:
    (source,) = document("provisioning/datasources/jiancha.yaml")["datasources"]
    groups = document("provisioning/alerting/rules.yaml")["groups"]

    asked = {rule["data"][0]["datasourceUid"] for group in groups for rule in group["rules"]}
    assert {source["uid"]} == asked == {Place().source_uid}
    assert ("proxy", False) == (source["access"], source["editable"])


def test_dashboards_are_provided_unchangeable_from_their_folder() -> None:
    (provider,) = document("provisioning/dashboards/jiancha.yaml")["providers"]

    assert not provider["allowUiUpdates"]
    assert FOLDER_TITLE == provider["folder"]
    assert len(SCREENS) == len([path for path in WRITTEN if path.startswith("dashboards/")])


class TestAlerts:
    RULES = document("provisioning/alerting/rules.yaml")["groups"][0]["rules"]

    def test_ids_are_their_own_and_short_enough(self) -> None:
        uids = [rule["uid"] for rule in self.RULES]

        assert len(uids) == len(set(uids)) == len(ALARMS)
        assert all(len(uid) <= 40 for uid in uids)

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["uid"]))
    def test_each_says_what_no_data_means_and_where_to_look(self, rule: dict[str, Any]) -> None:
        said = rule["annotations"]
        screen = screen_of(said["__dashboardUid__"].removeprefix("jiancha-"))

        assert (rule["noDataState"], rule["execErrState"]) == ("NoData", "Error")
        assert 1 <= int(said["__panelId__"]) <= len(screen.panels)
        assert rule["condition"] in {part["refId"] for part in rule["data"]}
        assert {"red", "yellow"} >= {rule["labels"]["severity"]}

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["uid"]))
    def test_a_dollar_is_doubled_or_names_the_environment(self, rule: dict[str, Any]) -> None:
        """Grafana puts the environment into these files: a single dollar would vanish."""
        texts = [*rule["annotations"].values(), rule["title"], rule["data"][0]["model"]["rawSql"]]

        assert all("$" not in text.replace("$$", "") for text in texts)

    def test_everything_goes_to_the_one_contact_point(self) -> None:
        (point,) = document("provisioning/alerting/contact-points.yaml")["contactPoints"]
        (policy,) = document("provisioning/alerting/policies.yaml")["policies"]

        assert point["name"] == policy["receiver"]
        assert all(point["name"] == route["receiver"] for route in policy["routes"])


@pytest.mark.slow
@pytest.mark.parametrize("alarm", ALARMS, ids=lambda alarm: str(alarm.id))
def test_an_alarm_asks_one_number_without_the_browser(alarm: Any, city: City) -> None:
    sql = alarm.query.sql
    assert sql == served(sql, Chosen({}, 0, 0))

    types = city.ask(f"DESCRIBE ({sql})")
    rows = city.ask(sql)

    assert ["value"] == [row["name"] for row in types]
    assert re.match(r"(Nullable\()?(U?Int|Float)", types[0]["type"])
    assert 1 == len(rows)
    assert isinstance(rows[0]["value"], int | float)
