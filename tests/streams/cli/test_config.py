import json
from pathlib import Path

import pytest

from tests.streams.cli.running import ran

SAID_TO_NOBODY = "geheim-12"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the person who runs the tests has set is not theirs to judge."""
    for name in ("JIANCHA_CONFIG", "JIANCHA_STORE", "JIANCHA_BROKER"):
        monkeypatch.delenv(name, raising=False)


def test_the_page_is_a_settings_file_that_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "jiancha.yaml"
    written.write_text(
        "broker: {url: 'kafka://a:1', protocol: SASL_SSL, username: '007'}\n"
        "clock: {kind: scaled, epoch_real: 2026-07-01T08:00:00+08:00, epoch_sim: 2026-01-05T00:00:00Z, factor: 8640}\n"
        "worker: {quarantine_ratio: 0.25}\nstore: {url: 'clickhouse://c', alt_hosts: [d, 'e:1']}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("JIANCHA_BROKER__PASSWORD", SAID_TO_NOBODY)

    page = ran(capsys, "config", "--config", written)
    again = tmp_path / "again.yaml"
    again.write_text(page.out, encoding="utf-8")

    assert (0, "") == (page.code, page.err)
    assert SAID_TO_NOBODY not in page.out
    assert "# 日志：kafka://" in page.out
    assert values(ran(capsys, "config", "--config", written, "--json").out) == values(
        ran(capsys, "config", "--config", again, "--json").out
    )


def test_json_tells_where_each_value_comes_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "jiancha.yaml"
    written.write_text("catalog: lizi\n", encoding="utf-8")
    monkeypatch.setenv("JIANCHA_PROFILE", "strict")

    told = json.loads(ran(capsys, "config", "--config", written, "--broker", "local://x", "--json").out)

    where = {one["field"]: one["where"] for one in told}
    assert (f"{written}:1", "环境变量 JIANCHA_PROFILE", "命令行", "默认") == (
        where["catalog"],
        where["profile"],
        where["broker.url"],
        where["store.url"],
    )


def test_wrong_settings_end_with_all_their_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "jiancha.yaml"
    written.write_text("broker: {url: 'x'}\nworkers: 2\n", encoding="utf-8")

    refused = ran(capsys, "config", "--config", written)

    assert (2, "") == (refused.code, refused.out)
    assert 3 == len(refused.err.splitlines())
    assert f"{written}:2：workers：没有这个键" in refused.err


def values(told: str) -> dict[str, object]:
    return {one["field"]: one["value"] for one in json.loads(told)}
