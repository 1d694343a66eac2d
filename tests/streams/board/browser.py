"""A real browser, Debian's Chromium without a window, driven over its DevTools protocol."""

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60.0
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--no-proxy-server",
    "--remote-debugging-port=0",
)


def chromium() -> str:
    """Return the browser. It is a part of the system, not of any Python package: where there is none that is said."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("没有 Chromium（Debian：apt-get install chromium），看板未在真浏览器里检验")
    return found


class Tab:
    """One page of the browser. ``said`` holds what scripts complained of, and what the browser refused."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.said: list[str] = []
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    async def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return what the browser answers to a command."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(self._waiting[number], PATIENCE)

    async def resize(self, width: int, height: int) -> None:
        """Make the window that large."""
        await self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    async def go(self, url: str, ready: str = "document.body.dataset.ready === 'yes'") -> None:
        """Open an address and return once a condition holds in it."""
        await self.ask("Page.navigate", url=url)
        await self.until(f"location.href.startsWith({json.dumps(url.partition('#')[0])}) && {ready}")

    async def value(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        answer = await self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    async def until(self, condition: str) -> None:
        """Return once a condition holds."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(AssertionError):
                    if await self.value(f"Boolean({condition})"):
                        return
                await asyncio.sleep(0.05)

    async def press(self, key: str, code: int = 0, text: str = "") -> None:
        """Press a key and let it go."""
        said = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.ask("Input.dispatchKeyEvent", type="keyDown", **said, **({"text": text} if text else {}))
        await self.ask("Input.dispatchKeyEvent", type="keyUp", **said)

    async def picture(self, path: Path, *, whole: bool = False) -> None:
        """Write what is seen into a file, the whole page or the window."""
        answer = await self.ask("Page.captureScreenshot", captureBeyondViewport=whole)
        await asyncio.to_thread(path.write_bytes, base64.b64decode(answer["data"]))

    async def close(self) -> None:
        """Let go of the page."""
        self._reading.cancel()
        await self._socket.close()

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                waiting = self._waiting.pop(said["id"])
                if "error" in said:
                    waiting.set_exception(AssertionError(said["error"]))
                else:
                    waiting.set_result(said.get("result", {}))
            elif said["method"] == "Log.entryAdded":
                self.said.append(f"{said['params']['entry']['text']} {said['params']['entry'].get('url', '')}")
            elif said["method"] == "Runtime.exceptionThrown":
                self.said.append(json.dumps(said["params"]["exceptionDetails"]))


@contextmanager
def running(room: Path) -> Iterator[int]:
    """Give the port of a browser that runs, and end it."""
    command = [chromium(), *OPTIONS, f"--user-data-dir={room}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield asyncio.run(_port(room / "DevToolsActivePort"))
        finally:
            process.terminate()


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[Tab]:
    """Give a new page of a running browser, which is closed with the context."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        async with session.put("/json/new?about:blank") as answer:
            target = await answer.json()
        tab = Tab(await session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0))
        try:
            for part in ("Page", "Runtime", "Log"):
                await tab.ask(f"{part}.enable")
            yield tab
        finally:
            await tab.close()
            async with session.get(f"/json/close/{target['id']}"):
                pass


async def _port(path: Path) -> int:
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError, ValueError, IndexError):
                return int((await asyncio.to_thread(path.read_text, encoding="utf-8")).split()[0])
            await asyncio.sleep(0.05)
