"""Questions of others to the embedded engine, each in a session of its own that can only read and has its limits."""

import asyncio
import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from math import ceil
from uuid import uuid4

from sinks.clickhouse.database import DATABASE, quoted
from sinks.clickhouse.engine import Connection
from sinks.clickhouse.errors import StoreAway, StoreFailed
from sinks.clickhouse.guard import Question

_SETTINGS = re.compile(
    r"output_format_\w+|limit|offset|max_(?:rows|bytes)_to_\w+|max_(?:block_size|threads|result_rows|result_bytes|execution_time)"
    r"|(?:result|timeout|read|group_by|sort|join)_overflow_mode|extremes|final|join_use_nulls|session_timezone"
    r"|date_time_output_format|bool_true_representation|bool_false_representation|format_csv_delimiter"
)
"""Settings a question may bring: none of them reaches outside, and the limits below stay above all of them."""
_VALUE = re.compile(r"[\w.,:;/|+ -]{1,64}")
_DATABASE = re.compile(r"\w+", re.ASCII)
_AGAIN = 0.2
"""Seconds after which an ended question that still runs is ended again: it may not have begun when it was."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost: seconds, rows and bytes of its answer, bytes of memory; and how many run or wait."""

    seconds: int = 30
    rows: int = 1_000_000
    result_bytes: int = 1 << 28
    memory: int = 1 << 31
    at_once: int = 4
    waiting: int = 64


class Busy(StoreAway):
    """More questions wait than may; the asker tries again."""


class Reader:
    """Answers questions over further sessions of an open engine; ``close`` it before the engine."""

    def __init__(self, engine: Connection, limits: Limits | None = None) -> None:
        self._engine = engine
        self._limits = limits or Limits()
        self._threads = ThreadPoolExecutor(self._limits.at_once, thread_name_prefix="reader")
        self._asks: dict[str, Future[bytes]] = {}

    async def answer(
        self,
        asked: Question,
        form: str,
        *,
        params: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
        database: str = DATABASE,
    ) -> bytes:
        """Return the answer in a format of the engine; StoreFailed and StoreAway are the engine's words, or Busy.

        ``params`` stand for ``{name:Type}`` and are escaped as in TSV. Of ``settings`` those that only shape an answer
        are heeded. An asker who goes away (cancellation) ends the question.
        """
        if len(self._asks) >= self._limits.at_once + self._limits.waiting:
            raise Busy("Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)")
        if not _DATABASE.fullmatch(database):
            raise StoreFailed(
                f"Code: 81. DB::Exception: Database {database[:64]} does not exist. (UNKNOWN_DATABASE)", 81
            )
        mark = uuid4().hex
        before = [f"USE {database}", *(f"SET {name} = {quoted(value)}" for name, value in _harmless(settings or {}))]
        before.append(self._bounds(settings or {}, mark))
        ask = self._threads.submit(self._answered, before, asked.text, form, params)
        self._asks[mark] = ask
        ask.add_done_callback(lambda _: self._asks.pop(mark, None))
        try:
            return await asyncio.wrap_future(ask)
        except asyncio.CancelledError:
            self._end(mark)
            raise

    def close(self) -> None:
        """End all questions, and return when they have ended."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        while asks := dict(self._asks):
            for mark in asks:
                self._end(mark)
            wait(asks.values(), timeout=_AGAIN)

    def _bounds(self, settings: Mapping[str, str], mark: str) -> str:
        limits = self._limits
        most = {"max_execution_time": limits.seconds, "max_result_rows": limits.rows}
        least = [f"{name} = {_least(settings.get(name, ''), bound)}" for name, bound in most.items()]
        return (
            f"SET {', '.join(least)}, max_result_bytes = {limits.result_bytes}, max_memory_usage = {limits.memory},"
            f" log_comment = '{mark}', readonly = 1"
        )

    def _answered(self, before: list[str], text: str, form: str, params: Mapping[str, str] | None) -> bytes:
        session = self._engine.another()
        try:
            for statement in before:
                session.run(statement)
            return session.answer(text, form, params)
        finally:
            session.close()

    def _end(self, mark: str) -> None:
        session = self._engine.another()
        try:
            session.run(f"KILL QUERY WHERE Settings['log_comment'] = '{mark}' ASYNC")
        finally:
            session.close()


def _harmless(settings: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in settings.items()
        if _SETTINGS.fullmatch(name)
        and _VALUE.fullmatch(value)
        and name not in {"max_execution_time", "max_result_rows"}
    ]


def _least(wanted: str, bound: int) -> int:
    """Return a limit someone wants, never above the bound; 0 is the database's word for none."""
    number = ceil(float(wanted)) if re.fullmatch(r"\d{1,18}(\.\d+)?", wanted) else 0
    return min(number, bound) if number else bound
