"""What the first tier tells the second, in which order."""

from typing import Any

import pytest

from rules.catalog.index import Catalog
from rules.engine.cards import Card, Move, State, Transition
from rules.engine.engine import file_event
from rules.events.decode import of_mapping
from rules.events.second import CardMoved, OrgReported
from rules.events.words import Level
from rules.verdicts import NEVER, Breach
from streams.replay.second import Known, told
from streams.replay.shard import Heard
from streams.replay.workers import load_catalog
from tests.streams.replay.village import JT, MZ, SW, record, write_village

NOON = 1_772_424_000_000_000
"""2026-03-02 12:00 in China."""
DAY_OF_NOON = 739_677


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return load_catalog(write_village(tmp_path_factory.mktemp("second")), None)


def moved(card_id: str, at: int, **more: Any) -> Transition:
    card = Card(
        card_id=card_id,
        rule_id="OT_PROMISE_OVERDUE",
        rule_version=1,
        scope="C1",
        subject="",
        level=Level.YELLOW,
        peak=Level.YELLOW,
        condition_at=NOON,
        known_at=at,
        finding=Breach(()),
        digest="d",
        grounds=(),
        merged_into="",
        ended=NEVER,
        task_code="CZ-QS",
        region_code=None,
        profile="p",
        **{"state": State.OPEN, "org_code": SW, "seq": 1, **more},
    )
    return Transition(card, Move.RAISED, None, None, at, "", "")


def cards(known: list[Known]) -> list[tuple[str, int, str]]:
    return [
        (one.org, one.filed.event.seq, one.filed.event.state) for one in known if isinstance(one.filed.event, CardMoved)
    ]


def test_a_card_is_told_to_its_agency_with_all_that_counts(catalog: Catalog) -> None:
    (one,) = told(catalog, [moved("K", NOON, state=State.CLOSED, verified=True)], {}, [])

    event = one.filed.event
    assert isinstance(event, CardMoved)
    assert (SW, NOON, "K#1") == (one.org, one.filed.reported, event.event_id)
    assert ("yellow", "CLOSED", True) == (event.level, event.state, event.verified)
    assert ("CZ-QS", "C1", "2026-03-02T12:00:00+08:00") == (event.task_code, event.scope, event.condition_at)


def test_a_card_that_goes_to_another_agency_is_withdrawn_from_the_first(catalog: Catalog) -> None:
    known = told(catalog, [moved("K", NOON), moved("K", NOON + 5, org_code=JT, seq=2, verified=True)], {}, [])

    assert [(SW, 1, "OPEN"), (JT, 2, "OPEN"), (SW, 2, "WITHDRAWN")] == cards(known)
    assert [False, True, False] == [getattr(one.filed.event, "verified", None) for one in known]


def test_a_card_of_no_agency_is_told_to_none(catalog: Catalog) -> None:
    assert [] == told(catalog, [moved("K", NOON, org_code=None)], {}, [])


def test_the_first_record_of_a_date_is_told_to_its_agency(catalog: Catalog) -> None:
    (one,) = told(catalog, [], {(SW, DAY_OF_NOON): Heard(NOON, "C1", "E1", "999920")}, [])

    event = one.filed.event
    assert isinstance(event, OrgReported)
    assert (SW, NOON) == (one.org, one.filed.reported)
    assert event.event_id.startswith("C1/E1")


def test_a_heartbeat_is_told_to_all_and_to_the_agencies_it_speaks_for(catalog: Catalog) -> None:
    beat = of_mapping(record(None, "b", "source.heartbeat", "2026-03-02T12:00:00", data_source="CZ-A", org_codes=[MZ]))

    known = told(catalog, [], {}, [file_event(catalog, beat)])

    assert ["", MZ, SW] == [one.org for one in known]


def test_what_became_known_at_one_instant_has_one_order(catalog: Catalog) -> None:
    alert = of_mapping(record(None, "a", "alert.delivered", "2026-03-02T12:00:00", card_id="K", org_code=SW))
    beat = of_mapping(record(None, "b", "source.heartbeat", "2026-03-02T12:00:00", data_source="CZ-A"))
    heard = {(SW, DAY_OF_NOON): Heard(NOON, "C1", "E1", None)}
    transitions = [moved("K2", NOON), moved("K1", NOON)]
    words = [file_event(catalog, one) for one in (alert, beat)]

    forth = told(catalog, transitions, heard, words)
    back = told(catalog, transitions[::-1], heard, words[::-1])

    assert forth == back
    assert ["source.heartbeat", "org.reported", "source.heartbeat", "card.moved", "card.moved", "alert.delivered"] == [
        one.filed.event.__struct_config__.tag for one in forth
    ]
