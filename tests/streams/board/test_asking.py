import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import TypeVar

import pytest

from dashboards.model.query import Query
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import StoreFailed
from streams.board.asking import FRESH, KEPT, REST, UNCHANGED, Asking
from streams.board.news import rows_of

T = TypeVar("T")
EACH_TIME = Query(sql="SELECT toString(generateUUIDv4()) AS n")
"""Answers something else each time it is really asked."""


class Hands:
    """A clock and a version that are set by hand."""

    def __init__(self) -> None:
        self.at = 0.0
        self.stored = 0


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = Engine(tmp_path_factory.mktemp("asking") / "store", create=True)
    yield opened
    opened.close()


def asking(engine: Engine, work: Callable[[Asking, Hands], Coroutine[None, None, T]]) -> T:
    hands = Hands()
    asked = Asking(engine, lambda: hands.stored, lambda: hands.at)
    try:
        return asyncio.run(asyncio.wait_for(work(asked, hands), 60))
    finally:
        asked.close()


def test_many_who_look_at_once_cost_one_query(engine: Engine) -> None:
    async def work(asked: Asking, _hands: Hands) -> set[bytes]:
        return set(await asyncio.gather(*(asked.answer(EACH_TIME, {}) for _ in range(50))))

    assert 1 == len(asking(engine, work))


def test_who_gives_up_waiting_takes_nothing_from_the_others(engine: Engine) -> None:
    async def work(asked: Asking, _hands: Hands) -> bytes:
        first, second = (asyncio.create_task(asked.answer(EACH_TIME, {})) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert rows_of(asking(engine, work))


def test_an_answer_serves_until_the_store_changes(engine: Engine) -> None:
    async def work(asked: Asking, hands: Hands) -> list[bytes]:
        said = [await asked.answer(EACH_TIME, {})]
        hands.at = UNCHANGED - 0.1
        said.append(await asked.answer(EACH_TIME, {}))
        hands.stored = 1
        said.append(await asked.answer(EACH_TIME, {}))
        return said

    first, unchanged, changed = asking(engine, work)
    assert first == unchanged != changed


def test_while_the_store_changes_all_the_time_it_is_asked_once_a_moment(engine: Engine) -> None:
    async def work(asked: Asking, hands: Hands) -> list[bytes]:
        said = []
        for at in (0.0, FRESH * 0.9, FRESH):
            hands.at, hands.stored = at, hands.stored + 1
            said.append(await asked.answer(EACH_TIME, {}))
        return said

    first, soon, later = asking(engine, work)
    assert first == soon != later


def test_what_took_long_is_given_longer_rest(engine: Engine) -> None:
    async def work(asked: Asking, hands: Hands) -> list[bytes]:
        first = asyncio.create_task(asked.answer(EACH_TIME, {}))
        await asyncio.sleep(0)
        hands.at = 2.0
        said = [await first]
        for at in (2.0 * REST - 0.1, 2.0 * REST):
            hands.at, hands.stored = at, hands.stored + 1
            said.append(await asked.answer(EACH_TIME, {}))
        return said

    first, soon, later = asking(engine, work)
    assert first == soon != later


def test_an_old_answer_is_asked_again_even_if_nothing_was_stored(engine: Engine) -> None:
    async def work(asked: Asking, hands: Hands) -> list[bytes]:
        first = await asked.answer(EACH_TIME, {})
        hands.at = UNCHANGED
        return [first, await asked.answer(EACH_TIME, {})]

    first, second = asking(engine, work)
    assert first != second


def test_parameters_are_bound_and_tell_answers_apart(engine: Engine) -> None:
    query = Query(sql="SELECT {case:String} AS n")

    async def work(asked: Asking, _hands: Hands) -> list[object]:
        return [rows_of(await asked.answer(query, {"case": one}))[0]["n"] for one in ("A", "' OR 1 = 1 #")]

    assert ["A", "' OR 1 = 1 #"] == asking(engine, work)


def test_a_failure_is_said_and_not_kept(engine: Engine) -> None:
    async def work(asked: Asking, _hands: Hands) -> None:
        for _ in range(2):
            with pytest.raises(StoreFailed, match="v_nothing"):
                await asked.answer(Query(sql="SELECT 1 FROM v_nothing"), {})

    asking(engine, work)


@pytest.mark.parametrize("sql", ["SELECT sleepEachRow(3) FROM numbers(100)", "SELECT * FROM numbers(100000000)"])
def test_what_takes_too_long_or_too_much_is_refused(engine: Engine, sql: str) -> None:
    async def work(asked: Asking, _hands: Hands) -> None:
        with pytest.raises(StoreFailed):
            await asked.answer(Query(sql=sql), {})

    asking(engine, work)


def test_only_so_many_answers_are_kept(engine: Engine) -> None:
    async def work(asked: Asking, _hands: Hands) -> int:
        query = Query(sql="SELECT {case:String} AS n")
        for number in range(KEPT + 20):
            await asked.answer(query, {"case": str(number)})
        return len(asked._kept)

    assert KEPT == asking(engine, work)
