from pathlib import Path

import pytest

from rules.catalog.lint import checked, examined, lint
from rules.catalog.loading import CatalogErrors, Severity
from tests.rules.catalog.known import PARAMS, STANDS
from tests.rules.catalog.writing import loaded, written

BAD = "fees:\n  - {code: F1, name: 费一, basis: 示1号, parent: F9}\n"
ODD = "sources:\n  - {id: S1, name: 一, basis: 示1号, results: {'1': DENIED}}\n"


def test_a_catalogue_fit_for_use_is_handed_over(tmp_path: Path) -> None:
    assert "test" == checked(written(tmp_path, sources=ODD), STANDS).head.name


def test_an_error_of_sense_stops_it_and_warnings_are_not_listed(tmp_path: Path) -> None:
    with pytest.raises(CatalogErrors) as raised:
        checked(written(tmp_path, fees=BAD, sources=ODD), STANDS)

    assert [Severity.ERROR] == [found.severity for found in raised.value.problems]


def test_an_error_of_reading_stops_it(tmp_path: Path) -> None:
    with pytest.raises(CatalogErrors, match="缺少必填项"):
        checked(written(tmp_path, fees="fees: [{code: F1}]\n"), STANDS)


def test_what_cannot_be_read_is_examined_without_an_exception(tmp_path: Path) -> None:
    documents, problems = examined(written(tmp_path, fees="fees: [\n"), STANDS)

    assert documents is None
    assert 1 == len(problems)


def test_problems_come_by_file_and_line(tmp_path: Path) -> None:
    _, problems = examined(written(tmp_path, fees=BAD, sources=ODD), STANDS)

    placed = [(found.file, found.line) for found in problems]
    assert sorted(placed) == placed


def test_parameters_that_belong_to_no_rule_may_be_handed_in(tmp_path: Path) -> None:
    documents = loaded(tmp_path)

    assert {Severity.ERROR} == {found.severity for found in lint(documents, ()) if "没有规则" in found.message}
    assert [] == [found for found in lint(documents, (), PARAMS) if found.severity is Severity.ERROR]
