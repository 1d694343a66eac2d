import subprocess
import sys
from importlib.metadata import version

import click
import pytest
from rich.cells import cell_len

from streams.cli.app import COMMANDS, ROOT
from tests.streams.cli.running import ran

HEAVY = {"chdb", "pyarrow", "rich", "pydantic", "yaml"}
WIDEST = 110


def every_command() -> list[tuple[str, ...]]:
    context = click.Context(ROOT, info_name="jiancha")
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        command = ROOT.get_command(context, name)
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, below) for below in command.commands]
    return found


def test_without_arguments_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys)

    assert 0 == done.code
    assert all(name in done.out for name in COMMANDS)


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_chinese_help_that_fits_a_terminal(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, *words, "--help")

    assert 0 == done.code
    assert done.out.startswith(f"用法：jiancha {' '.join(words)}")
    assert [] == [line for line in done.out.splitlines() if cell_len(line) > WIDEST]
    assert not {"Usage", "Options", "Commands", "Show this"} & set(done.out.replace(":", " ").split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("shema",), "没有命令「shema」；是否想写 schema？"),
        (("schema", "extra"), "多余的参数：extra"),
        (("schema", "--josn"), "没有选项 --josn"),
        (("rules", "--jsno"), "是否想写 --json？"),
        (("due", "item"), "缺少参数 起算日"),
        (("due", "item", "2026-02-30"), "「2026-02-30」不是日期或时刻"),
        (("due", "item", "2026-03-02", "--kind", "often"), "--kind：「often」不在可选之列"),
        (("compare", "nowhere.jsonl", "key.csv"), "没有文件 nowhere.jsonl"),
        (("replay",), "缺少参数 来源"),
        (("replay", "nowhere.jsonl"), "没有文件 nowhere.jsonl"),
        (("cards", "--limit", "few"), "--limit：「few」不是整数"),
        (("cards", "--store"), "选项 --store 的用法不对"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_chinese_line_with_exit_code_two(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, *arguments)

    assert (2, "") == (done.code, done.out)
    assert said in done.err.splitlines()[0]


def test_the_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    assert f"jiancha {version('jiancha')}\n" == ran(capsys, "--version").out


def test_a_group_without_a_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "catalog")

    assert 0 == done.code
    assert "check" in done.out


def test_listing_the_commands_imports_nothing_heavy() -> None:
    code = f"from streams.cli import main; import sys; main(['--help']); print(*({HEAVY!r} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")

    assert "" == done.stdout.splitlines()[-1]


def test_the_console_script_is_this_one() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from streams.cli import main; raise SystemExit(main(['nix']))"], check=False
    )

    assert 2 == done.returncode
