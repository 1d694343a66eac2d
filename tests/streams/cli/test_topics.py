import json
from pathlib import Path

import pytest

from tests.streams.cli.running import ran


def test_a_log_gets_its_topics_and_is_then_as_planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broker = ("--broker", f"local://{tmp_path / 'log'}")

    planned = ran(capsys, "topics", "plan", *broker)
    before = ran(capsys, "topics", "check", *broker)
    made = ran(capsys, "topics", "apply", *broker)
    after = ran(capsys, "topics", "check", *broker)
    again = ran(capsys, "topics", "apply", *broker)

    assert [0, 1, 0, 0, 0] == [one.code for one in (planned, before, made, after, again)]
    assert planned.out == before.out
    assert 7 == before.out.count("缺\n")
    assert 7 == made.out.count("已建")
    assert 7 == after.out.count("有\n")
    assert "无须改动" in again.out


def test_what_does_not_fit_is_refused_with_the_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    four, eight = tmp_path / "four.yaml", tmp_path / "eight.yaml"
    for file, count in ((four, 4), (eight, 8)):
        file.write_text(f"broker: local://{tmp_path / 'log'}\ntopics: {{partitions: {count}}}\n", encoding="utf-8")
    ran(capsys, "topics", "apply", "--config", four)

    refused = ran(capsys, "topics", "apply", "--config", eight)
    checked = ran(capsys, "topics", "check", "--config", eight, "--json")

    assert (2, "") == (refused.code, refused.out)
    assert "jiancha.events：partitions 应是 8，现为 4" in refused.err
    assert 1 == checked.code
    unfit = json.loads(checked.out)["unfit"]
    assert {"topic": "jiancha.events", "field": "partitions", "wanted": "8", "found": "4"} in unfit


def test_json_tells_the_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(ran(capsys, "topics", "plan", "--broker", f"local://{tmp_path}", "--json").out)

    policies = {topic["name"]: topic["config"]["cleanup.policy"] for topic in told["topics"]}
    assert ("delete", "compact") == (policies["jiancha.events"], policies["jiancha.state-cases"])


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    refused = ran(capsys, "topics", "apply", "--broker", f"local://{tmp_path / 'file' / 'log'}")

    assert 2 == refused.code
    assert str(tmp_path / "file" / "log") in refused.err
