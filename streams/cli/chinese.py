"""Commands that speak Chinese: help pages and refusals in our words instead of the library's.

Help texts are written with their line breaks; nothing here wraps them, since wrapping counts letters, not columns.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import click

HELP = "显示本说明"


class Command(click.Command):
    """A command with Chinese help."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; what is left over is refused in Chinese."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(f"多余的参数：{' '.join(rest)}", ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that says how the command is called."""
        formatter.write(f"用法：{ctx.command_path} {' '.join(self.collect_usage_pieces(ctx))}\n")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as inherited
        """Write what the command does, line by line as it was written."""
        if self.help:
            formatter.write("\n")
            formatter.write("".join(f"  {line}\n" if line else "\n" for line in self.help.strip().splitlines()))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, one a line."""
        records = (param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option))
        listed(formatter, "选项", [record for record in records if record is not None])


class Group(Command, click.Group):
    """A command with commands below it, in the order in which they were given."""

    command_class = Command

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("subcommand_metavar", "命令 [参数]…")
        super().__init__(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; with nothing on it, and nothing to do by itself, show help."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()
        return click.Group.parse_args(self, ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as inherited
        """Return the names of the commands in the order of their declaration."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command asked for; one that is not there is refused with what may have been meant."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            raise click.UsageError(f"没有命令「{name}」{meant(name, self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        below = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        listed(formatter, "命令", [(name, short(command)) for name, command in below if command is not None])


def listed(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write rows of two columns under a title."""
    if rows:
        width = max(len(first) for first, _ in rows)
        formatter.write(f"\n{title}：\n")
        formatter.write("".join(f"  {first.ljust(width)}  {second}\n" for first, second in rows))


def short(command: click.Command) -> str:
    """Return the first sentence of what a command does."""
    return re.split(r"[。\n]", (command.help or "").strip(), maxsplit=1)[0]


def meant(name: str, known: Iterable[str]) -> str:
    """Return what may have been meant by a name that is not known, as the end of a sentence."""
    close = get_close_matches(name, list(known))
    return f"；是否想写 {'、'.join(close)}？" if close else ""


def refusal(error: click.UsageError) -> str:
    """Return what was wrong with the command line, in Chinese."""
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{meant(error.option_name, _options(error.ctx))}"
        case click.MissingParameter():
            return f"缺少{_kind(error.param)} {_named(error)}"
        case click.BadParameter():
            return f"{_named(error)}：{error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的用法不对：须带值的要带值，开关不带值"
        case _:
            return error.message


def _options(ctx: click.Context | None) -> list[str]:
    return [] if ctx is None else [name for param in ctx.command.get_params(ctx) for name in param.opts]


def _kind(param: click.Parameter | None) -> str:
    return "选项" if isinstance(param, click.Option) else "参数"


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name
