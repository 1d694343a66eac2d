"""The board in a real browser: what it shows is what the archive says; it is reached by key, heard, and printed."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dashboards.screens import SCREENS
from rules.engine.cards import STANDING
from rules.events.words import Level
from streams.cli.statements import card_statement
from tests.streams.board.browser import Tab, opened
from tests.streams.board.site import Site
from tests.streams.board.test_routes import unanswered

pytestmark = pytest.mark.slow

DESK, WALL = (1366, 768), (1920, 1080)
Work = Callable[[Tab], Awaitable[None]]
TAB = ("Tab", 9)
ENTER = ("Enter", 13, "\r")


def browsing(browser: int, work: Work, size: tuple[int, int] = DESK) -> None:
    """Run some work in a page of its own; whatever the browser complained of fails."""

    async def run() -> None:
        async with opened(browser) as tab:
            await tab.resize(*size)
            await work(tab)
            assert [] == [one for one in tab.said if "404" not in one]

    asyncio.run(run())


async def texts(tab: Tab, selector: str) -> list[str]:
    """The texts of elements."""
    found: list[str] = await tab.value(f"[...document.querySelectorAll('{selector}')].map((one) => one.textContent)")
    return found


async def number(tab: Tab, panel: str) -> str:
    """The big number of a panel."""
    (said,) = await texts(tab, f'[data-panel="{panel}"] .big')
    return said


def test_the_numbers_are_those_of_the_archive_and_lead_to_what_stands_behind_them(site: Site, browser: int) -> None:
    red, yellow = (
        [one.card for one in site.archive.cards() if unanswered(one, level)] for level in (Level.RED, Level.YELLOW)
    )
    first = sorted(red, key=lambda card: (card.condition_at, card.card_id))

    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/")

        assert f"{len(red)}" == await number(tab, "unanswered-red")
        assert f"{len(yellow)}" == await number(tab, "unanswered-yellow")
        shown = await texts(tab, '[data-panel="first-to-answer"] td:nth-child(2) a')
        assert [card.card_id for card in first][: len(shown)] == shown[: len(first)]
        await tab.value("document.querySelector('[data-panel=\"unanswered-red\"] a').click()")
        await tab.until("location.search === '?level=red' && document.body.dataset.ready === 'yes'")
        assert len(red) == len(await texts(tab, '[data-panel="unanswered"] tbody tr'))

    browsing(browser, work)


def test_a_card_leads_to_its_explanation_line_by_line(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/")
        await tab.value('document.querySelector(\'[data-panel="first-to-answer"] a[href^="/card/"]\').click()')
        await tab.until("location.pathname.startsWith('/card/') && document.querySelector('article li')")
        card_id = (await tab.value("location.pathname")).removeprefix("/card/")
        statement = card_statement(site.archive, site.catalog, card_id)

        assert [one.title for one in statement.sections] == await texts(tab, "article h2")
        assert [line for one in statement.sections for line in one.lines] == await texts(tab, "article li")

    browsing(browser, work)


def test_a_case_shows_its_stages_its_days_and_its_cards(site: Site, browser: int) -> None:
    (row,) = site.database.table(
        "SELECT min(case_id) AS id FROM v_case"
        " WHERE cards > 0 AND case_id IN (SELECT case_id FROM v_case_clock WHERE kind = 'excluded' AND n > 0)"
    ).to_pylist()
    case_id = str(row["id"])
    cards = [one.card for one in site.archive.cards() if one.card.scope == case_id]
    records = site.archive.events(case_id)

    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/case/{case_id}")

        assert {card.card_id for card in cards} == set(await texts(tab, '[data-panel="cards"] tbody td:nth-child(2)'))
        assert f"{sum(card.state in STANDING for card in cards)}" == await number(tab, "standing")
        assert len(records) == len(await texts(tab, '[data-panel="events"] tbody tr'))
        lanes = await texts(tab, '[data-panel="timeline"] g title')
        assert any("▶ 计入" in one for one in lanes)
        assert any("‖ 不计入" in one for one in lanes)
        assert any("不计入" in one for one in await texts(tab, '[data-panel="clocks"] td'))

    browsing(browser, work)


def test_every_screen_fits_both_sizes_and_says_what_each_part_is(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        for width, height in (DESK, WALL):
            await tab.resize(width, height)
            for screen in SCREENS:
                await tab.go(f"{site.root}/screen/{screen.key}")
                assert await tab.value("document.documentElement.scrollWidth <= innerWidth"), screen.key
                assert [] == await texts(tab, ".trouble"), screen.key
                assert [] == await tab.value(NAMELESS), screen.key
                assert [] == await tab.value(CUT), screen.key
        tree = (await tab.ask("Accessibility.getFullAXTree"))["nodes"]
        assert [] == [one for one in tree if _needs_name(one) and not one.get("name", {}).get("value")]

    browsing(browser, work)


NAMELESS = """
[...document.querySelectorAll("table")].filter((one) => !one.caption?.textContent)
    .concat([...document.querySelectorAll("figure > svg")].filter((one) => !one.getAttribute("aria-label")))
    .concat([...document.querySelectorAll("a, button, summary")].filter((one) => !one.textContent.trim()))
    .map((one) => one.outerHTML.slice(0, 200))
