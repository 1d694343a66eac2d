"""What a feed leaves in the log, told from the log."""

import asyncio
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from rules.catalog.index import Catalog
from rules.events.instants import HOUR, SECOND, instant_of
from streams.cli.law import open_catalog
from streams.clock import Clock
from streams.feed import Fed, FeedOptions, feed
from streams.live.wire import RELAYED, TICK
from streams.log import Record, partition_of
from streams.quarantine import shelf_of
from streams.settings import Settings
from tests.streams.cli.town import good_case, late_case, record, write_log, write_town
from tests.streams.logs import all_of, settings_in, started

HEARTBEAT = {
    "event_id": "H1",
    "event_type": "source.heartbeat",
    "occurred_at": "2026-03-05T12:00:00+08:00",
    "reported_at": "2026-03-05T12:00:00+08:00",
    "org_codes": ["LZ-SW"],
    "complete_through": "2026-03-05T12:00:00+08:00",
}
NAMELESS = '{"event_id": "X1", "event_type": "case.accepted", "occurred_at": "2026-03-02T09:00:00+08:00"}'
TIMELESS = '{"event_id": "X2", "event_type": "case.accepted", "case_id": "C-LATE"}'


class Hands:
    """A clock that moves only when somebody sleeps."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.slept: list[float] = []

    def read(self) -> int:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += int(seconds * SECOND)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return open_catalog(str(write_town(tmp_path_factory.mktemp("town") / "lizi")))


def fed(
    settings: Settings, catalog: Catalog, source: Path, hands: Hands | None = None, **options: Any
) -> tuple[Fed, list[list[Record]], list[str]]:
    """Return what a feed says, what lies in the events topic, and the reasons in the quarantine topic."""

    async def run() -> tuple[Fed, list[list[Record]], list[str]]:
        async with started(settings) as log:
            asked = FeedOptions(sources=(str(source),), **options)
            more: dict[str, Any] = {} if hands is None else {"clock": Clock(read=hands.read), "sleep": hands.sleep}
            said = await feed(settings, catalog, log, asked, **more)
            events = await all_of(log, "jiancha.events")
            shelf = await shelf_of(log, "jiancha.quarantine")
            return said, events, [one.reason for one in shelf.records.values()]

    return asyncio.run(run())


def shuffled(path: Path, records: list[dict[str, Any]], *spoilt: str) -> Path:
    lines = [json.dumps(one, ensure_ascii=False) for one in reversed(records)]
    path.write_text("".join(f"{line}\n" for line in (*lines, *spoilt)), encoding="utf-8")
    return path


class TestPlaces:
    def test_each_case_lies_in_its_partition_in_the_order_of_reports(self, tmp_path: Path, catalog: Catalog) -> None:
        log = shuffled(tmp_path / "log.jsonl", [*late_case(), *good_case(), *good_case("C-3")])

        said, partitions, _ = fed(settings_in(tmp_path), catalog, log)

        assert (21, 21) == (said.read, said.published)
        for number, records in enumerate(partitions):
            stamps = [json.loads(one.value or b"")["reported_at"] for one in records]
            assert sorted(stamps) == stamps
            for one in records:
                case = json.loads(one.value or b"")["case_id"].encode()
                assert case == one.key
                assert number == partition_of(case, 3)

    def test_what_belongs_to_no_case_goes_everywhere_and_says_so(self, tmp_path: Path, catalog: Catalog) -> None:
        log = write_log(tmp_path / "log.jsonl", [*good_case(), HEARTBEAT])

        said, partitions, _ = fed(settings_in(tmp_path), catalog, log)

        copies = [one for records in partitions for one in records if (RELAYED, b"1") in one.headers]
        assert (8, 8, 2) == (said.read, said.published, said.copies)
        assert 3 == len(copies)
        assert {None} == {one.key for one in copies}

    def test_a_word_about_an_agencys_card_goes_to_one_partition(self, tmp_path: Path, catalog: Catalog) -> None:
        word = {**HEARTBEAT, "event_type": "alert.delivered", "card_id": "K", "org_code": "LZ-SW"}
        log = write_log(tmp_path / "log.jsonl", [word])

        _, partitions, _ = fed(settings_in(tmp_path), catalog, log)

        assert [b"LZ-SW"] == [one.key for records in partitions for one in records]

    def test_numbers_of_persons_are_masked_before_they_lie_in_the_log(self, tmp_path: Path, catalog: Catalog) -> None:
        note = record("C-1", 1, "pause.started", "2026-03-04T09:00:00", kind="expert_review", reason="电13812345678")
        log = write_log(tmp_path / "log.jsonl", [note], '{"tel": "13812345678"')

        _, partitions, _ = fed(settings_in(tmp_path), catalog, log)

        (one,) = [one for records in partitions for one in records]
        assert b"13812345678" not in (one.value or b"")
        assert b"138****5678" in (one.value or b"")


class TestCounts:
    def test_what_cannot_be_read_is_put_aside_and_everything_reconciles(self, tmp_path: Path, catalog: Catalog) -> None:
        log = write_log(tmp_path / "log.jsonl", [*late_case(), HEARTBEAT], "no json", NAMELESS)

        said, _, reasons = fed(settings_in(tmp_path), catalog, log, until=instant_of("2026-03-16T00:00:00+08:00"))

        assert said.reconciles()
        assert (10, 5, {"晚于截止时刻": 3}) == (said.read, said.published, said.filtered)
        assert 2 == sum(said.quarantined.values()) == len(reasons)
        assert set(reasons) == set(said.quarantined)

    def test_what_cannot_be_read_of_a_known_case_goes_in_under_it_with_the_reason(
        self, tmp_path: Path, catalog: Catalog
    ) -> None:
        """Else the worker would not know that the case is incomplete, and say what never happened."""
        log = tmp_path / "log.jsonl"
        log.write_text(f"{TIMELESS}\n{json.dumps(late_case()[0])}\n", encoding="utf-8")

        said, partitions, reasons = fed(settings_in(tmp_path, CLOCK="rehearsal"), catalog, log)

        (first, *_) = partitions[partition_of(b"C-LATE", 3)]
        assert (2, 2, 1, []) == (said.read, said.published, said.unreadable, reasons)
        assert (b"C-LATE", TIMELESS.encode()) == (first.key, first.value)
        assert ("field", b"occurred_at") in first.headers
        assert instant_of("2026-03-02T09:00:00+08:00") == first.stamp

    def test_the_case_of_a_line_that_breaks_off_is_told_from_its_bytes(self, tmp_path: Path, catalog: Catalog) -> None:
        log = write_log(tmp_path / "log.jsonl", good_case(), json.dumps(late_case()[0])[:-20])

        said, partitions, _ = fed(settings_in(tmp_path), catalog, log)

        assert (8, 1) == (said.published, said.unreadable)
        assert b"C-LATE" in {one.key for records in partitions for one in records}

    def test_a_source_of_unreadable_records_alone_ends_as_well(self, tmp_path: Path, catalog: Catalog) -> None:
        log = tmp_path / "log.jsonl"
        log.write_text(f"{TIMELESS}\nno json\n", encoding="utf-8")

        said, _, _ = fed(settings_in(tmp_path), catalog, log)

        assert (2, 1, 1) == (said.read, said.published, sum(said.quarantined.values()))

    def test_a_feed_that_is_run_again_puts_nothing_aside_twice(self, tmp_path: Path, catalog: Catalog) -> None:
        log = write_log(tmp_path / "log.jsonl", good_case(), "no json")
        settings = settings_in(tmp_path)

        fed(settings, catalog, log)
        _, _, reasons = fed(settings, catalog, log)

        assert 1 == len(reasons)

    def test_a_record_longer_than_the_log_takes_is_put_aside_whole_or_by_its_head(
        self, tmp_path: Path, catalog: Catalog
    ) -> None:
        long = record("", 1, "source.heartbeat", "2026-03-04T09:00:00", note="x" * 5_000_000)
        log = write_log(tmp_path / "log.jsonl", [long])

        said, _, (reason,) = fed(settings_in(tmp_path, TOPICS__MAX_MESSAGE_BYTES="1048576"), catalog, log)

        assert (1, 0) == (said.read, said.published)
        assert "记录过长" in reason


class TestTime:
    def test_a_rehearsal_stamps_records_and_inserts_ticks(self, tmp_path: Path, catalog: Catalog) -> None:
        log = write_log(tmp_path / "log.jsonl", late_case())

        said, partitions, _ = fed(
            settings_in(tmp_path, CLOCK="rehearsal"),
            catalog,
            log,
            ticks_every=24 * HOUR,
            until=instant_of("2026-04-01T00:00:00+08:00"),
        )

        for records in partitions:
            stamps = [one.stamp for one in records]
            assert sorted(stamps) == stamps
            assert instant_of("2026-04-01T00:00:00.001+08:00") == stamps[-1]
            for one in records:
                if (one.value or b"").startswith(TICK):
                    assert one.key is None
                else:
                    assert instant_of(json.loads(one.value or b"")["reported_at"]) == one.stamp
        assert said.ticks == sum((one.value or b"").startswith(TICK) for records in partitions for one in records)
        assert 3 * 5 == said.ticks

    def test_a_log_that_stamps_itself_gets_no_ticks(self, tmp_path: Path, catalog: Catalog) -> None:
        said, partitions, _ = fed(settings_in(tmp_path), catalog, write_log(tmp_path / "log.jsonl", late_case()))

        assert 0 == said.ticks
        assert all(one.stamp > instant_of("2026-04-01T00:00:00+08:00") for records in partitions for one in records)

    def test_speed_keeps_the_distances_between_reports(self, tmp_path: Path, catalog: Catalog) -> None:
        hands = Hands(10**15)

        fed(settings_in(tmp_path), catalog, write_log(tmp_path / "l.jsonl", late_case()), hands, speed=Fraction(3600))

        span = instant_of("2026-03-17T11:00:00+08:00") - instant_of("2026-03-02T09:00:00+08:00")
        assert hands.at - 10**15 == pytest.approx(span / 3600, abs=SECOND)

    def test_rate_bounds_what_goes_in_a_second(self, tmp_path: Path, catalog: Catalog) -> None:
        hands = Hands(10**15)

        fed(settings_in(tmp_path), catalog, write_log(tmp_path / "l.jsonl", late_case()), hands, rate=Fraction(2))

        assert hands.at - 10**15 == pytest.approx(3 * SECOND, abs=SECOND // 10)

    def test_under_a_scaled_clock_nothing_goes_before_its_time(self, tmp_path: Path, catalog: Catalog) -> None:
        settings = settings_in(
            tmp_path,
            CLOCK="scaled",
            CLOCK__EPOCH_REAL="2026-07-01T00:00:00Z",
            CLOCK__EPOCH_SIM="2026-03-02T00:00:00Z",
            CLOCK__FACTOR="8640",
        )
        hands = Hands(instant_of("2026-07-01T00:00:00+00:00"))
        clock = Clock(
            epoch_real=hands.at,
            epoch_sim=instant_of("2026-03-02T00:00:00+00:00"),
            factor=8640,
            read=hands.read,
        )
        log = write_log(tmp_path / "l.jsonl", late_case())

        async def run() -> None:
            async with started(settings) as opened:
                await feed(settings, catalog, opened, FeedOptions(sources=(str(log),)), clock=clock, sleep=hands.sleep)

        asyncio.run(run())

        last = instant_of("2026-03-17T11:00:00+08:00")
        assert clock.sim(hands.at - SECOND) < last <= clock.sim(hands.at)
