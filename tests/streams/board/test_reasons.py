"""Explanations on the board are those of ``jiancha explain``, without who did it."""

from html import unescape
from re import findall

import pytest

from rules.declare import Tier
from rules.explain import Section, Statement
from rules.registry import BY_ID
from sinks.clickhouse.stored import StoredCard
from streams.board.reasons import HIDDEN, PERSONAL, without_persons
from streams.cli.statements import card_statement, rule_statement
from tests.streams.board.site import Site

pytestmark = pytest.mark.slow


def lines_of(html: str) -> list[str]:
    """The lines of an explanation as they stand in the page."""
    article = html[html.index("<article>") :]
    return [unescape("".join(findall(r">([^<]*)", f">{line}"))) for line in findall(r"<li>(.*?)</li>", article)]


def card_of(site: Site, rule_id: str) -> StoredCard:
    return next(one for one in site.archive.cards() if one.card.rule_id == rule_id)


@pytest.mark.parametrize("rule_id", ["OT_PROMISE_OVERDUE", "SK_STEP_JUMP", "FE_OVER_STANDARD", "OT_PAUSE_ABUSE"])
def test_a_card_is_explained_line_by_line(site: Site, rule_id: str) -> None:
    card = card_of(site, rule_id).card
    statement = card_statement(site.archive, site.catalog, card.card_id)

    answer = site.get(f"/card/{card.card_id}")

    assert 200 == answer.status
    assert [line for section in statement.sections for line in section.lines] == lines_of(answer.text)
    for section in statement.sections:
        assert f">{section.title}</h2>" in answer.text
    assert f"/case/{card.scope}" in answer.text


def test_the_address_of_a_card_is_read_in_either_case(site: Site) -> None:
    card = card_of(site, "OT_PROMISE_OVERDUE").card

    assert 200 == site.get(f"/card/{card.card_id.lower()}").status


def test_who_did_it_is_never_on_a_screen(site: Site) -> None:
    card = card_of(site, "SK_ROLE_MERGE").card
    statement = card_statement(site.archive, site.catalog, card.card_id)
    (said,) = [line for one in statement.sections for line in one.lines if line.startswith(PERSONAL)]
    person = said.partition("：")[2]

    text = site.get(f"/card/{card.card_id}").text

    assert person
    assert person not in text
    assert HIDDEN in text


def test_no_rule_has_another_figure_that_says_who() -> None:
    named = {name for rule in BY_ID.values() for name, _ in rule.figures}

    assert set(PERSONAL) == {name for name in named if "人编号" in name or "工号" in name or "姓名" in name}


def test_only_figures_that_say_who_are_hidden() -> None:
    statement = Statement("题", (Section("为什么", ("经办人编号：P1", "办件：A", "无冒号")),))

    (section,) = without_persons(statement).sections
    assert (f"经办人编号：{HIDDEN}", "办件：A", "无冒号") == section.lines


def test_a_card_about_an_agency_is_explained_and_leads_to_the_cards_it_rests_on(site: Site) -> None:
    card = next(one.card for one in site.archive.cards() if BY_ID[one.card.rule_id].tier is Tier.AGENCY)

    text = site.get(f"/card/{card.card_id}").text

    assert "核查步骤" in text
    assert "看办件" not in text
    for evidence in card.finding.events:
        if site.archive.card(evidence) is not None:
            assert f'href="/card/{evidence}"' in text


def test_why_there_is_no_card_is_said_of_any_case_and_rule(site: Site) -> None:
    case = next(one for one in site.archive.case_states() if one.cards == 0)
    rule = BY_ID["OT_STATUTORY_OVER"]
    statement = rule_statement(site.archive, site.catalog, rule, case.case_id)

    answer = site.get(f"/case/{case.case_id}/why?rule={rule.id}")

    assert 200 == answer.status
    assert [line for section in statement.sections for line in section.lines] == lines_of(answer.text)
