"""A replay of the village in a test's directory, and what it left behind."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streams.replay import ReplaySettings, RunSummary, replay
from tests.streams.replay.village import village_lines, write_lines, write_village

LATEST = 1_788_192_000_000_000
"""2026-09-01 in China: what is later is of the future, whenever the tests run."""


@dataclass(frozen=True)
class Replayed:
    """What a replay was told, and what came of it."""

    settings: ReplaySettings
    summary: RunSummary

    @property
    def cards(self) -> list[dict[str, Any]]:
        """Return the cards of the file."""
        assert self.settings.cards is not None
        return [json.loads(line) for line in self.settings.cards.read_text(encoding="utf-8").splitlines()]

    def standing(self) -> dict[str, tuple[Any, ...]]:
        """Return what stands, without the history of knowing it."""
        told = ("rule_id", "case_id", "subject", "level", "state", "condition_at", "ended", "merged_into", "figures")
        return {
            card["card_id"]: (*(card[name] for name in told), sorted(map(str, card["grounds"])))
            for card in self.cards
            if card["state"] != "WITHDRAWN"
        }


def replayed(directory: Path, written: Iterable[str] | None = None, **settings: Any) -> Replayed:
    """Replay lines (the village's log where none are given) in a directory and return what came of it."""
    directory.mkdir(parents=True, exist_ok=True)
    log = write_lines(directory / "log.jsonl", village_lines() if written is None else written)
    told = {
        "sources": (str(log),),
        "catalog": write_village(directory / "catalog"),
        "cards": directory / "cards.jsonl",
        "latest": LATEST,
        **settings,
    }
    found = ReplaySettings(**told)
    return Replayed(found, replay(found))
