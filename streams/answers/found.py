"""From a judged log to the items an answer file lists: a case, a case and its steps, or a record of the log."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from rules.engine.cards import Card
from rules.events.handling import StageCompleted
from streams.answers.index import Row
from streams.answers.judged import Judged

Item = tuple[str, ...]
"""What tells the rows of an answer apart: the case first."""
Find = Callable[[Judged, Iterable[Card]], set[Item]]
"""From a judged log, and the cards of the rules asked, to items."""
Read = Callable[[Row], Item]


def by_case(row: Row) -> Item:
    """Return the case of a row."""
    return (row["case"],)


def by_steps(row: Row) -> Item:
    """Return the case of a row and the steps it lacks."""
    return row["case"], "+".join(sorted(row["missing"].split("+")))


def by_record(row: Row) -> Item:
    """Return the case of a row, the step, and the number of the record in its case from 0."""
    return row["case"], row["activity"], row["idx_in_case"]


def by_clock(row: Row) -> Item:
    """Return the case of a row, calendar days and Chinese working days to its decision, and its procedure."""
    return row["case"], f"{float(row['days']):.0f}", f"{float(row['wd_cn']):.0f}", row["extended_procedure"]


def cases_of(_judged: Judged, cards: Iterable[Card]) -> set[Item]:
    """Return the cases that have a card."""
    return {(card.scope,) for card in cards}


def cases_with(code: str) -> Find:
    """Return how to find the cases that have a card about a stage."""

    def find(_judged: Judged, cards: Iterable[Card]) -> set[Item]:
        return {(card.scope,) for card in cards if card.subject.partition("#")[0] == code}

    return find


def steps_of(_judged: Judged, cards: Iterable[Card]) -> set[Item]:
    """Return the cases with the steps their cards are about."""
    steps: defaultdict[str, set[str]] = defaultdict(set)
    for card in cards:
        steps[card.scope].add(card.subject)
    return {(case, "+".join(sorted(found))) for case, found in steps.items()}


def records_of(judged: Judged, cards: Iterable[Card]) -> set[Item]:
    """Return the records of the log that cards about stages rest on; one that stands there twice is two."""
    found: set[Item] = set()
    for card in cards:
        completed = judged.cases[card.scope].stages[card.subject].completed
        if completed is not None:
            code, event_id = completed.event.stage_code or "", completed.event.event_id
            found |= {(card.scope, code, str(place)) for place in judged.places[card.scope, event_id]}
    return found


def duplicates(judged: Judged, _cards: Iterable[Card]) -> set[Item]:
    """Return the records that the engine counted as events it had already."""
    return {
        (told.event.case_id or "", told.event.stage_code or "", str(told.place))
        for told in judged.repeated
        if isinstance(told.event, StageCompleted)
    }


def negative_fees(judged: Judged, _cards: Iterable[Card]) -> set[Item]:
    """Return the cases with a charge whose amount was refused as negative."""
    return {
        (case_id,)
        for case_id, case in judged.cases.items()
        for filed in case.assessed.values()
        if any(defect.startswith("amount_due: negative") for defect in filed.event.defects)
    }


def clocks(judged: Judged, _cards: Iterable[Card]) -> set[Item]:
    """Return what the calendar makes of each case with a decision, from its start on; as ``by_clock``."""
    found: set[Item] = set()
    for case_id, case in judged.cases.items():
        if case.decided is not None and case.accepted is not None:
            start, end = case.accepted.day, case.decided.day
            worked = judged.laws[case_id].days.working_between(start, end)
            found.add((case_id, str(end - start), str(worked), str(case.task_code == "WABO-UITGEBREID")))
    return found
