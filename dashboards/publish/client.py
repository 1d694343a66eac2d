"""Grafana's API, over grafana-api; what that library gets wrong ends here.

It reads every answer as JSON (an empty 204 is then an error), looks for a message in whatever a refusal holds (a number
there is a TypeError), puts a proxy's whole page into its message, follows redirects (a POST arrives as a GET) and waits
for nobody. So the answer is looked at as it comes in, and errors are told from it, not from what the library raises.
"""

import re
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from grafana_api.grafana_api import GrafanaAPI, GrafanaException
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from dashboards.publish.errors import (
    Away,
    Conflict,
    Forbidden,
    Missing,
    Overtaken,
    PublishError,
    Redirected,
    Refused,
    Strange,
    Unauthorised,
)

PROXIES = frozenset({502, 503, 504})
"""Statuses a proxy answers with while Grafana is away."""
_TITLE = re.compile(r"<title>([^<]{1,80})", re.IGNORECASE)
_LONGEST = 200


class Grafana:
    """One Grafana: its address, a token. Use it as a context, or close it.

    Reading is tried again ``tries`` times where a proxy says Grafana is away, waiting ``pause`` seconds, then twice
    that, and so on. Writing is never repeated: whether it was done is not known.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout: float = 10,
        tries: int = 3,
        pause: float = 0.5,
        verify: bool | str = True,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Refused(
                f"Grafana 的地址 {url!r} 不对，应如 https://grafana.example.cn 或 http://127.0.0.1:3000/grafana"
            )
        if not token.strip():
            raise Unauthorised("没有 Grafana 令牌；请用服务账号的令牌，放在文件或环境变量里")
        self.url = url.rstrip("/")
        path = parts.path.strip("/")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self._api: Any = GrafanaAPI(
            token.strip(),
            host=host,
            port=parts.port,
            url_path_prefix=f"{path}/" if path else "",
            protocol=parts.scheme,
            verify=verify,
            timeout=timeout,
        )
        self._session: requests.Session = self._api.s
        self._session.max_redirects = 0
        retry = Retry(
            total=tries,
            backoff_factor=pause,
            status_forcelist=PROXIES,
            allowed_methods={"GET"},
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        self._answer: requests.Response | None = None
        self._session.hooks["response"].append(self._seen)

    def find(self, path: str) -> Any:
        """Return what is at a path of the API; None where nothing is."""
        try:
            return self.get(path)
        except Missing:
            return None

    def get(self, path: str) -> Any:
        """Return what is at a path of the API; Missing where nothing is."""
        return self._asked("GET", path, None)

    def post(self, path: str, body: Any) -> Any:
        """Return what Grafana answers to something new."""
        return self._asked("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        """Return what Grafana answers to something changed."""
        return self._asked("PUT", path, body)

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _seen(self, response: requests.Response, *_: Any, **__: Any) -> None:
        self._answer = response

    def _asked(self, verb: str, path: str, body: Any) -> Any:
        self._answer = None
        try:
            return getattr(self._api, verb)(path, json=body)
        except requests.TooManyRedirects:
            raise Redirected(f"{self.url} 转到 {self._led_to()}；请直接写那个地址") from None
        except requests.JSONDecodeError:
            return self._read_anyway(verb, path)
        except (GrafanaException, TypeError):
            raise self._refusal(verb, path) from None
        except requests.exceptions.SSLError as err:
            raise Away(f"{self.url} 的证书没有通过校验：{err.__class__.__name__}；用 --ca 指明签发机构的证书") from None
        except requests.RequestException as err:
            raise Away(f"连不上 Grafana {self.url}：{err.__class__.__name__}；请看地址、网络和它是否在运行") from None

    def _led_to(self) -> str:
        answer = self._answer
        return "别处" if answer is None else answer.headers.get("Location", "别处")

    def _read_anyway(self, verb: str, path: str) -> Any:
        """Return the empty answer of something done without words; Strange where it is a page."""
        answer = self._answer
        if answer is not None and answer.ok and not answer.content.strip():
            return {}
        raise Strange(f"{verb} {path}：回答的不是接口数据{_page(answer)}；地址或中间的代理不对，或须先登录")

    def _refusal(self, verb: str, path: str) -> PublishError:
        answer = self._answer
        if answer is None:
            raise Strange(f"{verb} {path}：没有得到回答")
        status, asked = answer.status_code, f"{verb} {path}"
        said = _words(answer)
        if status in PROXIES:
            return Away(f"{asked}：{status}，Grafana 暂时没有应答{_page(answer)}；请稍后再试")
        match status:
            case 500:
                return Refused(f"{asked}：500，Grafana 内部出错：{said}")
            case 401:
                return Unauthorised(f"{asked}：401，令牌不对、过期或已停用：{said}")
            case 403:
                return Forbidden(f"{asked}：403，令牌的权限不够，须有文件夹和看板的写权限（Editor）：{said}")
            case 404:
                return Missing(f"{asked}：404，没有这个地址或对象：{said}")
            case 409:
                return Conflict(f"{asked}：409，同名的已经存在：{said}")
            case 412:
                return Overtaken(
                    f"{asked}：412，看板在此期间被别人保存过，或同一文件夹里已有同名看板：{said}；请重新 plan"
                )
            case _:
                return Refused(f"{asked}：{status}，Grafana 不接受：{said}")


def _words(answer: requests.Response) -> str:
    """Return what Grafana says of a refusal, in one short line, whatever form it has."""
    try:
        told = answer.json()
    except ValueError:
        return f"（网页{_page(answer)}）" if _is_page(answer) else answer.text[:_LONGEST].strip() or "没有说明"
    if isinstance(told, dict):
        parts: Iterable[Any] = (told.get(name) for name in ("message", "error", "status", "messageId"))
        return next((str(part)[:_LONGEST] for part in parts if part), "没有说明")
    return str(told)[:_LONGEST]


def _is_page(answer: requests.Response) -> bool:
    return answer.text.lstrip()[:1] == "<"


def _page(answer: requests.Response | None) -> str:
    """Return the title of a page, in brackets; empty where there is none."""
    found = _TITLE.search(answer.text) if answer is not None and _is_page(answer) else None
    return f"「{found[1].strip()}」" if found else ""
