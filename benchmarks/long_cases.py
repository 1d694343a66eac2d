"""Cases of a given length, to see what an event costs in a case that has many already: of stages, or of charges.

Lawful and dull on purpose: what is measured is the looking, not the saying.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from rules.catalog.index import Catalog
from rules.catalog.models.base import Unit
from rules.catalog.models.fees import FeeItem, Fixed
from rules.catalog.models.matters import Matter, MatterVersion

FIRST = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
DAY0 = FIRST.date().toordinal()
GAP = timedelta(minutes=2)
APART = timedelta(seconds=7)
STARTS = 1800
"""Cases begin one after the other within so many steps of ``APART``, then again from the first: none has to hurry."""

AROUND = 4
"""Events of a case beside its stages or charges: application, acceptance, decision, close."""

Told = dict[str, Any]


class Unfit(ValueError):
    """The catalogue has no matter of the kind that is measured; the message says of which."""


class Kind(NamedTuple):
    """A matter, its version, a charge item with one fixed standard (None: it charges nothing)."""

    matter: Matter
    version: MatterVersion
    item: FeeItem | None


Middle = Callable[[Kind, int], Iterator[Told]]
"""What happens between acceptance and decision, without end: the kind of case, its number."""


def cases_of(law: Catalog, length: int, count: int, middle: Middle) -> list[bytes]:
    """Return the lines of so many cases of so many events each, in the order in which they come in."""
    kind = _kind(law, needs_item=middle is charges)
    coming: list[tuple[str, int, Told]] = []
    for number in range(count):
        at = FIRST + APART * (number % STARTS)
        for step, told in enumerate(_case(kind, length, number, middle)):
            stamp = (at + GAP * step).isoformat()
            coming.append((stamp, number, _line(kind, number, step, stamp, told)))
    coming.sort(key=lambda one: one[:2])
    return [msgspec.json.encode(line) for _, _, line in coming]


def stages(kind: Kind, _number: int) -> Iterator[Told]:
    """Yield the stages of the flow, entered and ended one after the other, again and again."""
    occurrence = 0
    while True:
        occurrence += 1
        for step, stage in enumerate(kind.version.flow):
            told = {"stage_code": stage.code, "occurrence": occurrence, "operator_id": f"P{step}"}
            yield {"event_type": "stage.entered", **told}
            yield {"event_type": "stage.completed", **told, "result": "passed"}


def charges(kind: Kind, number: int) -> Iterator[Told]:
    """Yield charges, each assessed, paid and receipted under numbers of its own."""
    item, serial = kind.item, 0
    if item is None or not isinstance(item.standards[0].tariff, Fixed):
        raise Unfit("a charge item with a fixed amount")
    amount = str(item.standards[0].tariff.amount)
    while True:
        serial += 1
        owed = {"assess_no": f"HF{number}-{serial}", "fee_item_code": item.code, "quantity": "1", "payer": "h1:p"}
        pay_no = f"JK{number}-{serial}"
        payee = {"payee_code": item.orgs[0] if item.orgs else kind.matter.org_code, "payee_account_class": "treasury"}
        yield {"event_type": "fee.assessed", **owed, "amount_due": amount}
        yield {"event_type": "fee.paid", **owed, "pay_no": pay_no, "amount": amount, "method": "online", **payee}
        yield {"event_type": "receipt.issued", "receipt_no": f"PJ{number}-{serial}", "pay_no": pay_no}


def _case(kind: Kind, length: int, number: int, middle: Middle) -> Iterator[Told]:
    yield {"event_type": "case.submitted", "task_type": kind.matter.task_type}
    yield {"event_type": "case.accepted", "task_type": kind.matter.task_type}
    yield from islice(middle(kind, number), max(0, length - AROUND))
    # Not granted: what was left out of a flow cut off at a given length is then no finding.
    yield {"event_type": "decision.made", "result": "DENIED"}
    yield {"event_type": "case.closed", "result": "DENIED"}


def _line(kind: Kind, number: int, step: int, stamp: str, told: Told) -> Told:
    return {
        "event_id": f"L{number}-{step}",
        "occurred_at": stamp,
        "reported_at": stamp,
        "case_id": f"{kind.matter.code}{number:06d}",
        "task_code": kind.matter.code,
        "org_code": kind.matter.org_code,
        **told,
    }


def _kind(law: Catalog, *, needs_item: bool) -> Kind:
    for matter in law.matters.values():
        version = next((one for one in matter.versions if one.covers(DAY0)), None)
        if version is None or not _is_plain(version):
            continue
        item = next((one for one in map(law.fees.get, version.fee_items) if one is not None and _is_fixed(one)), None)
        if item is not None or not needs_item:
            return Kind(matter, version, item)
    raise Unfit(f"a promised matter of several stages{' with a fixed charge' if needs_item else ''} on {FIRST:%F}")


def _is_plain(version: MatterVersion) -> bool:
    promise = version.promise
    in_line = all(len(stage.after) <= 1 and stage.when is None for stage in version.flow)
    return (
        promise is not None and promise.unit is Unit.WORKING_DAY and promise.n > 2 and len(version.flow) > 2 and in_line
    )


def _is_fixed(item: FeeItem) -> bool:
    return item.covers(DAY0) and len(item.standards) == 1 and isinstance(item.standards[0].tariff, Fixed)
