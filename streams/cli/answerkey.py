"""What is compared: the answer key (CSV) and the cards of a run (JSON lines), read with clear refusals."""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rules.engine.cards import State
from rules.events.words import Level
from streams.cli.agreement import Claim, Wanted
from streams.cli.trouble import Trouble

NAMES = {
    "rule_id": ("rule_id", "rule", "规则", "规则编号"),
    "case_id": ("case_id", "case", "办件", "办件编号", "scope"),
    "subject": ("subject", "对象", "监察对象"),
    "level": ("level", "级别"),
    "expect": ("expect", "预期"),
    "note": ("note", "说明"),
}
"""Columns of a key by the names they may have."""
QUIET = frozenset({"quiet", "不报", "0", "no", "false"})
LOUD = frozenset({"", "found", "报", "1", "yes", "true"})
LEVELS = {"notice": Level.NOTICE, "yellow": Level.YELLOW, "red": Level.RED} | {
    "预警": Level.NOTICE,
    "黄牌": Level.YELLOW,
    "红牌": Level.RED,
}


def read_key(path: str) -> list[Wanted]:
    """Return the rows of a key; Trouble names file, line and column of what cannot be read."""
    text = _text(path)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    columns = _columns(path, rows.fieldnames or ())
    try:
        return [_wanted(path, rows.line_num, row, columns) for row in rows if any(map(_said, row.values()))]
    except csv.Error as error:
        raise Trouble(f"{path}:{rows.line_num}: 不合 CSV 写法：{error}") from None


def read_cards(path: str) -> Iterator[Claim]:
    """Yield the cards of a file written by ``replay --cards``, and their further grounds; Trouble names the line."""
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            card = json.loads(line)
            yield from claims_of(card)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Trouble(f"{path}:{number}: 不是监察信号的 JSON 行：{type(error).__name__} {error}") from None


def claims_of(card: Mapping[str, Any]) -> Iterator[Claim]:
    """Yield what a card claims: itself unless withdrawn, and each further ground."""
    case_id, subject, identity = card["case_id"] or "", card["subject"] or "", card.get("card_id", "")
    if State(card["state"]) is not State.WITHDRAWN:
        merged = bool(card.get("merged_into"))
        yield Claim(card["rule_id"], case_id, subject, Level.of(card["level"]), merged, identity)
        for ground in card.get("grounds", ()):
            level = Level.of(ground["level"])
            yield Claim(ground["rule_id"], case_id, ground.get("subject") or "", level, neutral=True, card_id=identity)


def _text(path: str) -> str:
    try:
        content = Path(path).read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble(f"{path}: 不是 UTF-8 文字（第 {error.start} 字节起读不出）") from None
    except (OSError, EOFError) as error:
        raise Trouble(f"{path}: 读不出：{error}") from None


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _columns(path: str, names: Mapping[str, Any] | Any) -> dict[str, str]:
    known = {name.strip().lower(): name for name in names}
    columns = {field: known[alias] for field, aliases in NAMES.items() for alias in reversed(aliases) if alias in known}
    if "rule_id" not in columns:
        raise Trouble(f"{path}:1: 答案缺少列 rule_id（或 rule）；现有列：{'、'.join(known) or '无'}")
    if "case_id" not in columns and "subject" not in columns:
        raise Trouble(f"{path}:1: 答案缺少列 case_id（或 case），也没有 subject；现有列：{'、'.join(known)}")
    return columns


def _wanted(path: str, line: int, row: Mapping[str, Any], columns: Mapping[str, str]) -> Wanted:
    def cell(field: str) -> str:
        return str(row.get(columns.get(field, "")) or "").strip()

    if not cell("rule_id"):
        raise Trouble(f"{path}:{line}: {columns['rule_id']} 为空")
    if not cell("case_id") and not cell("subject"):
        raise Trouble(f"{path}:{line}: 办件和对象都为空，不知所指")
    expect = cell("expect").lower()
    if expect not in QUIET | LOUD:
        raise Trouble(f"{path}:{line}: {columns['expect']} 应是 found 或 quiet，不是「{expect}」")
    level = cell("level").lower()
    if level and level not in LEVELS:
        raise Trouble(f"{path}:{line}: {columns['level']} 应是 notice、yellow、red，不是「{level}」")
    return Wanted(
        cell("rule_id"),
        cell("case_id"),
        cell("subject"),
        LEVELS.get(level),
        quiet=expect in QUIET,
        note=cell("note"),
        line=line,
    )
