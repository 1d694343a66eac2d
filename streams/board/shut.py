"""Who may look, and what every answer says to the browser about safety.

Without a token only this machine is answered, under its own name: a page from elsewhere that leads its name here is
told by it. With one, it comes as ``Authorization: Bearer``, or once as ``?token=``, which is answered by a cookie that
proves it and holds nothing of it.
"""

from hashlib import sha256
from hmac import compare_digest, new

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

COOKIE = "jiancha"
PARAMETER = "token"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def admitted(request: web.Request, token: str) -> bool:
    """Return whether a request brings the token, or the cookie that proves it once did."""
    bearer = request.headers.get(hdrs.AUTHORIZATION, "").removeprefix("Bearer ")
    cookie = request.cookies.get(COOKIE, "")
    return _same(bearer, token) or _same(cookie, _proof(token))


def with_cookie(request: web.Request, token: str) -> web.Response | None:
    """Return the answer to an address that brings the token: a cookie, and the way to it without. None for others."""
    if request.method != hdrs.METH_GET or not _same(request.query.get(PARAMETER, ""), token):
        return None
    rest = [(name, value) for name, value in request.query.items() if name != PARAMETER]
    there = request.rel_url.with_query(rest)
    answer = web.Response(status=302, headers={hdrs.LOCATION: f"/{str(there).lstrip('/')}", **HEADERS})
    answer.set_cookie(COOKIE, _proof(token), httponly=True, samesite="Lax", secure=request.secure, path="/")
    return answer


def guarded(handler: Handler, *, loopback_only: bool) -> Handler:
    """Return a handler that sets the headers, and answers only under this machine's own names where it must."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if loopback_only and _host_of(request) not in LOOPBACK:
            raise web.HTTPForbidden(text="只答本机：请用 http://127.0.0.1 打开", headers=HEADERS)
        response = await handler(request)
        response.headers.update(HEADERS)
        return response

    return answer


def _proof(token: str) -> str:
    return new(token.encode(), b"jiancha board", sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())


def _host_of(request: web.Request) -> str:
    host = request.host
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
