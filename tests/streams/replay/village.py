"""A small catalogue, and a log of handmade cases with everything that happens to logs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rules.engine.cards import card_id

HEAD = """name: cunzi
title: 例子村
edition: 2026-01
extends: [national]
"""
PEOPLE = """agencies:
  - {org_code: CZ-SW, name: 例子村水务站, region: "999920", basis: 例编1号, reports_daily: true, data_source: CZ-A}
  - {org_code: CZ-JT, name: 例子村交通站, region: "999920", basis: 例编1号, go_live_at: 2026-03-12}
  - {org_code: CZ-MZ, name: 例子村民政站, region: "999920", basis: 例编1号, reports_daily: true}
sources:
  - {id: CZ-A, name: 例子村审批系统, heartbeat_minutes: 720, delay_minutes: 60, basis: 例数〔2024〕1号}
"""
MATTERS = """matters:
  - code: CZ-QS
    name: 取水许可
    org_code: CZ-SW
    task_type: "01"
    versions:
      - version: 1
        basis: 例政〔2024〕2号
        statutory: {n: 20}
        promise: {n: 5}
        is_fee: true
        fee_items: [CZ-F1]
        flow:
          - {code: SL, name: 受理, roles: [window]}
          - {code: SC, name: 审查, after: [SL], roles: [check], limit: {n: 2}}
          - {code: JD, name: 决定, after: [SC], roles: [decide], decisive: true}
        separate: [[SC, JD]]
fees:
  - code: CZ-F1
    name: 取水许可工本费
    basis: 例价〔2024〕1号
    standards:
      - {id: CZ-S1, from: 2024-01-01, basis: 例价〔2024〕1号, tariff: {form: fixed, amount: 10.00}}
"""
SW, JT, MZ = "CZ-SW", "CZ-JT", "CZ-MZ"


def write_village(directory: Path) -> Path:
    """Write the catalogue and return its directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in (("catalog", HEAD), ("people", PEOPLE), ("matters", MATTERS)):
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    return directory


Record = dict[str, Any]


def record(case_id: str | None, name: str, event_type: str, at: str, **more: Any) -> Record:
    """Return a record: local time of China, reported as it happens."""
    stamp = f"{at}+08:00"
    about: Record = {"case_id": case_id, "task_code": "CZ-QS", "org_code": SW, "data_source": "CZ-A"} if case_id else {}
    fields = {"event_id": f"{case_id or 'x'}-{name}", "event_type": event_type, "occurred_at": stamp}
    return {**fields, "reported_at": stamp, **about, **more}


def day(number: int, time: str) -> str:
    """Return a local time so many days after Monday, 2026-03-02."""
    return f"2026-03-{2 + number:02d}T{time}"


def opened(case: str, since: int, **more: Any) -> list[Record]:
    """Return how every case begins."""
    return [
        record(case, "sub", "case.submitted", day(since, "09:00:00"), **more),
        record(case, "acc", "case.accepted", day(since, "10:00:00"), **more),
        record(case, "sl", "stage.completed", day(since, "10:01:00"), stage_code="SL", operator_id="P1", **more),
    ]


def closed(case: str, at: int, checker: str = "P2", **more: Any) -> list[Record]:
    """Return how a case ends: checked, decided, closed."""
    return [
        record(case, "sc", "stage.completed", day(at, "09:00:00"), stage_code="SC", operator_id=checker, **more),
        record(case, "jd", "stage.completed", day(at, "10:00:00"), stage_code="JD", operator_id="P3", **more),
        record(case, "dec", "decision.made", day(at, "10:00:00"), result="GRANTED", **more),
        record(case, "end", "case.closed", day(at, "11:00:00"), result="GRANTED", **more),
    ]


def paid(case: str, at: int, amount: Any, **more: Any) -> Record:
    """Return a payment of the one charge there is."""
    return record(
        case,
        "pay",
        "fee.paid",
        day(at, "10:30:00"),
        pay_no=f"N-{case}",
        fee_item_code="CZ-F1",
        amount=amount,
        payee_account_class="treasury",
        method="bank",
        **more,
    )


def ordinary(count: int) -> list[Record]:
    """Return so many cases, some done in time, some late, some not at all; some in the wrong order or said twice."""
    found: list[Record] = []
    for number in range(count):
        case = f"A{number:03d}"
        since, lasted = number % 7, (1, 3, 9, 4, 12, 2)[number % 6]
        org = {"org_code": JT} if number % 5 == 0 else {}
        events = [*opened(case, since, **org), *(closed(case, since + lasted, **org) if number % 9 else ())]
        if number % 4 == 0:
            events.append(paid(case, since, "15.00" if number % 8 == 0 else "10.00", **org))
        if number % 10 == 3:
            events.append({**events[1], "reported_at": events[2]["reported_at"]})  # said again, a little later
        if number % 6 == 2:
            late = events[3] if len(events) > 3 else events[0]
            late["reported_at"] = f"{day(min(since + 14, 27), '08:00:00')}+08:00"
        found += events
    return found


