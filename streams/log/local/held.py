"""The one open file of a folder in this process, shared by all that use it, on one event loop.

Appends that wait for the same transaction are written together: one sync pays for all of them.
"""

import asyncio
import fcntl
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from streams.log.errors import LogFailed, LogLocked
from streams.log.local.file import Clock, LogFile, Write
from streams.log.record import New

LOCK = "log.lock"

T = TypeVar("T")

_held: dict[Path, "Held"] = {}


class Held:
    """An open file with its two threads. ``listeners`` are called on the loop after each append."""

    def __init__(self, file: LogFile, lock: int | None) -> None:
        self.file = file
        self.loop = asyncio.get_running_loop()
        self.holders = 0
        self.listeners: set[Callable[[], object]] = set()
        self._lock = lock
        self._reader = ThreadPoolExecutor(1, "log-read")
        self._writer = ThreadPoolExecutor(1, "log-write")
        self._waiting: list[tuple[Write, asyncio.Future[None]]] = []
        self._draining: asyncio.Task[None] | None = None

    async def append(self, topic: str, partition: int, records: Sequence[New]) -> None:
        """Append records together with whatever else waits, and return once they are durable."""
        done: asyncio.Future[None] = self.loop.create_future()
        self._waiting.append((Write(topic, partition, records), done))
        if self._draining is None:
            self._draining = self.loop.create_task(self._drain())
        await done

    async def write(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a function of the file returns, run by the writing thread."""
        return await self.loop.run_in_executor(self._writer, function, *arguments)

    async def read(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a function of the file returns, run by the reading thread."""
        return await self.loop.run_in_executor(self._reader, function, *arguments)

    async def _drain(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            failed: Exception | None = None
            try:
                await self.write(self.file.write, [write for write, _ in taken])
            except Exception as err:  # noqa: BLE001 - whoever appended is told, whatever it was
                failed = err
            else:
                for listener in tuple(self.listeners):
                    listener()
            for _, done in taken:
                if done.done():
                    continue
                if failed is None:
                    done.set_result(None)
                else:
                    done.set_exception(failed)
        self._draining = None

    async def close(self) -> None:
        """Write what waits, close the file and give up the lock."""
        if self._draining is not None:
            await self._draining
        self._reader.shutdown()
        self._writer.shutdown()
        self.file.close()
        if self._lock is not None:
            os.close(self._lock)


def hold(folder: Path, clock: Clock) -> Held:
    """Return the open file of a folder, which is made where there is none; LogLocked, LogFailed."""
    held = _held.get(folder)
    if held is None:
        held = _held[folder] = _open(folder, clock)
    elif held.loop is not asyncio.get_running_loop():
        raise LogFailed(f"{folder} 中的日志正由本进程的另一个事件循环使用")
    held.holders += 1
    return held


async def release(held: Held) -> None:
    """Give a file back; the last one to do so closes it."""
    held.holders -= 1
    if held.holders == 0:
        del _held[held.file.folder]
        await held.close()


def _open(folder: Path, clock: Clock) -> Held:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as err:
        raise LogFailed(f"{folder} 中建不了日志：{err}") from err
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return Held(LogFile(folder, read_only=False, clock=clock), lock)
    except BlockingIOError:
        os.close(lock)
        raise LogLocked(f"{folder} 中的日志正由另一个进程写入；只读可以同时打开") from None
    except BaseException:
        os.close(lock)
        raise
