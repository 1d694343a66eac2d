"""YAML to values that know where they stand."""

from pathlib import Path

import pytest

from streams.sources.errors import Unusable
from streams.sources.mapping.load import load


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "m.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_scalars_are_what_they_look_like_only_when_plainly_so(tmp_path: Path) -> None:
    text = "a: 1\nb: 1.5\nc: 007\nd: NO\ne: 2026-01-05\nf: true\ng: ~\nh: '1'\ni: 1e3\nj: 1_000\nk: 2.50\nl: .nan\n"

    values = load(written(tmp_path, text)).values

    expected = [1, 1.5, "007", "NO", "2026-01-05", True, None, "1", "1e3", "1_000", "2.50", ".nan"]
    assert expected == list(values.values())


def test_keys_are_text(tmp_path: Path) -> None:
    assert {"1", "no", "2026-01-05"} == set(load(written(tmp_path, "1: a\nno: b\n2026-01-05: c\n")).values)


def test_a_problem_is_told_with_the_line_of_its_value_or_of_what_holds_it(tmp_path: Path) -> None:
    document = load(written(tmp_path, "a:\n  b:\n    - c: 1\n    - d: 2\n"))

    assert 4 == document.problem(("a", "b", 1, "d"), "").line
    assert 4 == document.problem(("a", "b", 1, "missing"), "").line
    assert "a.b[1].d" == document.problem(("a", "b", 1, "d"), "").field


def test_all_doubled_keys_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        load(written(tmp_path, "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n"))

    assert [("a", 2), ("b.c", 5)] == [(problem.field, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n- b\n",
        "a: [1\n",
        "a: !!python/object/apply:os.system [x]\nb: {\n",
        "? [a, b]\n: c\n",
        b"a: \xff\n",
        "a: &x [*x]\n",
        "\x00",
        "a: {" * 3000,
    ],
)
def test_what_is_no_mapping_of_keys_is_refused(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(Unusable) as caught:
        load(written(tmp_path, text))

    assert str(tmp_path) in str(caught.value)


def test_references_that_multiply_are_refused(tmp_path: Path) -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True):
        text += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"

    with pytest.raises(Unusable, match="more than"):
        load(written(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        load(tmp_path / "none.yaml")