"""
CUT = """
[...document.querySelectorAll(".number-box")].filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent)
"""


def _needs_name(node: dict[str, Any]) -> bool:
    roles = {"link", "button", "combobox", "textbox", "checkbox", "table", "image", "region", "navigation", "searchbox"}
    return not node.get("ignored") and node.get("role", {}).get("value") in roles


def test_everything_is_reached_by_key(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/screen/cards")
        await tab.press(*TAB)
        assert "跳到正文" == await tab.value("document.activeElement.textContent")
        assert "0px" != await tab.value("getComputedStyle(document.activeElement).outlineWidth")
        await tab.press(*ENTER)
        await tab.until("location.hash === '#main' && document.activeElement.id === 'main'")

        await tab.press(*TAB)
        assert "地区：全部" == await tab.value("document.activeElement.textContent")
        await tab.press(*TAB)
        await tab.press(*ENTER)
        await tab.until("document.querySelector('details.choice[open] input[type=checkbox]')")
        await tab.press("Escape", 27)
        await tab.until("!document.querySelector('details.choice[open]')")
        assert "部门：全部" == await tab.value("document.activeElement.textContent")

    browsing(browser, work)


def test_what_is_ticked_restricts_what_is_shown(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/screen/cards")
        await tab.value("document.querySelector('[data-name=org] summary').click()")
        await tab.until("document.querySelector('[data-name=org] input[type=search]')")
        await tab.value(
            "(() => { const box = document.querySelector('[data-name=org]');"
            " const find = box.querySelector('input[type=search]'); find.value = '水务';"
            " find.dispatchEvent(new Event('input')); })()"
        )
        (name,) = await tab.value(
            "[...document.querySelectorAll('[data-name=org] li')].filter((one) => !one.hidden)"
            ".map((one) => one.textContent.trim())"
        )
        await tab.value("document.querySelector('[data-name=org] li:not([hidden]) input').click()")
        assert ["已选 1 项"] == await texts(tab, "[data-name=org] b")
        await tab.value("document.querySelector('form.choices button').click()")
        await tab.until("location.search.includes('org=') && document.body.dataset.ready === 'yes'")

        org = await tab.value("new URLSearchParams(location.search).get('org')")
        assert None is await tab.value("new URLSearchParams(location.search).get('from')")
        wanted = [one for one in site.archive.cards() if one.card.org_code == org and unanswered(one, Level.RED)]
        assert f"{len(wanted)}" == await number(tab, "unanswered-red")
        assert {name} >= set(await texts(tab, '[data-panel="unanswered"] td:nth-child(4)'))

    browsing(browser, work)


def test_the_wall_fills_its_height_goes_on_by_key_and_can_be_held(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/?kiosk=600")
        assert await tab.value("document.documentElement.scrollHeight <= innerHeight")
        assert [] == await tab.value(
            "[...document.querySelectorAll('.panel:not([hidden]) tbody tr:not([hidden])')].filter((row) =>"
            " row.getBoundingClientRect().bottom > row.closest('.panel').getBoundingClientRect().bottom)"
            ".map((row) => row.textContent)"
        )
        await tab.press(" ", 32, " ")
        await tab.until("document.querySelector('.hold').getAttribute('aria-pressed') === 'true'")
        await tab.press("ArrowRight", 39)
        await tab.until("location.pathname === '/screen/cards' && location.search.includes('kiosk=600')")
        await tab.until("document.body.dataset.ready === 'yes'")
        await tab.press("ArrowLeft", 37)
        await tab.until("location.pathname === '/'")

    browsing(browser, work, WALL)


def test_the_wall_goes_on_by_itself(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/screen/quality?kiosk=5")
        await tab.until("location.pathname === '/'")

    browsing(browser, work, WALL)


@pytest.mark.parametrize("path", ["/", "/screen/charges"])
def test_a_screen_can_be_printed(site: Site, browser: int, path: str) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}{path}")
        await tab.ask("Emulation.setEmulatedMedia", media="print")

        assert "none" == await tab.value("getComputedStyle(document.querySelector('nav')).display")
        assert "visible" == await tab.value("getComputedStyle(document.querySelector('.scroll')).overflow")
        printed = base64.b64decode((await tab.ask("Page.printToPDF", printBackground=False))["data"])
        assert printed.startswith(b"%PDF")

    browsing(browser, work)


def test_when_the_server_is_gone_the_page_says_so_and_keeps_what_it_showed(site: Site, browser: int) -> None:
    async def work(tab: Tab) -> None:
        await tab.go(f"{site.root}/")
        before = await number(tab, "unanswered-red")
        await tab.ask("Network.enable")
        await tab.ask(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
        )
        await tab.until("document.getElementById('standing').className === 'away'")

        assert "连不上" in (await texts(tab, "#standing"))[0]
        assert before == await number(tab, "unanswered-red")
        await tab.ask(
            "Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )
        await tab.until("document.getElementById('standing').className === 'well'")
        tab.said.clear()

    browsing(browser, work)
