"""The reference for authors shows files that load, and the linter has nothing against them."""

import re
from pathlib import Path

from rules.catalog.lint import lint
from rules.catalog.loading import Severity, load_documents
from rules.catalog.loading.kinds import SECTIONS
from tests.rules.catalog.known import STANDS

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "catalog.md"
BLOCK = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)


def test_the_examples_of_the_reference_make_a_catalogue_without_errors(tmp_path: Path) -> None:
    blocks = BLOCK.findall(REFERENCE.read_text(encoding="utf-8"))
    for name, text in blocks:
        (tmp_path / name).write_text(text, encoding="utf-8")

    documents = load_documents(tmp_path)

    assert [] == [str(found) for found in lint(documents, STANDS) if found.severity is not Severity.NOTICE]
    assert "lizi" == documents.head.name


def test_the_reference_shows_every_section_a_city_writes() -> None:
    text = REFERENCE.read_text(encoding="utf-8")

    shown = {line.removesuffix(":") for _, block in BLOCK.findall(text) for line in block.splitlines()}
    assert {kind.value for kind in SECTIONS} - shown == {"statutes", "calendars"}
