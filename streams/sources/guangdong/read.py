"""Files of messages to items.

Two things can only be settled when all of a case has been read: whether a close decides it, and whether a message 6
ends a suspension or answers a request for an extension. Both wait for the end of the reading where need be.
"""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from rules.events.decode import Unplaceable
from streams.sources.derive import Decisions, decisive_stages
from streams.sources.draft import Draft
from streams.sources.guangdong.messages import Message, Told, told
from streams.sources.guangdong.model import GuangdongSpec
from streams.sources.item import Bad, Filtered, Item, Where, bad
from streams.sources.jsonlog import object_of
from streams.sources.lines import raw_lines
from streams.sources.mapping.values import Turns
from streams.sources.stamps import Stamps

_RESULT_OF_SPECIAL = 6


def read_messages(paths: Sequence[str], spec: GuangdongSpec, latest: int | None) -> Iterator[Item]:
    """Return the items of files of messages, one JSON object a line."""
    reading = _Reading(spec, latest)
    for path in paths:
        aside: list[Bad] = []
        for number, line in raw_lines(path, aside.append):
            yield from aside
            aside.clear()
            if line and not line.isspace():
                yield from reading.items(line, Where(path, number))
        yield from aside
    yield from reading.rest()


class _Reading:
    """What is known of the cases of one reading."""

    def __init__(self, spec: GuangdongSpec, latest: int | None) -> None:
        self._spec = spec
        self._latest = latest
        stamps = Stamps(ZoneInfo(spec.zone), spec.times.formats, midnight_is_day=spec.times.midnight == "day")
        self._turns = Turns(stamps, spec.numbers)
        self._decisions = Decisions()
        self._special: dict[tuple[str, str], bool] = {}
        self._ends: list[tuple[tuple[str, str], Item]] = []

    def items(self, line: bytes, where: Where) -> Iterator[Item]:
        """Return the items of a message that need not wait."""
        case_id = None
        try:
            message = Message(object_of(line, self._spec.encoding), self._spec, self._turns)
            case_id = message.case_id
            said = told(message)
        except Unplaceable as err:
            yield bad(err.reason, err.field, line, where, case_id)
            return
        except ValueError as err:
            yield bad(str(err), "", line, where)
            return
        items = [self._item(draft, line, where) for draft in said.drafts]
        if message.number == _RESULT_OF_SPECIAL and said.pause_no is not None:
            yield from self._ended((message.case_id, said.pause_no), items[0])
            return
        self._note(message, said)
        yield from items
        if said.decision is not None:
            decision = self._item(said.decision, line, where)
            if decisive_stages(message.codes.decisive, message.text("SXBM")):
                self._decisions.by_close(message.case_id, decision)
            else:
                yield decision

    def rest(self) -> Iterator[Item]:
        """Return the items that waited for the end of the reading."""
        for special, item in self._ends:
            yield Filtered(item.where) if self._special.get(special, False) else item
        yield from self._decisions.standing()

    def _ended(self, special: tuple[str, str], item: Item) -> Iterator[Item]:
        """Return the end of a suspension; the answer to a request for an extension says nothing that was not said."""
        extends = self._special.get(special)
        if extends is None:
            self._ends.append((special, item))
        else:
            yield Filtered(item.where) if extends else item

    def _note(self, message: Message, said: Told) -> None:
        if said.at_stage:
            self._decisions.by_stage(message.case_id)
        if said.pause_no is not None:
            self._special[message.case_id, said.pause_no] = said.extends

    def _item(self, draft: Draft, line: bytes, where: Where) -> Item:
        return draft.item(self._latest, line, where)
