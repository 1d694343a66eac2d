import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from streams.log import LocalLog, New
from streams.reconcile import Account, Stored, reconciled
from tests.streams.reconcile.edge import TOPICS, judged


class Shop:
    """A store that holds what it is given to hold, and takes ``late`` looks until it has caught up."""

    def __init__(self, account: Account, late: int = 0) -> None:
        self.hours = {one.hour: one.said for one in account.hours}
        self.rows = {f"{TOPICS.events}-{one.number}": one for one in account.partitions}
        self.late = late

    def ask(self, query: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        if "card_transition" in query:
            self.late -= 1
            hours = self.hours if self.late < 0 else {}
            return [{"hour": hour, "rows": rows} for hour, rows in hours.items()]
        part = self.rows[params["source"]]
        quarantined = part.total.get("quarantined", 0)
        return [{"rows": quarantined if "quarantine" in query else part.read - quarantined}]


class Hands:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


async def account_of(log: LocalLog, stored: Stored | None = None, settle: float = 0) -> Account:
    hands = Hands()
    return await reconciled(log, TOPICS, stored, settle=settle, now=hands.now, sleep=hands.sleep)


def test_a_log_reconciles_with_itself(tmp_path: Path) -> None:
    async def run() -> Account:
        async with judged(tmp_path) as log:
            return await account_of(log)

    account = asyncio.run(run())

    def total(*outcomes: str) -> int:
        return sum(one.total.get(outcome, 0) for one in account.partitions for outcome in outcomes)

    assert account.holds
    assert (15, 3) == (total("folded", "duplicate"), total("relayed"))
    assert 1 == total("quarantined") == sum(one.aside for one in account.partitions)
    assert sum(one.said for one in account.hours) > 0
    assert {0} == {one.waiting for one in account.partitions}


def test_a_store_that_has_it_all_reconciles_and_one_that_lacks_an_hour_does_not(tmp_path: Path) -> None:
    async def run() -> tuple[Account, Account, Account]:
        async with judged(tmp_path) as log:
            shop = Shop(await account_of(log))
            first = await account_of(log, Stored(shop.ask))
            shop.hours.popitem()
            second = await account_of(log, Stored(shop.ask))
            shop.rows = dict.fromkeys(shop.rows, shop.rows[f"{TOPICS.events}-0"])
            return first, second, await account_of(log, Stored(shop.ask))

    whole, short, strange = asyncio.run(run())

    assert whole.holds
    assert [(False, 1)] == [(short.holds, sum(one.differs for one in short.hours))]
    assert any("应归档" in text for one in strange.partitions for text in one.differences)


def test_what_is_on_its_way_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    async def run() -> tuple[bool, bool]:
        async with judged(tmp_path) as log:
            account = await account_of(log)
            soon = await account_of(log, Stored(Shop(account, late=3).ask), settle=5)
            late = await account_of(log, Stored(Shop(account, late=99).ask), settle=5)
            return soon.holds, late.holds

    assert (True, False) == asyncio.run(run())


def test_a_transition_said_again_counts_once_and_what_is_none_is_told(tmp_path: Path) -> None:
    async def run() -> tuple[Account, Account]:
        async with judged(tmp_path) as log:
            cards = [await log.read(TOPICS.cards, number, 0, 1) for number in range(3)]
            number, one = next((at, some[0]) for at, some in enumerate(cards) if some)
            await log.append(TOPICS.cards, number, [New(one.value, one.key)])
            again = await account_of(log)
            await log.append(TOPICS.cards, number, [New(b"nonsense", b"k")])
            return again, await account_of(log)

    again, strange = asyncio.run(run())

    assert (True, 1, 0) == (again.holds, again.again, again.strange)
    assert (False, 1) == (strange.holds, strange.strange)


def test_records_nobody_has_read_yet_wait(tmp_path: Path) -> None:
    async def run() -> Account:
        async with judged(tmp_path) as log:
            await log.append(TOPICS.events, 1, [New(b"{}", b"k"), New(b"{}", b"k")])
            return await account_of(log)

    account = asyncio.run(run())

    assert account.holds
    assert [0, 2, 0] == [one.waiting for one in account.partitions]


def test_a_record_put_aside_that_lies_nowhere_is_told(tmp_path: Path) -> None:
    """As after a quarantine topic that was lost."""

    async def run() -> Account:
        async with judged(tmp_path) as log:
            topics = TOPICS._replace(quarantine=TOPICS.replies)
            return await reconciled(log, topics, None, now=Hands().now)

    account = asyncio.run(run())

    (told,) = [text for one in account.partitions for text in one.differences]
    assert "隔离 1，隔离主题中 0" == told


def test_a_log_nobody_has_judged_holds_nothing_against_anybody(tmp_path: Path) -> None:
    from tests.streams.logs import settings_in, started

    async def run() -> Account:
        async with started(settings_in(tmp_path)) as log:
            return await account_of(log)

    account = asyncio.run(run())

    assert (True, ()) == (account.holds, account.hours)


@pytest.mark.parametrize("records", [1, 2500])
def test_a_position_is_found_however_far_from_the_end(records: int, tmp_path: Path) -> None:
    from streams.reconcile.events import remembered

    async def run() -> int:
        async with judged(tmp_path) as log:
            before = await remembered(log, TOPICS.events, TOPICS.state_cases, 0)
            news = [New(b"x", f"case-{at}".encode()) for at in range(records)]
            await log.append(TOPICS.state_cases, 0, news)
            after = await remembered(log, TOPICS.events, TOPICS.state_cases, 0)
            assert before == after
            return after.counted

    assert 0 < asyncio.run(run())
