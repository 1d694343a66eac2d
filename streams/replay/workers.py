"""The shards of a replay, judged in this process or each in one of its own.

Processes are spawned, never forked: the database engine does not survive a fork. Each reads the source itself and
decodes only what is its own; what it stores goes to files, what was said comes back at the end.
"""

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from traceback import format_exc
from typing import Any, Self

import msgspec

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.catalog.loading import load_documents
from rules.events.envelope import Event
from rules.registry import PARAMS
from sinks.clickhouse.rows import Place, case_row, event_row
from sinks.clickhouse.stored import CaseState, SourceRead
from sinks.clickhouse.tables import CASE_STATE, EVENT, Table
from streams.replay.feeds import feed_items, feed_lines
from streams.replay.inputs import Input
from streams.replay.settings import Phase
from streams.replay.shard import Judged, Reading, Shard, Stopped

OnPiece = Callable[[str, Path], None]
"""Told of each piece of a table that is complete on disk."""
OnProgress = Callable[[int, Phase, float, int], None]
"""Told by which shard, in which phase, what fraction of it, how many records."""


class Plan(msgspec.Struct, frozen=True):
    """What a shard needs to know: the inputs, how to read them, by what to judge, where to spool (None: nowhere)."""

    inputs: tuple[Input, ...]
    sources: tuple[SourceRead, ...]
    mapping: Path | None
    catalog: str | Path
    edition: str
    profile: str | None
    as_of: int | None
    latest: int
    strict: bool
    spool: Path | None


class ReadOut(msgspec.Struct, frozen=True):
    """What a shard read: records that are its own, and of how many in all."""

    reading: Reading
    own: int
    seen: int


class WorkerFailed(Exception):
    """A process of the replay broke off: a fault of this program, or the machine ran out of memory."""


def load_catalog(source: str | Path, profile: str | None) -> Catalog:
    """Return a catalogue for judging; CatalogErrors or UnknownProfile where it cannot be used."""
    return Catalog(load_documents(source), PARAMS.values(), forced=profile)


class Work:
    """One shard from reading to judging, with its spools."""

    def __init__(self, plan: Plan, shard: Shard, on_piece: OnPiece, on_progress: OnProgress) -> None:
        self._plan = plan
        self._shard = shard
        self._number = shard.number
        self._on_piece = on_piece
        self._on_progress = on_progress

    def read(self) -> ReadOut:
        """Read the shard's records; Stopped at the first that cannot be read, where none is tolerated."""
        plan, shard = self._plan, self._shard
        whole = max(1, sum(one.unpacked for one in plan.inputs))

        def told(done: int, records: int) -> None:
            self._on_progress(self._number, Phase.READING, min(1.0, done / whole), records)

        with self._spooled(EVENT) as add:
            if add is not None:
                shard.keep = _keeper(add)
            if plan.mapping is None:
                seen = feed_lines(shard, plan.inputs, plan.sources, told)
            else:
                seen = feed_items(shard, plan.inputs, plan.sources, plan.mapping, told)
        return ReadOut(shard.reading(), shard.read, seen)

    def judge(self, run: str, until: int) -> Judged:
        """Judge what was read, as of an instant."""

        def told(done: int, records: int) -> None:
            self._on_progress(self._number, Phase.JUDGING, done / max(1, records), done)

        with self._spooled(CASE_STATE) as add:
            return self._shard.judge(until, _stater(add, run) if add is not None else None, told)

    @contextmanager
    def _spooled(self, table: Table) -> "Iterator[Callable[[Any], None] | None]":
        """Give what adds a row to a table, None where nothing is stored; at the end the rest is written."""
        if self._plan.spool is None:
            yield None
            return
        from sinks.clickhouse.spool import Spool

        spool = Spool(
            table, self._plan.spool, str(self._number), lambda written, piece: self._on_piece(written.name, piece)
        )
        yield spool.add
        spool.flush()


def _shard(plan: Plan, catalog: Catalog, number: int, of: int) -> Shard:
    return Shard(catalog, number=number, of=of, as_of=plan.as_of, latest=plan.latest, strict=plan.strict)


def _keeper(add: Callable[[Any], None]) -> Callable[[Filed[Event], Place, bytes, bytes], None]:
    def keep(filed: Filed[Event], place: Place, digest: bytes, record: bytes) -> None:
        add(event_row(filed, place, digest, record))

    return keep


