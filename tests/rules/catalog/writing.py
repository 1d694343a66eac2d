"""Small catalogues written to a directory, so that a test shows the text a person would have written."""

from pathlib import Path
from textwrap import dedent

from rules.catalog.lint import lint
from rules.catalog.loading import CatalogErrors, Documents, Problem, Severity, load_documents
from tests.rules.catalog.known import STANDS

HEAD = """
name: test
title: 试验目录
edition: 1
"""

AGENCY = """
agencies:
  - {org_code: A1, name: 甲局, basis: 示编1号}
"""


def written(directory: Path, **files: str) -> Path:
    """The directory, holding a head, one agency and the given files (`fees="..."` becomes fees.yaml)."""
    texts = {"catalog": HEAD, "people": AGENCY} | files
    for name, text in texts.items():
        path = directory / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return directory


def loaded(directory: Path, **files: str) -> Documents:
    """The catalogue these files make."""
    return load_documents(written(directory, **files))


def refusals(directory: Path, **files: str) -> list[str]:
    """Why these files make no catalogue: `file:line field message`, the file within the directory."""
    written(directory, **files)
    try:
        load_documents(directory)
    except CatalogErrors as errors:
        return [shown(found, directory) for found in errors.problems]
    return []


def shown(found: Problem, directory: Path) -> str:
    """A problem as the tests compare it."""
    return f"{found.file.removeprefix(f'{directory}/')}:{found.line} {found.field} {found.message}"


def linted(directory: Path, *severities: Severity, **files: str) -> list[str]:
    """What the linter says of these files, errors and warnings unless severities are named."""
    wanted = severities or (Severity.ERROR, Severity.WARNING)
    problems = lint(loaded(directory, **files), STANDS)
    return [shown(found, directory) for found in problems if found.severity in wanted]
