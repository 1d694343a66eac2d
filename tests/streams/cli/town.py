"""A small catalogue and a few handmade cases: what the tests of the command line are about."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HEAD = """name: lizi
title: 例子县
edition: 2026-01
extends: [national]
"""
PEOPLE = """agencies:
  - {org_code: LZ-SW, name: 例子县水务局, region: "999910", basis: 例编〔2024〕1号}
  - {org_code: LZ-JT, name: 例子县交通局, region: "999910", basis: 例编〔2024〕1号}
"""
MATTERS = """matters:
  - code: LZ-QS
    name: 取水许可
    org_code: LZ-SW
    task_type: "01"
    versions:
      - version: 1
        until: 2026-02-01
        basis: 例政〔2024〕2号
        statutory: {n: 20}
        promise: {n: 10}
      - version: 2
        from: 2026-02-01
        basis: 例政〔2026〕1号
        statutory: {n: 20}
        promise: {n: 5}
        flow:
          - {code: SL, name: 受理, roles: [window]}
          - {code: SC, name: 审查, after: [SL], roles: [check], limit: {n: 2}}
          - {code: JD, name: 决定, after: [SC], roles: [decide], decisive: true}
  - code: LZ-JZ
    name: 临时救助
    org_code: LZ-SW
    task_type: "05"
    versions:
      - version: 1
        basis: 例民〔2024〕1号
        promise: {n: 24, unit: hour}
        statutory: {n: 60, unit: natural_day}
  - code: LZ-XX
    name: 民办学校设立
    org_code: LZ-JT
    task_type: "01"
    versions:
      - version: 1
        basis: 例教〔2024〕1号
        promise: {n: 11, unit: month}
        statutory: {n: 12, unit: month}
  - code: LZ-LX
    name: 涉路施工许可
    org_code: LZ-JT
    task_type: "01"
    versions:
      - {version: 1, basis: 例交〔2024〕1号, from: 2026-01-01, until: 2026-03-01}
"""


def write_town(directory: Path) -> Path:
    """Write the catalogue and return its directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in (("catalog", HEAD), ("people", PEOPLE), ("matters", MATTERS)):
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    return directory


def record(case_id: str, number: int, event_type: str, at: str, **more: Any) -> dict[str, Any]:
    """Return a record of a case: local time of China, reported as it happens."""
    stamp = f"{at}+08:00"
    return {
        "event_id": f"{case_id}-{number}",
        "event_type": event_type,
        "case_id": case_id,
        "occurred_at": stamp,
        "reported_at": stamp,
        "task_code": "LZ-QS",
        "org_code": "LZ-SW",
        **more,
    }


def late_case(case_id: str = "C-LATE") -> list[dict[str, Any]]:
    """Return a case accepted on 2026-03-02, suspended for three days, decided and closed after its promise."""
    return [
        record(case_id, 1, "case.submitted", "2026-03-02T09:00:00", applicant_hash="x1"),
        record(case_id, 2, "case.accepted", "2026-03-02T10:00:00"),
        record(
            case_id,
            3,
            "pause.started",
            "2026-03-04T09:00:00",
            kind="expert_review",
            pause_no="P1",
            applicant_told=True,
            reason="专家评审需要现场核实",
        ),
        record(case_id, 4, "pause.ended", "2026-03-09T17:00:00", kind="expert_review", pause_no="P1"),
        record(
            case_id,
            5,
            "stage.completed",
            "2026-03-16T11:00:00",
            stage_code="SC",
            started_at="2026-03-10T09:00:00+08:00",
            ended_at="2026-03-16T11:00:00+08:00",
            operator_id="P2",
        ),
        record(case_id, 6, "decision.made", "2026-03-17T10:00:00", result="GRANTED"),
        record(case_id, 7, "case.closed", "2026-03-17T11:00:00", result="GRANTED"),
    ]


def good_case(case_id: str = "C-GOOD") -> list[dict[str, Any]]:
    """Return a case done on its last day."""
    stages = [("SL", "2026-03-02T10:30:00"), ("SC", "2026-03-04T10:00:00"), ("JD", "2026-03-05T10:00:00")]
    done = [
        record(case_id, 10 + at, "stage.completed", when, stage_code=code, operator_id=f"P{at}")
        for at, (code, when) in enumerate(stages)
    ]
    return [
        record(case_id, 1, "case.submitted", "2026-03-02T09:00:00"),
        record(case_id, 2, "case.accepted", "2026-03-02T10:00:00"),
        *done,
        record(case_id, 6, "decision.made", "2026-03-05T10:10:00", result="GRANTED"),
        record(case_id, 7, "case.closed", "2026-03-09T23:59:00", result="GRANTED"),
    ]


def write_log(path: Path, records: Iterable[Mapping[str, Any]], *spoilt: str) -> Path:
    """Write records as JSON lines in the order of their reports, then spoilt lines as they are."""
    ordered = sorted(records, key=lambda one: one["reported_at"])
    lines = [json.dumps(one, ensure_ascii=False) for one in ordered]
    path.write_text("".join(f"{line}\n" for line in (*lines, *spoilt)), encoding="utf-8")
    return path
