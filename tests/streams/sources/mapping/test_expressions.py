"""What expressions see and what they answer."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from streams.sources.errors import Unread
from streams.sources.mapping.expressions import Expression, Mentions, Scope
from streams.sources.stamps import Stamps

ROW = {"a": "x", "n": "5", "when": "5-3-2014", "tags": ["p", "q"], "#": 2}
RECORDS = [{"a": "x", "n": "5", "#": 1}, {"a": "y", "n": "7", "#": 2}, {"a": "x", "#": 3}]


def scope() -> Scope:
    found = Scope(Stamps(ZoneInfo("Europe/Amsterdam"), ["iso", "%d-%m-%Y"]))
    found.enter_case("C", RECORDS)
    found.enter_record(ROW)
    return found


def value(source: str) -> Any:
    standing = scope()
    expression = Expression(source, standing)
    assert [] == expression.complaints(())
    standing.expect(expression.mentions)
    return expression.value()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("row.a", "x"),
        ("row['a'] + row[\"n\"]", "x5"),
        ("row.gone", None),
        ("row.gone == null && row.a != null", True),
        ("row['#']", 2),
        ("row['a' + '']", "x"),
        ("row.tags", ["p", "q"]),
        ("{'k': row.a}", {"k": "x"}),
        ("case.id", "C"),
        ("size(case.records)", 3),
        ("case.records[1].a", "y"),
        ("case.records.filter(r, r.a == 'x').map(r, r['#'])", [1, 3]),
        ("case.records.exists(r, r.n == '7')", True),
        ("case.records.all(r, r.n != null)", False),
        ("first(case.records.filter(r, r.a == 'z').map(r, r.n))", None),
        ("last(case.records.map(r, r.a))", "x"),
        ("date(row.when)", "2014-03-05"),
        ("date('2014-03-05T23:30:00Z')", "2014-03-06"),
        ("date('05.03.14', '%d.%m.%y')", "2014-03-05"),
        ("stamp(row.when)", "2014-03-05T00:00:00+01:00"),
        ("addDays('2014-02-28', 1)", "2014-03-01"),
        ("addDays(date(row.when), -5)", "2014-02-28"),
        ("daysBetween('2014-03-05', '2014-03-01')", -4),
        ("daysBetween('2014-03-05', null)", None),
        ("earliest(['2014-03-05T00:30:00+01:00', null, '2014-03-04T23:00:00Z'])", "2014-03-04T23:00:00Z"),
        ("latest(['2014-03-05', '2014-03-04T23:30:00Z'])", "2014-03-04T23:30:00Z"),
        ("earliest([])", None),
        ("wholeNumber('about 42 days, or 50')", 42),
        ("wholeNumber('none')", None),
        ("number('1.50') + 1.0", 2.5),
        ("max([3, null, 1])", 3),
        ("min(3, 1)", 1),
        ("max([])", None),
        ("sum([1, null, 2])", 3),
        ("find('T02 Check', '^(T[0-9]+) ')", "T02"),
        ("find('Check', '^(T[0-9]+) ')", None),
        ("find('a-b', '[a-z]$')", "b"),
        ("lower('AB') + upper('cd') + trim(' x ')", "abCDx"),
        ("'a,b'.split(',')", ["a", "b"]),
        ("'a-b'.replace('-', '/')", "a/b"),
        ("coalesce(row.gone, null, row.a, 'y')", "x"),
        ("coalesce(row.gone, null)", None),
        ("date(row.gone)", None),
        ("lower(row.gone)", None),
        ("addDays(row.gone, 3)", None),
        ("wholeNumber(row.gone)", None),
        ("'a' in ['a', 'b'] ? 'yes' : 'no'", "yes"),
        ("timestamp('2014-03-05T00:00:00Z')", "2014-03-05T00:00:00+00:00"),
        ("true || row.n > 3", True),
    ],
)
def test_an_expression_answers(source: str, expected: Any) -> None:
    assert expected == value(source)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("date(row.a)", "时间读不出：'x'"),
        ("coalesce(date(row.a), '2014-01-01')", "时间读不出"),
        ("number('1,200元')", "不是数"),
        ("row.gone + 'x'", ""),
        ("row.n > 3", ""),
        ("int(row.a)", ""),
        ("1 / 0", ""),
        ("case.records[9].a", ""),
        ("find(row.a, '(')", ""),
        ("duration('1h')", "timedelta"),
        ("split(row.n, 5)", ""),
    ],
)
def test_an_expression_that_cannot_answer_says_why_and_which_it_is(source: str, says: str) -> None:
    with pytest.raises(Unread) as caught:
        value(source)

    assert says in caught.value.reason
    assert source[:20] in caught.value.reason


def test_a_condition_must_be_true_or_false() -> None:
    with pytest.raises(Unread, match="应为真或假"):
        Expression("'x'", scope()).holds()


def test_what_failed_before_is_not_held_against_the_next() -> None:
    standing = scope()
    broken, sound = Expression("date('x')", standing), Expression("1 + 1", standing)

    with pytest.raises(Unread):
        broken.value()

    assert 2 == sound.value()


@pytest.mark.parametrize(
    ("source", "columns", "whole", "case", "given"),
    [
        ("row.a == 'b'", {"a"}, False, False, set()),
        ("row['x y'] in ['p', 'q']", {"x y"}, False, False, set()),
        ("row[row.a]", {"a"}, True, False, set()),
        ("case.records.exists(r, r.kind == row.kind)", {"kind"}, False, True, set()),
        ("given.sent + given['x']", {"x"}, False, False, {"sent"}),
        ("row.case", {"case"}, False, False, set()),
        ("row.a // row.b", {"a"}, False, False, set()),
        ("[1, 2][0] + {'a': 1}.a", {"a"}, False, False, set()),
    ],
)
def test_what_an_expression_names_is_known(
    source: str, columns: set[str], whole: bool, case: bool, given: set[str]
) -> None:
    found = Mentions(source)

    assert (columns, whole, case, given) == (found.columns, found.whole, found.case, found.given)


def test_names_that_are_not_there_are_complained_about() -> None:
    found = Expression("rwo.a + whole(row.b) + given.c + [1].map(x, x + y)[0]", scope()).complaints(["d"])

    assert [
        "no variable 'rwo'; there are row, case and given",
        "no variable 'y'; there are row, case and given",
        "no function 'whole'",
        "no given value 'c' before it",
    ] == found


def test_a_given_value_that_failed_fails_whoever_asks_for_it() -> None:
    standing = scope()
    standing.give("sent", Expression("date('x')", standing))
    standing.give("fine", Expression("1", standing))

    with pytest.raises(Unread, match=r"given\.sent"):
        Expression("given.sent == null", standing).value()
    assert 2 == Expression("given.fine + 1", standing).value()
