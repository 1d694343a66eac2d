"""/health/live, /health/ready, /metrics: for who runs the worker."""

from collections.abc import Callable, Iterable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from streams.board.shut import admitted, with_cookie

Ready = Callable[[], str]
"""Why the worker is not ready; empty where it is."""


class Endpoint:
    """An HTTP server of the worker. ``port`` is the one it listens on once started."""

    def __init__(self, host: str, port: int, token: str | None = None) -> None:
        self.host = host
        self.port = port
        self.app = web.Application(middlewares=[_guard(token)] if token else [])
        self._runner = web.AppRunner(self.app, access_log=None)

    async def start(self) -> None:
        """Listen; OSError where the address cannot be had."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()


def health(ready: Ready, registry: CollectorRegistry) -> Iterable[web.RouteDef]:
    """Return the routes of health and figures."""

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def is_ready(_request: web.Request) -> web.Response:
        why = ready()
        return web.json_response(
            {"status": "ready"} if not why else {"status": "not ready", "why": why}, status=503 if why else 200
        )

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/health/live", live), web.get("/health/ready", is_ready), web.get("/metrics", metrics)]


def _guard(token: str) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == "/health/live" or admitted(request, token):
            return await handler(request)
        first = with_cookie(request, token)
        if first is None:
            raise web.HTTPUnauthorized(text="需要令牌：Authorization: Bearer …，浏览器则在地址后加 ?token=…")
        return first

    return guard
