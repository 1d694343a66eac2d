import json

from benchmarks.figures import Figure, as_json, as_table, least, most, shown

FIGURES = (
    Figure("Speed", "all rules", 91_234.5, "events/CPU-s", least(90_000), "of many"),
    Figure("Speed", "an event", 10.96, "us"),
    Figure("Size", "an open case", 1_400.0, "bytes", most(1024)),
)


class TestAims:
    def test_at_least_is_met_on_the_number_itself(self) -> None:
        assert least(5).met(5)
        assert not least(5).met(4.99)

    def test_at_most_is_met_on_the_number_itself(self) -> None:
        assert most(5).met(5)
        assert not most(5).met(5.01)

    def test_a_figure_without_an_aim_has_no_verdict(self) -> None:
        assert [figure.verdict for figure in FIGURES] == ["met", "", "MISSED"]


def test_numbers_are_shown_as_people_read_them() -> None:
    assert [shown(value) for value in (91_234.5, 10.96, 0.97643, 7.0, 1_000_000)] == [
        "91,234",
        "11.0",
        "0.976",
        "7",
        "1,000,000",
    ]


def test_the_table_stands_in_columns_under_the_title_of_each_part() -> None:
    table = as_table(FIGURES).splitlines()

    assert [line for line in table if not line.startswith(" ")] == ["Speed", "", "Size"]
    assert table[1].index("events/CPU-s") == table[2].index("us")
    assert table[-1].split() == ["an", "open", "case", "1,400", "bytes", "<=", "1,024", "MISSED"]


def test_json_says_whether_an_aim_was_met() -> None:
    rows = json.loads(as_json(FIGURES))

    assert rows[0]["met"] is True
    assert rows[0]["aim"] == ">= 90,000"
    assert "aim" not in rows[1]
    assert rows[2]["met"] is False