def special() -> list[Record]:
    """Return cases in which records speak of records, cards are answered, and a case goes to another agency."""
    void = {"reason": "误报", "approver": "P9"}
    return [
        *opened("C-VOID", 0),
        record("C-VOID", "pay", "fee.paid", day(1, "09:00:00"), pay_no="V1", fee_item_code="CZ-F1", amount="99.00"),
        record("C-VOID", "void", "event.voided", day(12, "09:00:00"), target_event_id="C-VOID-pay", **void),
        *opened("C-PAUSE", 0),
        record("C-PAUSE", "p1", "pause.started", day(2, "09:00:00"), kind="expert_review", pause_no="1")
        | {"reported_at": f"{day(11, '09:00:00')}+08:00"},
        *opened("C-RIVAL", 1),
        {**opened("C-RIVAL", 1)[1], "operator_id": "P7"},
        *opened("C-MOVED", 0),
        record("C-MOVED", "mov", "case.transferred", day(10, "09:00:00"), to_org=JT),
        *closed("C-MOVED", 14),
        *opened("C-SAME", 0),
        *closed("C-SAME", 2, checker="P3"),
        record(
            "C-SAME", "rev", "review.submitted", day(3, "09:00:00"), text="找了13812345678才办成", satisfaction_code=4
        ),
        record("C-SAME", "ext", "case.forwarded", day(3, "10:00:00"), contact="370102199003071234", to_org="CZ-SJ"),
        paid("C-SAME", 2, "-5.00"),
    ]


def answered() -> list[Record]:
    """Return late cases of one agency: four with confirmed cards, one of them too late; one whose card is unanswered.

    And an agency that falls silent, with a word about the card on that.
    """
    found: list[Record] = []
    for case in ("Y1", "Y2", "Y3", "Y4", "Y5"):
        card = card_id("OT_PROMISE_OVERDUE", case, "")
        about = {"card_id": card, "by": "S1"}
        found += [*opened(case, 0), *closed(case, 9)]
        found.append(record(case, "told", "alert.delivered", day(10, "09:00:00"), **about))
        if case != "Y4":
            when = day(20 if case == "Y3" else 14, "09:00:00")
            found.append(record(case, "verdict", "alert.decided", when, outcome="verified", **about))
    found += opened("M1", 0, org_code=MZ)
    about = {"card_id": card_id("DQ_SILENT_ORG", MZ, "20260302"), "org_code": MZ}
    return [*found, record(None, "own", "alert.delivered", day(6, "09:00:00"), **about)]


def of_sources() -> list[Record]:
    """Return what sources say about themselves; one of them falls silent for a while."""
    beats = [
        record(None, f"beat-{at}-{hour}", "source.heartbeat", day(at, f"{hour}:00:00"), data_source="CZ-A")
        for at in range(26)
        if at not in {8, 9, 10}
        for hour in ("06", "18")
    ]
    down = {"started_at": f"{day(15, '00:00:00')}+08:00", "ended_at": f"{day(15, '12:00:00')}+08:00"}
    tick = record(None, "tick", "tick", day(20, "00:00:00"))
    return [
        *beats,
        beats[0],
        record(None, "down", "source.outage", day(14, "08:00:00"), data_source="CZ-A", **down),
        tick,
    ]


BROKEN = (
    '{"event_id":"B1","event_type":"case.accepted","case_id":"A001","occurred_at":"2026-03-',
    "not a record at all",
    '{"event_type":"case.accepted","case_id":"A002","occurred_at":"2026-03-03T09:00:00+08:00"}',
    '{"event_id":"B3","event_type":"case.accepted","case_id":"A003","occurred_at":"2099-01-01T09:00:00+08:00"}',
    '{"event_id":"B4","event_type":"case.accepted","case_id":"A004","occurred_at":"2026-02-30T09:00:00+08:00"}',
    '{"event_id":"B5","event_type":"card.moved","case_id":"A005","occurred_at":"2026-03-03T09:00:00+08:00"}',
    '{"event_id":"B6","event_type":"alert.replied","card_id":"K","occurred_at":"2026-03-03T09:00:00+08:00"}',
    '{"event_id":"B7","event_type":"case.unheard_of","case_id":"A007","occurred_at":"2026-03-03T09:00:00+08:00"}',
)
"""Lines that cannot be placed, each for another reason."""


def lines(records: Iterable[Mapping[str, Any]], broken: Sequence[str] = ()) -> list[str]:
    """Return records as canonical lines in the order of their reports, with broken lines strewn in."""
    ordered = [json.dumps(one, ensure_ascii=False) for one in sorted(records, key=lambda one: one["reported_at"])]
    for number, line in enumerate(broken):
        ordered.insert(len(ordered) * (number + 1) // (len(broken) + 1), line)
    return ordered


def village_lines(count: int = 40) -> list[str]:
    """Return the whole log."""
    return lines([*ordinary(count), *special(), *answered(), *of_sources()], BROKEN)


def write_lines(path: Path, written: Iterable[str]) -> Path:
    """Write lines to a file and return it."""
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return path
