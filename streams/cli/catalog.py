"""``jiancha catalog check``: everything wrong with a catalogue, all at once."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Group
from streams.cli.screen import console
from streams.cli.trouble import Trouble, differs

if TYPE_CHECKING:
    from rich.console import Console

    from rules.catalog.loading import Documents, Problem

STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


@click.group(cls=Group, help="检查监察目录。")
def catalog() -> None:
    """Group what concerns catalogues."""


@catalog.command(
    help="""检查一个监察目录：一次列出全部错误、警告和配置提示（CF_*）。

每行写明 文件:行: 级别 字段：内容。有错误时退出码为 1。""",
)
@click.argument("directory", metavar="目录")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def check(directory: str, as_json: bool) -> None:
    """Check a catalogue; exit code 1 where it has errors."""
    from rules.catalog.lint import examined
    from rules.catalog.loading import builtin_names
    from rules.registry import PARAMS, RULES

    if directory not in builtin_names() and not Path(directory).is_dir():
        raise Trouble(f"没有目录 {directory}，也不是自带的目录（{'、'.join(builtin_names())}）")
    documents, problems = examined(directory, RULES, PARAMS.values())
    found = Counter(problem.severity.value for problem in problems)
    if as_json:
        click.echo(json.dumps([_data(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        _print(console(), directory, documents, problems, found)
    if found["error"]:
        differs()


def _data(problem: "Problem") -> dict[str, Any]:
    return asdict(problem) | {"severity": problem.severity.value}


def _print(
    to: "Console",
    directory: str,
    documents: "Documents | None",
    problems: "tuple[Problem, ...]",
    found: Counter[str],
) -> None:
    for problem in problems:
        to.print(str(problem), style=STYLES[problem.severity.value])
        for line in problem.arithmetic:
            if line not in problem.message:
                to.print(f"    {line}")
        if problem.basis:
            to.print(f"    依据：{problem.basis}", style="dim")
    counts = f"{found['error']} 处错误，{found['warning']} 处警告，{found['notice']} 条提示"
    if documents is None:
        to.print(f"目录 {directory}：{counts}；读不出全部文件，未作进一步检查")
        return
    to.print(
        f"目录 {documents.head.title}（{directory}，{documents.head.edition} 版）：{counts}\n"
        f"{len(documents.agencies)} 个部门，{len(documents.matters)} 个事项，{len(documents.fees)} 个收费项目，"
        f"{len(documents.officers)} 名经办人，{len(documents.profiles)} 个阈值方案，{len(documents.sources)} 个数据来源"
    )
