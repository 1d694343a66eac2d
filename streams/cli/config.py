"""``jiancha config``: the settings that hold, and where each comes from."""

import json
from typing import TYPE_CHECKING

import click

from streams.cli.chinese import Command
from streams.cli.settled import broker_option, config_option, settled

if TYPE_CHECKING:
    from streams.settings.effective import Effective


@click.command(
    cls=Command,
    help="""显示生效的设置：每项的值、含义和出处（默认、设置文件的行、环境变量）。

输出本身就是一个设置文件；密码、令牌只显示为圆点。
环境变量名是 JIANCHA_ 加大写的路径，各级以两个下划线隔开，如 JIANCHA_BROKER__URL。
盖过的次序：命令行、环境变量、设置文件、默认。""",
)
@config_option
@broker_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def config(config: str | None, broker: str | None, as_json: bool) -> None:
    """Show the settings that hold."""
    from streams.settings.effective import effective

    rows = tuple(effective(settled(config, {"broker.url": broker})))
    click.echo(json.dumps([_data(one) for one in rows], ensure_ascii=False, indent=2) if as_json else _page(rows))


def _data(one: "Effective") -> dict[str, object]:
    return {"field": ".".join(one.field), "value": one.value, "where": one.where, "variable": one.variable}


def _page(rows: "tuple[Effective, ...]") -> str:
    """Return the settings as YAML, what each means and where it comes from in a comment above it."""
    lines: list[str] = []
    section = ""
    for one in rows:
        *above, name = one.field
        if above and above[0] != section:
            lines.append(f"\n{above[0]}:")
        section = above[0] if above else ""
        indent = "  " * len(above)
        hidden = one.value is not None and one.meaning and _is_secret(name)
        # A secret cannot be copied from here: written as a comment, the page stays a file of settings.
        value = f"# {name}: {one.value}" if hidden else f"{name}: {_scalar(one.value)}"
        lines += [f"{indent}# {one.meaning}（{one.where}）", f"{indent}{value}"]
    return "\n".join(lines).strip()


def _is_secret(name: str) -> bool:
    return name in {"password", "token"}


def _scalar(value: object) -> str:
    import yaml

    if value is None:
        return "null"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return yaml.safe_dump(value, allow_unicode=True, width=10_000).removesuffix("\n").removesuffix("\n...")
