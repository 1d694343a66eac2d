"""Whether this Grafana and its plugin are new enough for what we write."""

import re
from collections.abc import Mapping
from typing import Any

from dashboards.grafana.wire import PLUGIN
from dashboards.publish.client import Grafana
from dashboards.publish.errors import Away, Forbidden, TooOld

GRAFANA, PLUGIN_OLDEST = (11, 5), (4, 14)
_NUMBERS = re.compile(r"(\d+)\.(\d+)")

Version = tuple[int, int]


def version_of(text: str) -> Version | None:
    """Return major and minor of a version; None where there is none. ``12.0.0+security-01`` is (12, 0)."""
    found = _NUMBERS.match(text.strip().removeprefix("v"))
    return (int(found[1]), int(found[2])) if found else None


def pass_gate(grafana: Grafana) -> str:
    """Return Grafana's version; Away where its database is not well, TooOld where it or its plugin is not enough."""
    health = grafana.get("/health")
    if not isinstance(health, Mapping) or health.get("database", "ok") != "ok":
        raise Away(f"{grafana.url} 不健康：{health}；请稍后再试")
    text = str(health.get("version") or _hidden_version(grafana))
    version = version_of(text)
    if version is None:
        raise TooOld(f"{grafana.url} 没有说出版本（{text or '空'}），不能确认它不低于 {_written(GRAFANA)}")
    if version < GRAFANA:
        raise TooOld(f"{grafana.url} 的版本 {text} 低于 {_written(GRAFANA)}，看板不能保证显示正确")
    _plugin(grafana)
    return text


def _hidden_version(grafana: Grafana) -> str:
    """Return the version from the settings of the front end: administrators may hide it from the health page."""
    settings = grafana.find("/frontend/settings")
    built: Any = settings.get("buildInfo", {}) if isinstance(settings, Mapping) else {}
    return str(built.get("version", "")) if isinstance(built, Mapping) else ""


def _plugin(grafana: Grafana) -> None:
    """Raise TooOld where the plugin is missing or old; a token that may not see plugins lets it pass."""
    try:
        found = grafana.find(f"/plugins/{PLUGIN}/settings")
    except Forbidden:
        return
    if found is None:
        raise TooOld(f"{grafana.url} 没有安装插件 {PLUGIN}；请安装 {_written(PLUGIN_OLDEST)} 以上")
    text = str(found.get("info", {}).get("version", ""))
    version = version_of(text)
    if version is None or version < PLUGIN_OLDEST:
        raise TooOld(f"插件 {PLUGIN} 的版本 {text or '未知'} 低于 {_written(PLUGIN_OLDEST)}；请升级")


def _written(version: Version) -> str:
    return ".".join(map(str, version))
