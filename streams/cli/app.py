"""The root command: which commands there are, and how a run ends.

Exit codes: 0 done; 1 the command found a difference or a failure; 2 it was asked in a way that cannot be done;
130 interrupted.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from streams.cli.chinese import Group, refusal
from streams.cli.trouble import Trouble

COMMANDS: Mapping[str, str] = {
    "demo": "streams.cli.demo.command:demo",
    "run": "streams.cli.worker:run",
    "board": "streams.cli.board:board",
    "worker": "streams.cli.worker:worker",
    "replay": "streams.cli.replay:replay",
    "cards": "streams.cli.cards:cards",
    "case": "streams.cli.case:case",
    "explain": "streams.cli.explain:explain",
    "verify": "streams.cli.verify:verify",
    "quarantine": "streams.cli.quarantine:quarantine",
    "due": "streams.cli.due:due",
    "catalog": "streams.cli.catalog:catalog",
    "rules": "streams.cli.rules:rules",
    "schema": "streams.cli.schema:schema",
    "dictionary": "streams.cli.dictionary:dictionary",
    "export": "streams.cli.export:export",
    "simulate": "streams.cli.simulate:simulate",
    "compare": "streams.cli.compare:compare",
    "answers": "streams.cli.answers:answers",
    "dashboards": "streams.cli.dashboards:dashboards",
    "config": "streams.cli.config:config",
    "topics": "streams.cli.topics:topics",
    "feed": "streams.cli.feed:feed",
    "reconcile": "streams.cli.reconcile:reconcile",
    "store": "streams.cli.store:store",
}
"""Name and place of every command; a place is imported when its command is asked for."""

INTERRUPTED = 130


class Root(Group):
    """The root command, which imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as inherited
        """Return the names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as inherited
        """Return a command by its name, None where there is none."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


ROOT = Root(
    "jiancha",
    help="""监察：盯住正在办理的行政审批办件，出示预警、黄牌、红牌，并逐行说明理由。

用 jiancha 命令 --help 查看各命令的说明。
退出码：0 完成；1 有差异或未通过；2 用法或输入有误。""",
)


click.version_option(package_name="jiancha", message="jiancha %(version)s", help="显示版本")(ROOT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; what people did wrong is said in one place, without traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        outcome = ROOT.main(given, prog_name="jiancha", standalone_mode=False)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx is not None else "jiancha"
        return _said(f"{refusal(error)}\n用法见：{where} --help")
    except Trouble as trouble:
        return _said(trouble.message)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        return INTERRUPTED
    return outcome if isinstance(outcome, int) else 0


def _said(message: str) -> int:
    click.echo(f"错误：{message}", err=True)
    return Trouble.exit_code
