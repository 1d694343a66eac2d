"""Explanations for the page, out of the archive, one at a time in a thread of their own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import msgspec

from rules.catalog.index import Catalog
from rules.declare import Tier
from rules.explain import Section, Statement
from rules.registry import BY_ID
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.store import Store
from sinks.clickhouse.stored import Run, StoredCard
from streams.cli.statements import card_statement, rule_statement

MOST_EVENTS = 200_000
"""Records from which on an agency is not judged again for a page: it would take minutes."""
PERSONAL = ("经办人编号",)
"""Figures that say who did something: internal, never on a screen (``semantics.md`` §10)."""
HIDDEN = "（内部资料，屏幕上不显示）"
T = TypeVar("T")
CatalogOf = Callable[[Run], Catalog]


class Explained(msgspec.Struct, frozen=True):
    """A card with its explanation; ``case_id`` is empty for one about an agency, ``note`` says what has changed."""

    stored: StoredCard
    statement: Statement
    case_id: str
    note: str


class Reasons:
    """Explains; ``close`` it before the store."""

    def __init__(self, store: Store, catalog: CatalogOf) -> None:
        self._store = store
        self._catalog = catalog
        self._thread = ThreadPoolExecutor(1, "board-reasons")

    async def card(self, card_id: str) -> Explained | None:
        """Return the explanation of a card; None where there is none of that id."""

        def explained(archive: Archive, catalog: Catalog) -> Explained | None:
            stored = archive.card(card_id)
            if stored is None:
                return None
            statement = card_statement(archive, catalog, card_id, most_events=MOST_EVENTS)
            card = stored.card
            case_id = card.scope if BY_ID[card.rule_id].tier is Tier.CASE else ""
            return Explained(stored, without_persons(statement), case_id, _note(archive.run, catalog))

        return await self._asked(explained)

    async def rule(self, case_id: str, rule_id: str) -> Statement | None:
        """Return what a rule answers of a case, also why there is no card; None where case or rule is unknown."""
        rule = BY_ID.get(rule_id)
        if rule is None or rule.tier is not Tier.CASE:
            return None

        def explained(archive: Archive, catalog: Catalog) -> Statement | None:
            if archive.case_state(case_id) is None:
                return None
            return without_persons(rule_statement(archive, catalog, rule, case_id))

        return await self._asked(explained)

    def close(self) -> None:
        """Wait for what runs, and end."""
        self._thread.shutdown(cancel_futures=True)

    async def _asked(self, ask: Callable[[Archive, Catalog], T]) -> T:
        def asked() -> T:
            database = self._store.another()
            try:
                archive = Store(database).archive()
                return ask(archive, self._catalog(archive.run))
            finally:
                database.close()

        return await asyncio.get_running_loop().run_in_executor(self._thread, asked)


def without_persons(statement: Statement) -> Statement:
    """Return a statement without the figures that say who did something."""
    sections = [Section(one.title, tuple(_without_person(line) for line in one.lines)) for one in statement.sections]
    return Statement(statement.title, tuple(sections))


def _without_person(line: str) -> str:
    name, colon, _ = line.partition("：")
    return f"{name}{colon}{HIDDEN}" if name in PERSONAL else line


def _note(run: Run, catalog: Catalog) -> str:
    if catalog.edition == run.edition:
        return ""
    return f"目录已变：判定时 {run.edition}，现为 {catalog.edition}；以下按现在的目录。"
