"""The first thing anyone reads speaks of what is there: every command, every folder, files that exist."""

import re
from pathlib import Path

import pytest

from streams.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_named(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert [] == [name for name in COMMANDS if not re.search(rf"(jiancha|make) {name}\b", text)]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert links
    assert [] == [link for link in links if not (ROOT / link).exists()]


@pytest.mark.parametrize("page", PAGES)
def test_every_path_in_code_is_there(page: str) -> None:
    """Paths of recipes are read by people who follow them; one that is invented there says so by its name."""
    text = (ROOT / page).read_text(encoding="utf-8")

    paths = {path for path in re.findall(r"`([a-z_]+/[\w./]*)`", text) if "issue_overdue" not in path}
    assert paths
    assert [] == sorted(path for path in paths if not (ROOT / path).exists())


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_names_a_command_there_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    named = set(re.findall(r"`jiancha ([a-z]+)", text))
    assert [] == sorted(named - COMMANDS.keys() - {"answers"})
