from datetime import date
from decimal import Decimal

import pytest

from rules.catalog.lint import lint
from rules.catalog.lint.profiles import values_at
from rules.catalog.lint.specs import Known
from rules.catalog.loading import Documents, load_documents
from rules.catalog.models.statutes import StatuteId
from rules.events.words import Level
from tests.rules.catalog.known import PARAMS, STANDS


@pytest.fixture(scope="module")
def nation() -> Documents:
    return load_documents("national")


def test_nothing_is_wrong_with_it(nation: Documents) -> None:
    assert () == lint(nation, STANDS)


@pytest.mark.parametrize(
    ("which", "days", "article"),
    [
        (StatuteId.RECEIPT, 5, "第三十二条"),
        (StatuteId.STATUTORY, 20, "第四十二条第一款"),
        (StatuteId.EXTENSION, 10, "第四十二条第一款"),
        (StatuteId.JOINT, 45, "第四十二条第二款"),
        (StatuteId.JOINT_EXTENSION, 15, "第四十二条第二款"),
        (StatuteId.FORWARD, 20, "第四十三条"),
        (StatuteId.ISSUE, 10, "第四十四条"),
    ],
)
def test_the_licensing_law_holds_from_its_first_day(
    nation: Documents, which: StatuteId, days: int, article: str
) -> None:
    (statute,) = [one for one in nation.statutes if one.id is which]

    assert f"{days}个工作日" == str(statute.limit)
    assert article in statute.basis
    assert (False, True) == tuple(statute.covers(date(2004, *day).toordinal()) for day in [(6, 30), (7, 1)])


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("default", (1, None, Level.NOTICE, Level.YELLOW, 3, True)),
        ("one_day", (1, None, Level.NOTICE, Level.YELLOW, None, False)),
        ("percent", (None, Decimal("0.9"), Level.YELLOW, Level.RED, None, False)),
        ("two_colour", (1, None, Level.YELLOW, Level.RED, None, False)),
    ],
)
def test_the_four_profiles_differ_as_the_regimes_they_come_from(
    nation: Documents, profile: str, expected: tuple[object, ...]
) -> None:
    values = values_at(nation, Known.of(STANDS), profile, date(2026, 3, 2))

    assert expected == (
        values["OT_PROMISE_SOON.before"],
        values["OT_PROMISE_SOON.used_share"],
        values["OT_PROMISE_SOON.level"],
        values["OT_PROMISE_OVERDUE.level"],
        values["OT_PROMISE_OVERDUE.red_after"],
        values["ES_YELLOW_TO_RED.on"],
    )
    assert Level.RED is values["OT_STATUTORY_OVER.level"]


def test_the_default_profile_says_every_number_with_its_basis(nation: Documents) -> None:
    (default,) = [profile for profile in nation.profiles if profile.name == "default"]

    assert {param.id for param in PARAMS} == set(default.params)


def test_a_number_no_text_gives_is_called_our_own(nation: Documents) -> None:
    (default,) = [profile for profile in nation.profiles if profile.name == "default"]

    assert all("本项目约定" in setting.basis for setting in default.params["OT_PROMISE_OVERDUE.red_after"])
