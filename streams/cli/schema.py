"""``jiancha schema``: the JSON Schema of events."""

import json

import click

from streams.cli.chinese import Command


@click.command(cls=Command, help="打印事件的 JSON Schema（由事件定义生成）。")
def schema() -> None:
    """Print the JSON Schema of one canonical record."""
    from rules.events.schema import events_schema

    click.echo(json.dumps(events_schema(), ensure_ascii=False, indent=2))
