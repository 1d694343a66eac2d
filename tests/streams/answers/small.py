"""Small logs of the shape of the public ones, and what a careful reader would answer about them."""

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

Rows = Sequence[Mapping[str, str]]
Answers = Mapping[str, tuple[int, Rows]]
"""Answer files: the population and the rows."""

RECEIPT_STEPS = {
    "T00": "Confirmation of receipt",
    "T02": "T02 Check confirmation of receipt",
    "T04": "T04 Determine confirmation of receipt",
    "T05": "T05 Print and send confirmation of receipt",
    "T06": "T06 Determine necessity of stop advice",
    "T10": "T10 Determine necessity to stop indication",
}
WHOLE = ("T00 R1", "T02 R1", "T04 R2", "T05 R1", "T06 R1", "T10 R1")
"""The steps of a case in order, each with its officer."""

BUILDING_HEAD = (
    "question",
    "dateFinished",
    "dueDate",
    "activityNameEN",
    "time:timestamp",
    "org:resource",
    "concept:name",
    "case:endDate",
    "case:SUMleges",
    "case:concept:name",
    "case:parts",
    "case:startDate",
    "case:caseProcedure",
)
EVERY_COLUMN = ("case", "missing", "activity", "idx_in_case")
ZONE = ZoneInfo("Europe/Amsterdam")
COMMON = ("01_HOOFD_010", "01_HOOFD_015", "01_HOOFD_020", "01_HOOFD_030_1")


def receipt_case(
    case: str, deadline: str, end: str, steps: Iterable[str] = WHOLE, start: str = "2011-12-01"
) -> list[dict[str, str]]:
    """Return the rows of a case: steps of one minute each from nine o'clock on."""
    attributes = {
        "case:channel": "Internet",
        "case:concept:name": case,
        "case:deadline": f"{deadline}+01:00",
        "case:enddate": f"{end}+01:00" if end else "",
        "case:startdate": f"{start} 08:00:00+01:00",
    }
    return [
        attributes
        | {
            "concept:name": RECEIPT_STEPS[step.split()[0]],
            "org:group": "Group 1",
            "org:resource": step.split()[1],
            "time:timestamp": f"{start} 09:{minute:02}:00+01:00",
        }
        for minute, step in enumerate(steps)
    ]


def receipt_log() -> list[dict[str, str]]:
    """Return six cases; the last record is of 2011-12-20 09:05."""
    backwards = ("T00 R1", "T02 R1", "T05 R1", "T04 R2", "T06 R1", "T10 R1")
    return [
        *receipt_case("same-day", "2011-12-05 01:06:40", "2011-12-05 15:30:00"),
        *receipt_case("next-day", "2011-12-05 01:06:40", "2011-12-06 00:00:00"),
        *receipt_case("open-late", "2011-12-20 09:04:59", "", WHOLE[:2]),
        *receipt_case("open-in-time", "2011-12-20 09:05:00", ""),
        *receipt_case("short", "2012-01-05 01:06:40", "2011-12-19 10:00:00", ("T00 R1", "T02 R1", "T06 R1", "T10 R1")),
        *receipt_case("backwards", "2012-01-05 01:06:40", "2011-12-19 10:00:00", backwards),
        *receipt_case(
            "one-officer",
            "2012-01-05 01:06:40",
            "",
            [step.replace("R2", "R1") for step in WHOLE],
            start="2011-12-20",
        ),
    ]


RECEIPT_ANSWERS: Answers = {
    "closed_after_deadline_instant": (4, [{"case": "same-day"}, {"case": "next-day"}]),
    "closed_after_deadline_date": (4, [{"case": "next-day"}]),
    "open_past_deadline_at_log_end": (3, [{"case": "open-late"}]),
    "lacks_core_step": (
        7,
        [{"case": "open-late", "missing": "T04+T05+T06+T10"}, {"case": "short", "missing": "T05+T04"}],
    ),
    "closed_lacking_core_step": (4, [{"case": "short", "missing": "T04+T05"}]),
    "sent_without_or_before_determination": (5, [{"case": "backwards"}]),
    "same_actor_check_and_determine": (5, [{"case": "one-officer"}]),
}


def stamp(on: str, hour: int = 0) -> str:
    """Return an hour of a date as the log writes it, with the offset of the season."""
    return datetime.fromisoformat(on).replace(hour=hour, tzinfo=ZONE).isoformat()


def building_case(
    case: str, steps: Iterable[str], *, start: str = "2014-09-02", end: str = "", fee: str = "", procedure: str = ""
) -> list[dict[str, str]]:
    """Return the rows of a case; a step is ``code date [due-date [question]]``, a case has its common steps first."""
    attributes = {
        "case:endDate": stamp(end) if end else "",
        "case:SUMleges": fee,
        "case:concept:name": case,
        "case:parts": "Bouw",
        "case:startDate": stamp(start),
        "case:caseProcedure": procedure,
    }
    rows = []
    for step in steps:
        code, on, due, question = (*step.split(), "", "")[:4]
        due = "" if due == "-" else due
        rows.append(
            attributes
            | {
                "question": question or "EMPTY",
                "dateFinished": f"{on} 00:00:00",
                "dueDate": stamp(due, 16) if due else "",
                "activityNameEN": "something",
                "time:timestamp": stamp(on),
                "org:resource": "560604",
                "concept:name": code,
            }
        )
    return rows


