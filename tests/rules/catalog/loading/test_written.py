import time
from decimal import Decimal
from typing import Any

import pytest

from rules.catalog.loading.written import read_written


def value_of(text: str) -> Any:
    written, problems = read_written(text, "x.yaml")
    assert () == problems
    assert written is not None
    return written.value


def problem_of(text: str) -> tuple[int, str, str]:
    _, (problem,) = read_written(text, "x.yaml")
    return problem.line, problem.field, problem.message


class TestScalars:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("01", "01"),
            ("0", 0),
            ("20", 20),
            ("-3", -3),
            ("120.00", Decimal("120.00")),
            ("2026.10", Decimal("2026.10")),
            ("2026-02-30", "2026-02-30"),
            ("14:00", "14:00"),
            ("off", "off"),
            ("true", True),
            ("False", False),
            ("null", None),
            ("~", None),
            ("'20'", "20"),
            ('"true"', "true"),
            ("!!str 20", "20"),
            ("1,200元", "1,200元"),
            ("1_000", "1_000"),
            ("0x1F", "0x1F"),
            ("9" * 60, "9" * 60),
        ],
    )
    def test_a_scalar_is_read_as_a_person_means_it(self, text: str, value: object) -> None:
        read = value_of(f"a: {text}")["a"]

        assert (type(value), value) == (type(read), read)

    def test_a_decimal_keeps_the_digits_that_were_written(self) -> None:
        assert "0.10" == str(value_of("a: 0.10")["a"])

    def test_a_key_is_always_text(self) -> None:
        assert {"0": 1, "off": 2} == value_of("0: 1\noff: 2")


class TestPlaces:
    def test_every_part_knows_its_line(self) -> None:
        written, _ = read_written("a:\n  - b: 1\n    c:\n      d: 2\n", "x.yaml")
        assert written is not None

        assert [1, 2, 2, 3, 4] == [
            written.place.line_of(path) for path in [("a",), ("a", 0), ("a", 0, "b"), ("a", 0, "c"), ("a", 0, "c", "d")]
        ]

    def test_a_part_that_is_missing_has_the_line_of_what_should_hold_it(self) -> None:
        written, _ = read_written("a:\n  - b: 1\n", "x.yaml")
        assert written is not None

        assert 2 == written.place.line_of(("a", 0, "missing", "deeper"))


class TestAnchors:
    def test_an_alias_stands_for_what_its_anchor_marks(self) -> None:
        assert {"a": [1, 2], "b": [1, 2]} == value_of("a: &x [1, 2]\nb: *x\n")

    def test_an_alias_within_its_own_anchor_is_refused(self) -> None:
        line, _, message = problem_of("a:\n  - &x [*x]\n")

        assert (2, True) == (line, "别名 *x" in message)

    def test_aliases_that_multiply_are_cut_off(self) -> None:
        layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
        began = time.process_time()

        _, problems = read_written("\n".join(layers), "x.yaml")

        assert "内容超过" in problems[0].message
        assert time.process_time() - began < 1

    def test_a_merge_key_is_refused(self) -> None:
        assert (2, "b.<<", "不支持合并键 <<，请写全") == problem_of("a: &x {c: 1}\nb: {<<: *x}\n")


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("a: 1\nb: c: d\n", 2, "冒号没有加引号"),
            ("a: [1,\n", 2, "括号没有收尾"),
            ("a: {b: 1\n", 2, "花括号"),
            ("a: [1 2: 3 4: 5]\n", 1, "方括号"),
            ("a: 'x\n", 2, "引号没有收尾"),
            ("a: 1\n\tb: 2\n", 2, "制表符"),
            ("a: 1\nb: @x\n", 2, "不能以此字符开头"),
            ("a: 1\nb: \x01\n", 2, "控制字符"),
            ('a: "\\q"\n', 1, "反斜杠"),
            ("a: 1\n---\nb: 2\n", 2, "只能有一份文档"),
            ("? [a]\n: b\n", 1, "键须是一个词"),
            ("a: !!binary aGk=\n", 1, "不支持标签"),
            ("a: !!python/object/apply:os.system [ls]\n", 1, "不支持标签"),
        ],
    )
    def test_what_cannot_be_read_names_its_line(self, text: str, line: int, words: str) -> None:
        found, _, message = problem_of(text)

        assert (line, True) == (found, words in message)

    def test_a_repeated_key_names_both_lines(self) -> None:
        assert (3, "a.b", "键「b」重复，第 2 行已写过") == problem_of("a:\n  b: 1\n  b: 2\n")

    @pytest.mark.parametrize("depth", [60, 100_000])
    def test_deep_nesting_ends_in_a_message(self, depth: int) -> None:
        assert "嵌套超过 40 层" == problem_of("[" * depth + "]" * depth)[2]

    def test_what_was_found_before_the_text_broke_off_is_kept(self) -> None:
        _, problems = read_written("a: {b: 1, b: 2}\n? [c]\n: d\n", "x.yaml")

        assert [(1, "a.b"), (2, "")] == [(found.line, found.field) for found in problems]

    def test_an_empty_text_is_a_document_without_value(self) -> None:
        assert value_of("# 只有注释\n") is None
