"""Who is not asked had nothing to say: what rules declare of themselves, against what they answer."""

from datetime import date

from hypothesis import given, settings

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.fold import fold
from rules.engine.choosing import Choosing
from rules.law import Bearing
from rules.registry import CASE_RULES, RULES
from rules.verdicts import Breach
from tests.rules.engine.histories import CASE, History, histories
from tests.rules.engine.law import MATTER, ORG, catalog
from tests.rules.engine.test_promises import in_order, judged

EXAMPLES = settings(max_examples=60)
QUIET = [rule for rule in CASE_RULES if rule.quiet is not None]


def test_what_a_rule_is_about_is_shown_by_facts_it_reads() -> None:
    needing = [rule for rule in RULES if rule.needs]

    assert needing
    assert [] == [rule.id for rule in needing if not facts.SHOWN_BY[rule.needs] & rule.reads]


def test_what_ends_a_breach_is_read_and_is_not_all_that_is_read() -> None:
    ending = [rule for rule in RULES if rule.ends]

    assert ending
    assert [] == [rule.id for rule in ending if rule.ends & ~rule.reads or not rule.reads & ~rule.ends]


def test_a_rule_about_what_a_case_never_had_is_not_chosen() -> None:
    law = catalog().law(Bearing(MATTER, ORG, None, None, None, None), date(2026, 1, 5).toordinal())

    chosen = {ask.rule.id: ask.needs for ask in Choosing(CASE_RULES).asks(law, facts.FACTS, facts.SUBMITTED)}

    assert "OT_ACCEPT_OVERDUE" in chosen
    assert {"", "submitted"} == set(chosen.values())


@EXAMPLES
@given(histories())
def test_a_quiet_look_is_never_wrong(history: History) -> None:
    """Where a rule calls what was touched quiet, it finds no breach of that subject or because of it."""
    docket = judged(in_order(history), 0)[0].dockets[CASE]
    law = docket.law
    case = Case(CASE)
    for filed in sorted(history, key=lambda one: one.key):
        if not fold(case, filed) & (facts.STAGES | facts.ENTERED) or law is None or not case.touched:
            continue
        for rule in QUIET:
            if rule.quiet is None or rule.judge_each is None or not rule.quiet(case, law, case.touched):
                continue
            answers = rule.judge_each(case, law, case.touched)

            assert [] == [subject for subject, answer in answers if isinstance(answer, Breach)]
