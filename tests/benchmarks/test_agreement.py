from benchmarks.agreement import Agreement, agreement

KEY = frozenset({("A", "1", ""), ("A", "2", ""), ("B", "1", "x")})
A = frozenset({"A"})


def test_findings_are_counted_right_surplus_and_lacking() -> None:
    found = frozenset({("A", "1", ""), ("A", "3", "")})

    assert agreement(found, KEY, A) == Agreement(right=1, surplus=1, hit=1, lacking=1, wrong=("A",))


def test_other_rules_are_left_out_of_both() -> None:
    found = frozenset({("A", "1", ""), ("A", "2", ""), ("C", "9", "")})

    agreed = agreement(found, KEY, A)

    assert (agreed.precision, agreed.recall) == (1, 1)


def test_the_subject_counts() -> None:
    found = frozenset({("B", "1", "y")})

    agreed = agreement(found, KEY, frozenset({"B"}))

    assert (agreed.precision, agreed.recall) == (0, 0)


def test_who_finds_nothing_is_precise_and_recalls_nothing() -> None:
    agreed = agreement(frozenset(), KEY, A)

    assert (agreed.precision, agreed.recall) == (1, 0)


def test_what_another_card_speaks_for_answers_the_key_and_is_never_too_many() -> None:
    grounds = frozenset({("A", "1", ""), ("A", "7", "")})

    agreed = agreement(frozenset({("A", "2", "")}), KEY, A, grounds)

    assert agreed == Agreement(right=1, surplus=0, hit=2, lacking=0)


def test_the_rule_most_wrong_is_named_first() -> None:
    found = frozenset({("B", "7", ""), ("B", "8", ""), ("A", "1", "")})

    assert agreement(found, KEY, frozenset({"A", "B"})).wrong == ("B", "A")
