"""The pages: a frame with everything that is known without asking the store; scripts put the numbers in."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import msgspec

from dashboards.model.links import CARD_PATH
from dashboards.model.panel import Panel
from dashboards.model.screen import Screen, Variable
from dashboards.screens import SCREENS, WALL
from rules.explain import Section, Statement
from rules.registry import CASE_RULES
from streams.board.chosen import DAY_MS, Chosen, day_of, used
from streams.board.markup import Html, tag, together
from streams.board.shown import (
    OF_CASE,
    described_as,
    offered,
    screen_data,
    screen_path,
    short_title,
    variable_data,
)

BRAND = "监察"
_CARD = re.compile(r"\b([A-Z2-7]{20})\b")
"""What a card's id looks like."""


def page(
    title: str, main: Html, *, key: str = "", about: Html | None = None, data: object = None, query: str = ""
) -> str:
    """Return a whole page. ``key`` is the screen shown, ``about`` stands beside the title, ``data`` is for scripts."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · {BRAND}"),
        tag("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/static/look.css"),
        tag("link", rel="stylesheet", href="/static/style.css"),
        tag("script", type="module", src="/static/app.js"),
    )
    body = tag(
        "body",
        tag("a", "跳到正文", class_="skip", href="#main"),
        tag(
            "header",
            tag("p", BRAND, class_="brand"),
            _nav(key, query),
            tag("p", "正在连接…", id="standing", role="status"),
            class_="top",
        ),
        tag(
            "section",
            tag("h2", "最新信号", id="news-title"),
            tag("ol", id="news", role="log", aria_live="polite", aria_labelledby="news-title"),
            class_="news",
        ),
        tag("main", tag("div", tag("h1", title), about, class_="title"), main, id="main", tabindex="-1"),
        tag("noscript", tag("p", "本页须启用 JavaScript 才能显示数字；信号的逐行说明不需要。")),
        _data(data) if data is not None else None,
    )
    return f'<!doctype html><html lang="zh-CN">{head}{body}</html>'


def screen_page(screen: Screen, chosen: Chosen, given: Sequence[tuple[str, str]], *, case_id: str = "") -> str:
    """Return the page of a screen; of the screen of one case with the case's number in its title."""
    names = [one.name for one in screen.variables]
    kept = [(name, value) for name, value in given if value and name in {*names, "from", "to"}]
    if case_id:
        kept = [("case", case_id), *(pair for pair in kept if pair[0] != "case")]
    query = _query(kept)
    data = screen_data(screen) | {"query": query, "wall": _wall(screen, query)}
    title = f"{short_title(screen)} {case_id}".strip()
    panels = tag("div", *(_panel(one) for one in screen.panels), class_="grid")
    about = tag("p", screen.description, class_="about")
    controls = _case_form(case_id) if screen.key == OF_CASE else _form(screen, chosen, kept)
    return page(title, together(controls, panels), key=screen.key, about=about, data=data, query=query)


def statement_page(
    statement: Statement, *, heading: str, badge: tuple[str, str] | None = None, case_id: str = "", note: str = ""
) -> str:
    """Return the page of an explanation, line by line. ``badge`` is a colour and a text."""
    about = together(
        tag("span", badge[1], class_=f"chip {badge[0]}") if badge else None,
        tag("p", tag("a", f"看办件 {case_id}", href=case_path(case_id)), class_="about") if case_id else None,
        tag("p", note, class_="about", role="note") if note else None,
    )
    sections = [_section(one, number) for number, one in enumerate(statement.sections)]
    return page(heading, tag("article", tag("p", statement.title, class_="subject"), *sections), about=about)


def trouble_page(title: str, message: str) -> str:
    """Return the page that says what cannot be shown, and where to go on."""
    way = tag("p", tag("a", "回到总览", href="/"))
    return page(title, tag("article", tag("p", message, role="alert"), way))


def case_path(case_id: str) -> str:
    """Return the address of a case."""
    return f"/case/{quote(case_id, safe='')}"


def _nav(key: str, query: str) -> Html:
    """Return the ways to all screens; what is chosen goes along, except the case."""
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("case="))
    items = [
        tag(
            "li",
            tag(
                "a",
                short_title(one),
                href=screen_path(one.key) + (f"?{kept}" if kept and one.key != OF_CASE else ""),
                aria_current="page" if one.key == key else None,
            ),
        )
        for one in SCREENS
    ]
    wall = tag("li", tag("a", "大屏轮播", href="/?kiosk=20", class_="wall"))
    return tag("nav", tag("ul", *items, wall), aria_label="看板")