def common(on: str = "2014-09-02") -> list[str]:
    """Return the steps most cases have, on a date."""
    return [f"{code} {on}" for code in COMMON]


def building_log() -> list[dict[str, str]]:
    """Return eight cases, of which 01_HOOFD_510_2 is the decision."""
    sent = "01_HOOFD_510_2"
    extended = "06_VD_010 {} - True"
    return [
        *building_case("in-time", [*common(), f"{sent} 2014-10-28"], end="2014-10-28", fee="157.09305"),
        *building_case("late", [*common(), f"{sent} 2014-10-29"], end="2014-10-29", fee="-73.52646"),
        *building_case("closed-first", [*common(), f"{sent} 2014-11-03"], end="2014-10-01"),
        *building_case("extended", [*common(), extended.format("2014-10-28"), f"{sent} 2014-12-09"]),
        *building_case("asked-too-late", [*common(), extended.format("2014-10-29"), f"{sent} 2014-12-09"]),
        *building_case(
            "wide", [*common(), f"{sent} 2015-03-30"], start="2014-09-02", end="2015-03-02", procedure="Uitgebreid"
        ),
        *building_case("in-the-holidays", [*common(), f"{sent} 2014-10-06"], end="2014-10-06"),
        *building_case(
            "steps",
            [
                *common()[:3],
                "01_HOOFD_040 2014-09-10 2014-09-10",
                "01_HOOFD_040 2014-09-11 2014-09-10",
                "01_HOOFD_040 2014-09-11 2014-09-10",
            ],
        ),
    ]


def clock(case: str, days: int, working: int, *, extended: bool = False) -> dict[str, str]:
    """Return a row of the table of clocks."""
    return {"case": case, "days": str(days), "wd_cn": f"{working}.0", "extended_procedure": str(extended)}


BUILDING_ANSWERS: Answers = {
    "step_finished_after_due_date": (
        3,
        [
            {"case": "steps", "activity": "01_HOOFD_040", "idx_in_case": "4"},
            {"case": "steps", "activity": "01_HOOFD_040", "idx_in_case": "5"},
        ],
    ),
    "case_longer_than_statutory": (5, [{"case": "late"}]),
    "case_over_20_working_days_CN": (5, [{"case": "in-time"}, {"case": "late"}, {"case": "wide"}]),
    "lacks_90pct_step": (8, [{"case": "steps", "missing": "01_HOOFD_030_1"}]),
    "negative_fee": (2, [{"case": "late"}]),
    "exact_duplicate_events": (43, [{"case": "steps", "activity": "01_HOOFD_040", "idx_in_case": "5"}]),
    "decision_sent_later_than_56d": (
        6,
        [{"case": "late"}, {"case": "closed-first"}, {"case": "extended"}, {"case": "asked-too-late"}],
    ),
    "decision_later_than_net_term_lawful_only": (
        6,
        [{"case": "late"}, {"case": "closed-first"}, {"case": "asked-too-late"}],
    ),
    "decision_later_than_net_term": (6, [{"case": "late"}]),
    "decision_clock_all_cases": (
        7,
        [
            clock("in-time", 56, 36),
            clock("late", 57, 37),
            clock("closed-first", 62, 40),
            clock("extended", 98, 66),
            clock("asked-too-late", 98, 66),
            clock("wide", 209, 141, extended=True),
            clock("in-the-holidays", 34, 20),
        ],
    ),
}


def write(directory: Path, log: str, rows: Rows, answers: Answers) -> Path:
    """Write a packed log and its answer files, adding them to the index; return the directory of logs."""
    path = directory / ("receipt/receipt.csv.gz" if log == "receipt" else f"bpic15/BPIC15_{log[-1]}.flat.csv.gz")
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        _table(file, rows, BUILDING_HEAD if log != "receipt" else tuple(rows[0]))
    known = directory / "known_answers"
    known.mkdir(exist_ok=True)
    index = known / "INDEX.csv"
    if not index.exists():
        index.write_text("file,log,rule,violations_rows,violating_cases,population,definition\n", encoding="utf-8")
    with index.open("a", encoding="utf-8") as file:
        for rule, (population, wanted) in answers.items():
            cases = len({row["case"] for row in wanted})
            file.write(f"{log}__{rule}.csv,{log},{rule},{len(wanted)},{cases},{population},as it says\n")
            write_answer(directory, log, rule, wanted)
    return directory


def write_answer(directory: Path, log: str, rule: str, wanted: Rows) -> None:
    """Write one answer file."""
    with (directory / "known_answers" / f"{log}__{rule}.csv").open("w", encoding="utf-8", newline="") as file:
        _table(file, wanted, list(wanted[0]) if wanted else EVERY_COLUMN)


def _table(file: IO[str], rows: Rows, head: Sequence[str]) -> None:
    writer = csv.DictWriter(file, head)
    writer.writeheader()
    writer.writerows(rows)
