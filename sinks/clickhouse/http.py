"""The ClickHouse HTTP interface over the embedded engine, for reading: any ClickHouse client or Grafana may ask.

GET and POST ``/?query=…`` with ``database``, ``default_format``, ``param_…`` and settings as ClickHouse has them, the
answer in any format of the engine; errors carry their number and HTTP status as ClickHouse's do. One statement, a
question (``guard``), in a session of its own (``reading``). Nothing is heeded that would change anything.
"""

import asyncio
import base64
import binascii
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from struct import pack
from uuid import uuid4

from aiohttp import hdrs, web

from sinks.clickhouse.database import DATABASE
from sinks.clickhouse.engine import Connection
from sinks.clickhouse.errors import StoreAway, StoreFailed
from sinks.clickhouse.guard import NotAllowed, question
from sinks.clickhouse.reading import Limits, Reader

LONGEST = 1 << 20
"""Bytes of a question at most."""
HELLO = "SELECT displayName(), version(), revision(), timezone()"
"""What clickhouse-go asks first, to learn how blocks in the Native format are to be written for it."""
_CUSTOM_SERIALIZATION = 54454
_REQUIRED_PASSWORD, _WRONG_PASSWORD, _UNSUPPORTED = 194, 516, 48
_STATUS: Mapping[int, int] = {
    **dict.fromkeys((26, 27, 36, 38, 41, 42, 43, 52, 53, 62, 69, 70, 72, 321, 386, 456, 457), 400),
    **dict.fromkeys((46, 47, 50, 56, 60, 73, 81, 115), 404),
    _UNSUPPORTED: 501,
    159: 408,
    _REQUIRED_PASSWORD: 401,
    _WRONG_PASSWORD: 403,
}
"""HTTP status of an error by its number, 500 where none is named: as ClickHouse answers."""
_TYPES = {
    "JSON": "application/json; charset=UTF-8",
    "CSV": "text/csv; charset=UTF-8; header=absent",
    "CSVWithNames": "text/csv; charset=UTF-8; header=present",
    "TabSeparated": "text/tab-separated-values; charset=UTF-8",
    "TSV": "text/tab-separated-values; charset=UTF-8",
    "XML": "application/xml; charset=UTF-8",
    **dict.fromkeys(("Native", "RowBinary", "Arrow", "ArrowStream", "Parquet"), "application/octet-stream"),
}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HttpReader:
    """The interface, started and stopped with the worker that owns the engine; stop it before the engine is closed."""

    def __init__(self, engine: Connection, *, limits: Limits | None = None, password: str | None = None) -> None:
        """``password`` is asked of everybody, whatever the user's name; without one only this machine is answered."""
        self._reader = Reader(engine, limits)
        self._password = password
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 8123) -> int:
        """Listen and return the port, which is a free one for 0. OSError where it cannot be had.

        Without a password any address but a loopback one is a ValueError.
        """
        if self._password is None and host not in _LOOPBACK:
            raise ValueError(f"ClickHouse HTTP 接口不设口令时只能监听本机，不能监听 {host}")
        self._runner = web.AppRunner(self.app(), handler_cancellation=True, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound: int = self._runner.addresses[0][1]
        return bound

    async def stop(self) -> None:
        """Answer nothing any more; questions that run are ended."""
        await asyncio.to_thread(self._reader.close)
        if self._runner is not None:
            await self._runner.cleanup()

    def app(self) -> web.Application:
        """Return the application, to be served together with others."""
        app = web.Application(client_max_size=LONGEST)
        app.router.add_get("/ping", _ok)
        app.router.add_get("/replicas_status", _ok)
        app.router.add_route("*", "/", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        about = {"X-ClickHouse-Query-Id": request.query.get("query_id") or str(uuid4())}
        try:
            self._admit(request)
            body, form = await self._asked(request)
        except (NotAllowed, StoreFailed, StoreAway) as error:
            return _refusal(error, about)
        about |= {"X-ClickHouse-Format": form, "X-ClickHouse-Timezone": "Etc/UTC", "X-ClickHouse-Summary": "{}"}
        answer = web.Response(body=body, headers={**about, hdrs.CONTENT_TYPE: _content_type(form)})
        if request.query.get("enable_http_compression") in {"1", "true"}:
            answer.enable_compression()
        return answer

    async def _asked(self, request: web.Request) -> tuple[bytes, str]:
        if request.method not in {"GET", "POST", "HEAD"}:
            raise NotAllowed(_UNSUPPORTED, f"Method {request.method} is not supported")
        given = request.query
        if not (text := await _statement(request)).strip():
            return b"Ok.\n", "TabSeparated"
        if given.get("compress") in {"1", "true"} or given.get("decompress") in {"1", "true"}:
            raise NotAllowed(_UNSUPPORTED, "Compressed blocks are not supported; use Accept-Encoding: gzip")
        asked = question(text)
        form = asked.form or request.headers.get("X-ClickHouse-Format") or given.get("default_format") or "TabSeparated"
        params = {name.removeprefix("param_"): value for name, value in given.items() if name.startswith("param_")}
        database = given.get("database") or request.headers.get("X-ClickHouse-Database") or DATABASE
        if form == "Native" and " ".join(asked.text.split()) == HELLO:
            rows = await self._reader.answer(asked, "TabSeparated", database=database)
            return hello(rows.decode().rstrip("\n").split("\t"), _number(given.get("client_protocol_version"))), form
        return await self._reader.answer(asked, form, params=params, settings=given, database=database), form

    def _admit(self, request: web.Request) -> None:
        if self._password is None:
            if _host_of(request) not in _LOOPBACK:
                raise NotAllowed(_WRONG_PASSWORD, "Only this machine is answered")
        elif (given := _password_of(request)) is None:
            raise NotAllowed(_REQUIRED_PASSWORD, "Password required")
        elif not hmac.compare_digest(given.encode(), self._password.encode()):
            raise NotAllowed(_WRONG_PASSWORD, "Authentication failed: password is incorrect")


def hello(values: list[str], revision: int) -> bytes:
    """Return who answers (name, version, revision, zone) in the Native format as a client of a revision reads it.

    The revision said is the client's wish where that is the plain form, else 0: all else is answered in the plain form,
    the only one the engine writes, and a client that heeds what is said here reads it as such.
    """
    name, version, own, zone = values
    plain = int(own) if not revision else 0
    columns = (
        ("displayName()", "String", _text(name)),
        ("version()", "String", _text(version)),
        ("revision()", "UInt32", pack("<I", plain)),
        ("timezone()", "String", _text(zone)),
    )
    info = b"\x01\x00\x02" + pack("<i", -1) + b"\x00" if revision else b""
    flag = b"\x00" if revision >= _CUSTOM_SERIALIZATION else b""
    return info + b"\x04\x01" + b"".join(_text(title) + _text(kind) + flag + data for title, kind, data in columns)


def _text(value: str) -> bytes:
    data = value.encode()[:127]
    return bytes((len(data),)) + data


async def _ok(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="Ok.\n")


async def _statement(request: web.Request) -> str:
    if request.content_type.startswith("multipart/"):
        raise NotAllowed(_UNSUPPORTED, "External tables are not supported")
    try:
        body = (await request.read()).decode()
    except UnicodeDecodeError:
        raise NotAllowed(62, "The question is not UTF-8") from None
    return "\n".join(part for part in (request.query.get("query", ""), body) if part)


def _refusal(error: NotAllowed | StoreFailed | StoreAway, about: dict[str, str]) -> web.Response:
    said = str(error)
    code = error.code if not isinstance(error, StoreAway) else _code_in(said)
    if isinstance(error, NotAllowed):
        said = f"Code: {code}. DB::Exception: {said}"
    about = {**about, "X-ClickHouse-Exception-Code": str(code or 0)}
    if code == _REQUIRED_PASSWORD:
        about[hdrs.WWW_AUTHENTICATE] = 'Basic realm="ClickHouse"'
    return web.Response(text=f"{said}\n", status=_STATUS.get(code or 0, 500), headers=about)


def _code_in(said: str) -> int:
    digits = said.removeprefix("Code: ").partition(".")[0]
    return _number(digits)


def _content_type(form: str) -> str:
    whole = next((name for name in _TYPES if form == name), None)
    family = next((name for name in _TYPES if form.startswith(name)), None)
    return _TYPES.get(whole or family or "", "text/plain; charset=UTF-8")


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def _host_of(request: web.Request) -> str:
    """Return the host a request names: a page from elsewhere that leads its name to this machine is told by it."""
    host = request.host
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _password_of(request: web.Request) -> str | None:
    if (key := request.headers.get("X-ClickHouse-Key") or request.query.get("password")) is not None:
        return key
    kind, _, value = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    try:
        if kind.lower() == "basic":
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None
    return value if kind.lower() == "bearer" else None
