"""The shards of a replay, judged in this process or each in one of its own.

Processes are spawned, never forked: the database engine does not survive a fork. Each reads the source itself and
decodes only what is its own; what it stores goes to files, what was said comes back at the end.
"""

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from traceback import format_exc
from typing import Any, Self

from rules.catalog.index import Catalog
from rules.catalog.loading import load_documents
from rules.registry import PARAMS
from streams.replay.shard import Judged, Stopped
from streams.replay.work import OnPiece, OnProgress, Plan, ReadOut, Work, shard_of_plan


class WorkerFailed(Exception):
    """A process of the replay broke off: a fault of this program, or the machine ran out of memory."""


def load_catalog(source: str | Path, profile: str | None) -> Catalog:
    """Return a catalogue for judging; CatalogErrors or UnknownProfile where it cannot be used."""
    return Catalog(load_documents(source), PARAMS.values(), forced=profile)


class Alone:
    """One shard, judged in this process."""

    def __init__(self, catalog: Catalog, on_piece: OnPiece, on_progress: OnProgress) -> None:
        self._catalog = catalog
        self._on_piece = on_piece
        self._on_progress = on_progress

    def read(self, plan: Plan) -> list[ReadOut]:
        """Read everything."""
        with collecting_less():
            self._work = Work(plan, shard_of_plan(plan, self._catalog, 0, 1), self._on_piece, self._on_progress)
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
            with suppress(BrokenPipeError, ConnectionResetError):  # of a process that is gone, listening tells
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
        except (EOFError, ConnectionResetError):
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
                    shard_of_plan(plan, catalog, number, of),
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
    """Have the collector of garbage look at little at a time, and only once: of a million facts none is garbage."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, 2, 5_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
