"""The addresses of the board.

``/`` and ``/screen/KEY`` show a screen, ``/case/ID`` one case, ``/case/ID/why?rule=RULE`` what a rule answers of it,
``/card/ID`` a card line by line. ``/data/KEY/PANEL`` is the answer of a panel, ``/choices/KEY/NAME`` what a control
offers, ``/marks/KEY`` what is marked on time axes, ``/live`` what is new.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import msgspec
from aiohttp import hdrs, web

from dashboards.model.looks import COLOURS, LEVELS
from dashboards.model.query import Query
from dashboards.model.screen import Choice, Screen
from dashboards.screens import BY_KEY
from rules.registry import BY_ID
from rules.verdicts import NEVER
from sinks.clickhouse.errors import StoreAway, StoreFailed, StoreMissing
from sinks.clickhouse.reading import Busy
from streams.board import pages
from streams.board.asking import Asking, Version
from streams.board.chosen import Chosen, NotChosen, chosen
from streams.board.files import shipped
from streams.board.news import News
from streams.board.reasons import Explained, Reasons
from streams.board.shown import HOME, OF_CASE
from streams.board.shut import guarded

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MANY = 1000
"""Bytes from which on compressing pays."""


class Routes:
    """Handlers of the board's addresses."""

    def __init__(self, asking: Asking, reasons: Reasons, version: Version) -> None:
        self._asking = asking
        self._news = News(asking)
        self._reasons = reasons
        self._version = version
        self._files = shipped()

    def defined(self, *, loopback_only: bool) -> list[web.RouteDef]:
        """Return the routes; without a token they answer this machine only."""
        table: dict[str, Handler] = {
            "/": self._screen,
            "/screen/{key}": self._screen,
            "/case/{case_id}": self._case,
            "/case/{case_id}/why": self._why,
            "/card/{card_id}": self._card,
            "/data/{key}/{panel}": self._data,
            "/choices/{key}/{name}": self._choices,
            "/marks/{key}": self._marks,
            "/live": self._live,
            "/static/{name}": self._static,
        }
        return [web.get(path, guarded(_caught(one), loopback_only=loopback_only)) for path, one in table.items()]

    async def _screen(self, request: web.Request) -> web.StreamResponse:
        screen = _screen_of(request, HOME)
        case_id = request.query.get("case", "").strip() if screen.key == OF_CASE else ""
        if case_id:
            raise web.HTTPFound(pages.case_path(case_id))
        return _page(pages.screen_page(screen, await self._chosen(screen, request), list(request.query.items())))

    async def _case(self, request: web.Request) -> web.StreamResponse:
        screen, case_id = BY_KEY[OF_CASE], request.match_info["case_id"]
        given = [*request.query.items(), ("case", case_id)]
        looked = chosen(screen, given, (await self._news.current()).now_ms)
        return _page(pages.screen_page(screen, looked, given, case_id=case_id))

    async def _why(self, request: web.Request) -> web.StreamResponse:
        case_id, rule_id = request.match_info["case_id"], request.query.get("rule", "").strip().upper()
        statement = await self._reasons.rule(case_id, rule_id)
        if statement is None:
            return _missing("没有这个答案", f"没有办件「{case_id}」，或没有对办件的规则「{rule_id}」。")
        return _page(pages.statement_page(statement, heading=f"{BY_ID[rule_id].name}：为什么", case_id=case_id))

    async def _card(self, request: web.Request) -> web.StreamResponse:
        card_id = request.match_info["card_id"].strip().upper()
        found = await self._reasons.card(card_id)
        if found is None:
            return _missing("没有这张信号", f"存储里没有监察信号「{card_id}」。")
        return _page(_explained(found))

    async def _data(self, request: web.Request) -> web.StreamResponse:
        screen = _screen_of(request)
        try:
            panel = screen.panel(request.match_info["panel"])
        except KeyError:
            raise web.HTTPNotFound(text="没有这个面板") from None
        looked = await self._chosen(screen, request)
        answer = await self._answered(panel.query, looked)
        answer.headers["X-Range"] = f"{looked.start},{looked.end}"
        return answer

    async def _choices(self, request: web.Request) -> web.StreamResponse:
        screen = _screen_of(request)
        name = request.match_info["name"]
        found = next((one for one in screen.variables if isinstance(one, Choice) and one.name == name), None)
        if found is None:
            raise web.HTTPNotFound(text="没有这个选项")
        return await self._answered(found.query, await self._chosen(screen, request))

    async def _marks(self, request: web.Request) -> web.StreamResponse:
        screen = _screen_of(request)
        looked = await self._chosen(screen, request)
        answers = [
            f'{{"name":{msgspec.json.encode(one.name).decode()},"colour":"{one.colour.name.lower()}","answer":'.encode()
            + await self._asking.answer(one.query, looked.parameters(one.query))
            + b"}"
            for one in screen.annotations
        ]
        return _json(b"[" + b",".join(answers) + b"]")

    async def _live(self, request: web.Request) -> web.StreamResponse:
        version = self._version()
        current = await self._news.current()
        said: dict[str, object] = {"version": str(version), "run": current.run, "now": current.now}
        if request.query.get("since") != str(version):
            said["news"] = await self._news.latest()
        return _json(msgspec.json.encode(said))

    async def _static(self, request: web.Request) -> web.StreamResponse:
        found = self._files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound(text="没有这个文件")
        about = {hdrs.CACHE_CONTROL: "no-cache", hdrs.ETAG: f'"{found.etag}"'}
        if request.headers.get(hdrs.IF_NONE_MATCH) == f'"{found.etag}"':
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=about)
        return _compressed(web.Response(body=found.content, headers=about, content_type=found.type, charset="utf-8"))

    async def _chosen(self, screen: Screen, request: web.Request) -> Chosen:
        return chosen(screen, request.query.items(), (await self._news.current()).now_ms)

    async def _answered(self, query: Query, looked: Chosen) -> web.StreamResponse:
        return _json(await self._asking.answer(query, looked.parameters(query)))


