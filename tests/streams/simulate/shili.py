"""The example city as tests simulate it: small, the same every time."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules.catalog.index import Catalog
from rules.catalog.loading import load_documents
from rules.events.instants import instant_of
from rules.registry import PARAMS
from streams.replay import ReplaySettings, replay
from streams.simulate import SimOptions, Written, write_city
from tests.streams.replay.replayed import Replayed

Row = dict[str, str]


@cache
def shili(profile: str | None = None) -> Catalog:
    """Return the catalogue of the example city, with a profile that holds for every case where one is named."""
    return Catalog(load_documents("shili"), PARAMS.values(), forced=profile)


@dataclass(frozen=True)
class Judged:
    """A simulated city, and what its replay came to."""

    city: Written
    replayed: Replayed

    def key(self, expect: str) -> list[Row]:
        """Return the lines of the answer key that expect a card, or its absence."""
        with self.city.answers.open(encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file) if row["expect"] == expect]

    def planted(self) -> dict[tuple[str, str, str], str]:
        """Return the cards the key expects, with their levels."""
        return {(row["rule_id"], row["case_id"], row["subject"]): row["level"] for row in self.key("found")}

    def found(self) -> dict[tuple[str, str, str], str]:
        """Return the cards that stand or are closed, with their levels, and the grounds of unanswered cards."""
        cards = [card for card in self.replayed.cards if card["state"] != "WITHDRAWN" and card["merged_into"] is None]
        there = {(card["rule_id"], card["case_id"], card["subject"]): card["level"] for card in cards}
        for card in cards:
            for ground in card["grounds"]:
                if ground["rule_id"] == "OT_REPLY_OVERDUE":
                    there[ground["rule_id"], card["case_id"], ground["subject"]] = ground["level"]
        return there


def judged(directory: Path, options: SimOptions, profile: str | None = None) -> Judged:
    """Simulate the example city in a directory, and replay what it wrote; under its own profiles, or under one."""
    city = write_city(directory, shili(profile), options)
    settings = ReplaySettings(
        sources=(str(city.events),),
        cards=directory / "cards.jsonl",
        as_of=instant_of(city.as_of),
        latest=instant_of("2027-01-01T00:00:00+08:00"),
        profile=profile,
        workers=1,
    )
    return Judged(city, Replayed(settings, replay(settings)))
