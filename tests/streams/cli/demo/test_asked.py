from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from rules.events.instants import DAY, SECOND, from_datetime, instant_of
from streams.cli.demo.asked import LEAD, Asked, Town, settings_of
from streams.cli.demo.closing import standing_at
from streams.clock import clock_of
from streams.settings.clock import ClockKind
from streams.simulate.run import Written
from tests.rules.calendar.national import instant
from tests.streams.cli.demo.made import card, city, transition

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ROOM = Path("room")


def town(asked: Asked) -> Town:
    written = Written(ROOM / "events.jsonl", ROOM / "answers.csv", 1, 1, "2026-04-10T00:00:00+08:00", ())
    return Town(asked, ROOM, city(), written, date(2026, 1, 5))


def test_by_default_everything_lies_in_the_folder_and_the_feeder_stamps() -> None:
    settings = settings_of(town(Asked(10, 1, 2, Fraction(1))), NOW)

    assert settings.broker.folder == ROOM / "log"
    assert settings.store.folder == ROOM / "store"
    assert settings.clock.kind is ClockKind.REHEARSAL
    assert 0 == settings.http.port == settings.http.store_port


def test_a_scaled_clock_begins_with_the_first_day_once_the_worker_is_up() -> None:
    settings = settings_of(town(Asked(10, 1, 2, Fraction(3, 2), scaled=True)), NOW)

    clock = clock_of(settings.clock)
    begins = from_datetime(NOW + LEAD)
    assert instant_of("2026-01-05T00:00:00+08:00") == clock.sim(begins)
    assert instant_of("2026-01-05T00:00:00+08:00") + 3 * DAY == clock.sim(begins + 2 * SECOND)


def test_a_kafka_is_given_topics_of_a_name_of_their_own() -> None:
    settings = settings_of(town(Asked(10, 1, 2, None, broker="kafka://127.0.0.1:9", prefix="demo-1")), NOW)

    assert ("127.0.0.1:9",) == settings.broker.servers
    assert "demo-1" == settings.topics.prefix
    assert 1 == settings.replication


def test_cards_are_taken_as_they_stood_at_the_instant_of_the_key() -> None:
    first = card("SK_STEP_JUMP", {}, known_at=instant("2026-03-01 00:00"))
    then = card("SK_STEP_JUMP", {}, known_at=instant("2026-03-05 00:00"), seq=2)
    after = card("SK_STEP_JUMP", {}, known_at=instant("2026-03-07 00:00"), seq=3)
    other = card("SK_STEP_JUMP", {}, case="C2", known_at=instant("2026-03-07 00:00"))
    said = [transition(one) for one in (after, then, first, other)]

    (found,) = standing_at(said, instant("2026-03-06 00:00"), city())

    assert 2 == found.card.seq
    assert instant("2026-03-01 00:00") == found.raised_at
