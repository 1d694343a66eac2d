# ruff: noqa: ARG002 - all routes have one signature
"""A Grafana that answers as the HTTP API of version 11.5 is documented to: health, folders, sources, dashboards.

It keeps what it is sent as Grafana does (with ``id`` and ``version`` of its own), checks tokens and versions, and can
be told to answer one request oddly: with a proxy's page, an empty body, a bare number, a redirect.
"""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from dashboards.grafana.wire import PLUGIN

EDITOR, VIEWER = "glsa_editor", "glsa_viewer"
PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>" + b"<p>nginx</p>" * 400 + b"</body></html>"


@dataclass(frozen=True)
class Odd:
    """One answer that is not as documented."""

    status: int
    body: bytes = b""
    kind: str = "application/json"
    location: str = ""


@dataclass
class State:
    """What this Grafana holds, and every request it saw: verb and path."""

    version: str | None = "11.5.2"
    plugin: str | None = "4.14.0"
    database: str = "ok"
    folders: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=lambda: {"jiancha-clickhouse": PLUGIN})
    boards: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    provisioned: set[str] = field(default_factory=set)
    playlists: dict[str, dict[str, Any]] = field(default_factory=dict)
    odd: dict[tuple[str, str], deque[Odd]] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)

    def oddly(self, verb: str, path: str, *answers: Odd) -> None:
        """Answer the next requests of a path so."""
        self.odd[verb, path] = deque(answers)

    def written(self) -> list[tuple[str, str]]:
        """Return the requests that would change something."""
        return [one for one in self.seen if one[0] != "GET"]


Answer = tuple[int, Any]


class Api:
    """The routes, on a state."""

    def __init__(self, state: State) -> None:
        self.state = state

    def answer(self, verb: str, path: str, body: Any) -> Answer:
        """Return status and JSON of a request."""
        head, _, rest = path.removeprefix("/api/").partition("/")
        route = getattr(self, f"_{verb.lower()}_{head.replace('-', '_')}", None)
        return route(unquote(rest), body) if route is not None else (404, {"message": "Not found"})

    def _get_health(self, rest: str, body: Any) -> Answer:
        said = {"commit": "abc", "database": self.state.database}
        return 200, said | ({"version": self.state.version} if self.state.version else {})

    def _get_frontend(self, rest: str, body: Any) -> Answer:
        return 200, {"buildInfo": {"version": "11.6.0"}}

    def _get_plugins(self, rest: str, body: Any) -> Answer:
        if self.state.plugin is None or rest != f"{PLUGIN}/settings":
            return 404, {"message": "Plugin not found, no installed plugin with that id"}
        return 200, {"id": PLUGIN, "info": {"version": self.state.plugin}}

    def _get_folders(self, rest: str, body: Any) -> Answer:
        if rest not in self.state.folders:
            return 404, {"message": "folder not found", "status": "not-found"}
        return 200, {"uid": rest, "title": self.state.folders[rest]}

    def _post_folders(self, rest: str, body: Any) -> Answer:
        if body["title"] in self.state.folders.values():
            return 409, {"message": "a folder with the same name already exists"}
        self.state.folders[body["uid"]] = body["title"]
        return 200, {"uid": body["uid"], "title": body["title"]}

    def _get_datasources(self, rest: str, body: Any) -> Answer:
        uid = rest.removeprefix("uid/")
        if uid not in self.state.sources:
            return 404, {"message": "Data source not found"}
        return 200, {"uid": uid, "type": self.state.sources[uid]}

    def _get_dashboards(self, rest: str, body: Any) -> Answer:
        uid = rest.removeprefix("uid/")
        if uid not in self.state.boards:
            return 404, {"message": "Dashboard not found"}
        meta = {"folderUid": self.state.places[uid], "provisioned": uid in self.state.provisioned}
        return 200, {"dashboard": self.state.boards[uid], "meta": meta}

    def _post_dashboards(self, rest: str, body: Any) -> Answer:
        given = body["dashboard"]
        uid = given["uid"]
        there = self.state.boards.get(uid)
        if uid in self.state.provisioned:
            return 400, {"message": "Cannot save provisioned dashboard", "status": "validation-failed"}
        if there is not None and not body["overwrite"] and there["version"] != given["version"]:
            said = "The dashboard has been changed by someone else"
            return 412, {"message": said, "status": "version-mismatch"}
        version = there["version"] + 1 if there else 1
        number = there["id"] if there else len(self.state.boards) + 1
        self.state.boards[uid] = {**given, "id": number, "version": version}
        self.state.places[uid] = body["folderUid"]
        return 200, {"id": number, "uid": uid, "status": "success", "version": version, "url": f"/d/{uid}"}

    def _get_playlists(self, rest: str, body: Any) -> Answer:
        if rest:
            found = self.state.playlists.get(rest)
            return (200, found) if found is not None else (404, {"message": "Playlist not found"})
        return 200, [{"uid": uid, "name": one["name"]} for uid, one in self.state.playlists.items()]

    def _post_playlists(self, rest: str, body: Any) -> Answer:
        uid = f"pl{len(self.state.playlists) + 1}"
        self.state.playlists[uid] = {"uid": uid, **body}
        return 200, {"uid": uid, "name": body["name"]}

    def _put_playlists(self, rest: str, body: Any) -> Answer:
        self.state.playlists[rest] = {"uid": rest, **body}
        return 200, {"uid": rest}


def handler_of(state: State, prefix: str) -> type[BaseHTTPRequestHandler]:
    """Return the handler class that answers for a state."""
    api = Api(state)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def do_PUT(self) -> None:
            self._answer("PUT")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the library
            """Say nothing."""

        def _answer(self, verb: str) -> None:
            path = urlsplit(self.path).path.removeprefix(prefix)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"null")
            state.seen.append((verb, path))
            waiting = state.odd.get((verb, path))
            if waiting:
                odd = waiting.popleft()
                self._send(odd.status, odd.body, odd.kind, odd.location)
                return
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if token not in {EDITOR, VIEWER} and path != "/api/health":
                status, said = 401, {"message": "Invalid API key"}
            elif token == VIEWER and verb != "GET":
                status, said = 403, {"message": "You'll need additional permissions to perform this action."}
            else:
                status, said = api.answer(verb, path, body)
            self._send(status, json.dumps(said).encode(), "application/json", "")

        def _send(self, status: int, body: bytes, kind: str, location: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

    return Handler


@contextmanager
def running(state: State, prefix: str = "") -> Iterator[str]:
    """Run it on loopback and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(state, prefix))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
