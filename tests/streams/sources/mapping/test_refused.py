"""Mappings that cannot be used: all that is wrong is told at once, with file, line and field."""

from pathlib import Path

import pytest

from streams.sources import open_source
from streams.sources.errors import Problem, Unusable

GOOD = """zone: Asia/Shanghai
case: {column: no}
events:
  - type: fee.paid
    at: {column: on}
    fields:
      amount: {column: money}
"""


def problems(folder: Path, text: str, name: str = "log.csv") -> list[Problem]:
    """Return what is wrong with a mapping; the file it is for is there and empty."""
    (folder / "m.yaml").write_text(text, encoding="utf-8")
    (folder / name).touch()
    with pytest.raises(Unusable) as caught:
        open_source([str(folder / name)], folder / "m.yaml", latest=None)
    return caught.value.problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_everything_wrong_with_the_shape_is_told(tmp_path: Path) -> None:
    text = """zone: Asia/Shanghai
colour: red
events:
  - type: fee.paid
    at: {}
    fields:
      amount: {column: money, round: 9}
      method: {column: a, value: b}
      payer: {column: a, unknown: b}
"""

    found = {(one.line, one.field) for one in problems(tmp_path, text)}

    assert {
        (1, "case"),
        (2, "colour"),
        (5, "events[0].at"),
        (7, "events[0].fields.amount.round"),
        (8, "events[0].fields.method"),
        (9, "events[0].fields.payer"),
    } == found


def test_everything_that_makes_no_sense_is_told(tmp_path: Path) -> None:
    text = """zone: Beijing
times: {formats: [iso, "%Q"]}
case: {column: no}
keep: row.a ==
maps: {m: {"1": NOTHING}}
given:
  case: {x: given.y}
events:
  - type: fee.payed
    at: {column: on}
  - type: case.closed
    at: {column: on, formats: [yyyy]}
    when: size(rows) > nowhere(row.a)
    fields:
      result: {column: r, map: m}
      amount: {column: money}
      source_result: {column: a, map: missing}
      certificate_no: {column: a, round: 2}
      occurred_at: {column: on}
  - type: case.closed
    at: {column: on}
    fields:
      fee_total: {value: much}
"""

    found = [(one.line, one.field) for one in problems(tmp_path, text)]

    assert [
        (1, "zone"),
        (2, "times.formats[1]"),
        (4, "keep"),
        (7, "given.case.x"),
        (9, "events[0].type"),
        (12, "events[1].at.formats[0]"),
        (13, "events[1].when"),
        (13, "events[1].when"),
        (15, "events[1].fields.result"),
        (16, "events[1].fields.amount"),
        (17, "events[1].fields.source_result.map"),
        (18, "events[1].fields.certificate_no.round"),
        (19, "events[1].fields.occurred_at"),
        (20, "events[2]"),
        (23, "events[2].fields.fee_total"),
    ] == found


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        (changed("{column: no}", "{cel: case.id}"), "case", "row only"),
        (changed("{column: no}", "{column: no, cel: row.no}"), "case", "exactly one"),
        (changed("{column: money}", "{table: {a: {column: b}}}"), "events[0].fields.amount", "decimal number"),
        (changed("{column: money}", "{cel: 'rwo.money'}"), "events[0].fields.amount.cel", "no variable 'rwo'"),
        (changed("amount: {column: money}", "method: {value: gold}"), "events[0].fields.method", "gold"),
        (changed("amount: {column: money}", "defects: {column: money}"), "events[0].fields.defects", "no field"),
        (GOOD + "numbers: {decimal: ',', thousands: ','}\n", "numbers", "cannot be the same"),
        (GOOD + "csv: {header: false}\n", "csv", "columns are named"),
        (GOOD + "encoding: utf-16\n", "encoding", "told apart"),
        (GOOD + "format: excel\n", "format", "guangdong"),
        (GOOD + "envelope: {amount: {column: money}}\n", "envelope.amount", "no field"),
        (GOOD + "keep: size(case.records) > 1\n", "keep", "row only"),
        (GOOD + "given: {case: {x: '1'}, record: {x: '2'}}\n", "given.record.x", "given.case and given.record"),
        ("format: guangdong\ndata_source: gz\n", "sources", "required"),
        ("format: national\nsources: {}\n", "sources", "at least 1"),
        ("format: national\nzone: Beijing\nsources: {'1': {}}\n", "zone", "Beijing"),
        ("format: national\nsources: {'1': {results: {'1': FINE}}}\n", "sources.1.results.1", "FINE"),
        ("format: national\nsources: {'1': {}}\n", "table", "log.csv"),
    ],
)
def test_a_mistake_is_told_at_its_field(tmp_path: Path, text: str, field: str, says: str) -> None:
    found = problems(tmp_path, text)

    assert [field] == [one.field for one in found]
    assert says in found[0].reason


def test_a_file_of_unknown_format_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD, "log.dat")

    assert ["format"] == [one.field for one in found]
    assert "log.dat" in found[0].reason


def test_files_that_are_not_there_are_told_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        open_source(["no-a.jsonl", str(tmp_path), "no-b.jsonl"], None, latest=None)

    assert ["no-a.jsonl", str(tmp_path), "no-b.jsonl"] == [one.file for one in caught.value.problems]


def test_a_mapping_that_rests_on_another_tells_the_file_of_each_problem(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(GOOD.replace("money}", "money, round: 9}"), encoding="utf-8")

    found = problems(
        tmp_path, "extends: base.yaml\nevents:\n  - type: nothing\n    at: {column: on}\n    colour: red\n"
    )

    assert {("base.yaml", 7, "events[0].fields.amount.round"), ("m.yaml", 5, "events[1].colour")} == {
        (Path(one.file).name, one.line, one.field) for one in found
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("extends: none.yaml\n", "cannot be read"),
        ("extends: m.yaml\n", "does not end"),
        ("extends: base.yaml\nwithout: [fee.refunded]\n", "no event named fee.refunded"),
        ("extends: base.yaml\nwithout: fee.paid\n", "takes a list"),
        ("extends: base.yaml\nwithout: [fee.paid]\n", "at least 1"),
    ],
)
def test_a_mapping_that_does_not_fit_what_it_rests_on_is_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "base.yaml").write_text(GOOD, encoding="utf-8")

    (found,) = problems(tmp_path, text)

    assert says in found.reason