def _wall(screen: Screen, query: str) -> Mapping[str, object]:
    """Return which screen follows on the wall, and the place of this one."""
    keys = [one.key for one in WALL]
    at = keys.index(screen.key) if screen.key in keys else -1
    kept = f"?{query}" if query else ""
    return {
        "next": screen_path(keys[(at + 1) % len(keys)]) + kept,
        "before": screen_path(keys[at - 1]) + kept,
        "place": at + 1,
        "of": len(keys),
    }


def _form(screen: Screen, chosen: Chosen, kept: Sequence[tuple[str, str]]) -> Html | None:
    variables = offered(screen)
    times = [name for name in ("from", "to") if name in used(screen)]
    if not variables and not times:
        return None
    values: dict[str, list[str]] = {}
    for name, value in kept:
        values.setdefault(name, []).append(value)
    return tag(
        "form",
        *(_choice(one, values.get(one.name, [])) for one in variables),
        *(_day(name, chosen, given=name in values) for name in times),
        tag("button", "看", type="submit"),
        tag("a", "全部清除", href=screen_path(screen.key)),
        class_="choices",
        method="get",
        action=screen_path(screen.key),
        aria_label="选择范围",
    )


def _choice(variable: Variable, values: Sequence[str]) -> Html:
    """Return a control that opens a list to tick; scripts fill it. What is chosen is there without them."""
    hidden = [tag("input", type="hidden", name=variable.name, value=value) for value in values]
    count = "全部" if not values else f"已选 {len(values)} 项"
    return tag(
        "details",
        tag("summary", f"{variable.title}：", tag("b", count)),
        tag("fieldset", tag("legend", variable.title), *hidden),
        class_="choice",
        data_name=variable.name,
        data_more=msgspec.json.encode(variable_data(variable)).decode(),
    )


def _day(name: str, chosen: Chosen, *, given: bool) -> Html:
    title, day = ("自", day_of(chosen.start)) if name == "from" else ("至", day_of(chosen.end - DAY_MS // 86_400))
    control = tag("input", type="date", name=name, value=day, data_given=given)
    return tag("label", title, control)


def _case_form(case_id: str) -> Html:
    """Return the ways to a case, and to why a rule says nothing of it."""
    number = tag("label", "办件编号", tag("input", name="case", value=case_id, required=True, autocomplete="off"))
    find = tag(
        "form", number, tag("button", "看", type="submit"), class_="choices", method="get", action="/screen/case"
    )
    if not case_id:
        return find
    rules = [tag("option", f"{one.id} {one.name}", value=one.id) for one in CASE_RULES]
    ask = tag(
        "form",
        tag("label", "为什么有、为什么没有", tag("select", *rules, name="rule")),
        tag("button", "问这条规则", type="submit"),
        class_="choices",
        method="get",
        action=f"{case_path(case_id)}/why",
    )
    return tag("div", find, ask, class_="forms")


def _panel(panel: Panel) -> Html:
    name = f"panel-{panel.id}"
    return tag(
        "section",
        tag("h2", panel.title, id=name),
        tag(
            "details",
            tag("summary", tag("span", f"{panel.title}：说明", class_="unseen"), tag("span", "?", aria_hidden="true")),
            tag("p", described_as(panel)),
            class_="said",
        ),
        tag("div", class_="body", aria_busy="true"),
        class_=f"panel {panel.kind.value} w{panel.grid.w} h{panel.grid.h}",
        aria_labelledby=name,
        data_panel=panel.id,
    )


def _section(section: Section, number: int) -> Html:
    name = f"part-{number}"
    lines = [tag("li", _with_ways(line)) for line in section.lines]
    return tag("section", tag("h2", section.title, id=name), tag("ol", *lines), aria_labelledby=name, class_="part")


def _with_ways(line: str) -> Html:
    """Return a line in which every card leads to its explanation."""
    parts = _CARD.split(line)
    return together(*(tag("a", part, href=f"{CARD_PATH}{part}") if at % 2 else part for at, part in enumerate(parts)))


def _query(pairs: Sequence[tuple[str, str]]) -> str:
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def _data(data: object) -> Html:
    """Return data for scripts; nothing in it can end the element."""
    text = msgspec.json.encode(data).decode().replace("<", "\\u003c")
    return tag("script", Html(text), type="application/json", id="screen")