def _explained(found: Explained) -> str:
    card = found.stored.card
    level = next(one.text for one in LEVELS if one.value == card.level.code)
    badge = COLOURS[card.level].name.lower(), level if card.ended >= NEVER else f"{level}（条件已结束）"
    heading = f"{BY_ID[card.rule_id].name} {card.card_id}"
    return pages.statement_page(found.statement, heading=heading, badge=badge, case_id=found.case_id, note=found.note)


def _screen_of(request: web.Request, default: str = "") -> Screen:
    screen = BY_KEY.get(request.match_info.get("key", default))
    if screen is None:
        raise web.HTTPNotFound(text="没有这个看板")
    return screen


def _caught(handler: Handler) -> Handler:
    """Return a handler that says in words what cannot be answered, as a page or as JSON, as it was asked."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotChosen as error:
            return _refused(request, 400, str(error))
        except web.HTTPNotFound as error:
            return _refused(request, 404, error.text or "没有")
        except StoreMissing as error:
            return _refused(request, 404, str(error))
        except Busy:
            return _refused(request, 503, "问的人太多，请稍候")
        except (StoreFailed, StoreAway) as error:
            return _refused(request, 500, f"存储没有答复：{str(error)[:300]}")

    return answer


def _refused(request: web.Request, status: int, message: str) -> web.Response:
    if request.path.startswith(("/data/", "/choices/", "/marks/", "/live", "/static/")):
        return web.json_response({"error": message}, status=status)
    return _page(pages.trouble_page("不能显示", message), status)


def _missing(title: str, message: str) -> web.Response:
    return _page(pages.trouble_page(title, message), 404)


def _page(text: str, status: int = 200) -> web.Response:
    about = {hdrs.CACHE_CONTROL: "no-store"}
    return _compressed(web.Response(text=text, status=status, content_type="text/html", headers=about))


def _json(body: bytes) -> web.Response:
    about = {hdrs.CACHE_CONTROL: "no-store"}
    return _compressed(web.Response(body=body, content_type="application/json", headers=about))


def _compressed(response: web.Response) -> web.Response:
    if response.body is not None and len(response.body) > MANY:  # type: ignore[arg-type]  # ours are bytes
        response.enable_compression()
    return response