def _stater(add: Callable[[Any], None], run: str) -> Callable[[CaseState], None]:
    def keep(state: CaseState) -> None:
        add(case_row(run, state))

    return keep


class Alone:
    """One shard, judged in this process."""

    def __init__(self, catalog: Catalog, on_piece: OnPiece, on_progress: OnProgress) -> None:
        self._catalog = catalog
        self._on_piece = on_piece
        self._on_progress = on_progress

    def read(self, plan: Plan) -> list[ReadOut]:
        """Read everything."""
        with collecting_less():
            self._work = Work(plan, _shard(plan, self._catalog, 0, 1), self._on_piece, self._on_progress)
            return [self._work.read()]

    def judge(self, run: str, until: int) -> list[Judged]:
        """Judge everything."""
        with collecting_less():
            return [self._work.judge(run, until)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""


class Crew:
    """So many shards, each judged in a process of its own."""

    def __init__(self, of: int, on_piece: OnPiece, on_progress: OnProgress) -> None:
        self._on_piece = on_piece
        self._on_progress = on_progress
        context = get_context("spawn")
        self._ends: list[Connection[Any, Any]] = []
        self._processes = []
        for number in range(of):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, number, of), daemon=True)
            process.start()
            theirs.close()
            self._ends.append(ours)
            self._processes.append(process)

    def read(self, plan: Plan) -> list[ReadOut]:
        """Have each shard read; of several that stop at a record the first in the log is raised."""
        return self._all(plan)

    def judge(self, run: str, until: int) -> list[Judged]:
        """Have each shard judge."""
        return self._all((run, until))

    def _all(self, task: object) -> list[Any]:
        """Give each worker the task and return their answers in order, told of progress and pieces meanwhile."""
        for end in self._ends:
            end.send(task)
        answers: dict[int, Any] = {}
        stopped: list[Stopped] = []
        while len(answers) < len(self._ends):
            waiting = {number: end for number, end in enumerate(self._ends) if number not in answers}
            ready = wait(list(waiting.values()))
            for number in (number for number, end in waiting.items() if end in ready):
                what, answer = self._received(number)
                match what:
                    case "progress":
                        self._on_progress(*answer)
                    case "piece":
                        self._on_piece(*answer)
                    case "stopped":
                        stopped.append(Stopped(answer))
                        answers[number] = None
                    case "failed":
                        raise WorkerFailed(answer)
                    case _:
                        answers[number] = answer
        if stopped:
            raise min(stopped, key=lambda one: (one.aside.input, one.aside.seq))
        return [answers[number] for number in range(len(self._ends))]

    def _received(self, number: int) -> tuple[str, Any]:
        try:
            what, answer = self._ends[number].recv()
        except EOFError:
            process = self._processes[number]
            process.join()
            raise WorkerFailed(f"第 {number + 1} 个判定进程意外退出（{process.exitcode}）") from None
        return what, answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; they hold nothing that is not on disk."""
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.join(timeout=1)
            if process.is_alive():
                process.terminate()
                process.join()


def _work(end: "Connection[Any, Any]", number: int, of: int) -> None:
    """Be a worker: do the two tasks it is given, and answer. Ends when the other side does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal interrupts all; the parent decides
    try:
        try:
            plan: Plan = end.recv()
            with collecting_less():
                catalog = load_catalog(plan.catalog, plan.profile)
                if catalog.edition != plan.edition:
                    raise WorkerFailed(f"目录在读取中变了：{plan.edition}，现为 {catalog.edition}")  # noqa: TRY301
                work = Work(
                    plan,
                    _shard(plan, catalog, number, of),
                    lambda table, piece: end.send(("piece", (table, piece))),
                    lambda *progress: end.send(("progress", progress)),
                )
                gc.freeze()
                end.send(("answer", work.read()))
                run, until = end.recv()
                end.send(("answer", work.judge(run, until)))
        except Stopped as stop:
            end.send(("stopped", stop.aside))
        except (EOFError, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001 - whatever it is, the parent is to say it
            end.send(("failed", format_exc()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is gone


@contextmanager
def collecting_less() -> Iterator[None]:
    """Have the collector of garbage run seldom: of a million facts none is garbage."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
