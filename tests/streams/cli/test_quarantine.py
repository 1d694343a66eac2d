"""The quarantine topic of a log, from the command line. The quarantine of a store is in ``test_store``."""

import json
from pathlib import Path

import pytest

from tests.streams.cli.running import Ran, ran
from tests.streams.cli.town import good_case, write_log, write_town

SPOILT = "no json 13812345678"


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> "Ask":
    write_town(tmp_path / "lizi")
    log = write_log(tmp_path / "log.jsonl", good_case(), SPOILT, '{"event_id": 7}')
    asked = Ask(tmp_path, capsys)
    fed = asked("feed", str(log), "--catalog", str(tmp_path / "lizi"))
    assert (0, "") == (fed.code, fed.err)
    assert "读入 9 ＝ 送入 7 ＋ 隔离 2 ＋ 过滤 0" in fed.out
    return asked


class Ask:
    """Asks the log of a room."""

    def __init__(self, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.room = room
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        return ran(self.capsys, *arguments, "--broker", f"local://{self.room / 'log'}")

    def ids(self, *arguments: str) -> list[str]:
        return [one["id"] for one in json.loads(self("quarantine", "list", "--json", *arguments).out)]


def test_what_could_not_be_read_is_listed_with_its_reason(ask: Ask) -> None:
    page = ask("quarantine", "list")

    assert 0 == page.code
    assert "不是 JSON 对象" in page.out
    assert "event_type" in page.out
    assert "共 2 条" in page.out
    assert 1 == len(ask.ids("--reason", "JSON")) == len(ask.ids("--limit", "1"))


def test_one_is_shown_with_its_bytes_masked(ask: Ask) -> None:
    (name,) = ask.ids("--reason", "JSON")

    page = ask("quarantine", "show", name)

    assert "no json 138****5678" in page.out
    assert "log.jsonl:8" in page.out
    assert "未重送" in page.out


def test_a_mended_record_goes_back_once(ask: Ask) -> None:
    (name,) = ask.ids("--reason", "JSON")
    mended = ask.room / "mended.json"
    mended.write_text(json.dumps(good_case("C-NEW")[0]), encoding="utf-8")

    first = ask("quarantine", "redrive", name, "--with", str(mended))
    second = ask("quarantine", "redrive", "--reason", "JSON")

    assert (0, 0) == (first.code, second.code)
    assert f"已重送 {name}（已更正）" in first.out
    assert "重送 0 条，先前送过 1 条" in second.out
    shown = json.loads(ask("quarantine", "show", name, "--json").out)
    assert isinstance(shown["redriven_at"], int)


def test_several_are_mended_by_a_line_each(ask: Ask) -> None:
    ids = ask.ids()
    mended = ask.room / "mended.jsonl"
    lines = [{"id": one, "record": good_case(f"C-{at}")[0]} for at, one in enumerate(ids)]
    mended.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")

    done = ask("quarantine", "redrive", *ids, "--with", str(mended))

    assert 2 == done.out.count("（已更正）")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "--reason"),
        (("nobody",), "隔离主题没有 nobody"),
    ],
)
def test_what_cannot_be_chosen_is_refused(ask: Ask, arguments: tuple[str, ...], word: str) -> None:
    refused = ask("quarantine", "redrive", *arguments)

    assert (2, True) == (refused.code, word in refused.err)


@pytest.mark.parametrize(
    ("text", "word"), [("nonsense", "mended:1"), ('{"id": "x", "record": {}}', "id：x"), ('{"id": 1}', "mended:1")]
)
def test_a_file_of_corrections_that_is_none_is_refused_with_its_line(ask: Ask, text: str, word: str) -> None:
    mended = ask.room / "mended"
    mended.write_text(text, encoding="utf-8")

    refused = ask("quarantine", "redrive", *ask.ids(), "--with", str(mended))

    assert 2 == refused.code
    assert word in refused.err


def test_a_log_that_is_not_there_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = ran(capsys, "quarantine", "list", "--broker", f"local://{tmp_path / 'none'}")

    assert 2 == refused.code
    assert str(tmp_path / "none") in refused.err
