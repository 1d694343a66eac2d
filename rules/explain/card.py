"""A card and how it came to be: finding, grounds, evidence, arithmetic, every transition with its reason."""

from collections.abc import Mapping, Sequence

from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.asof import AsOf
from rules.engine.cards import STATE_NAMES, Card, Transition
from rules.engine.docket import F
from rules.explain.rule import basis_lines, clock_sections, figure_lines, verdict_lines
from rules.explain.statement import Section, Statement
from rules.explain.words import event_line, instant_text, level_text
from rules.verdicts import NEVER

MOVE_NAMES = {
    "raised": "发出",
    "escalated": "升级",
    "lowered": "降级",
    "upheld": "维持",
    "review": "转待核",
    "withdrawn": "撤回",
    "reinstated": "恢复",
    "merged": "并入",
    "closed": "结束",
    "life": "流转",
}


def explain_card(
    card: Card, history: Sequence[Transition], asked: AsOf[F], catalog: Catalog, rules: Mapping[str, Rule]
) -> Statement:
    """Return the whole explanation of a card. ``asked`` is its case (or agency) as of the instant of asking."""
    zone = catalog.head.zone
    rule = rules[card.rule_id]
    agency = catalog.agencies.get(card.org_code or "")
    org = agency.name if agency is not None else (card.org_code or "未知部门")
    head = [
        f"办件（或部门）：{card.scope}" + (f"，{rule.subjects.value} {card.subject}" if card.subject else ""),
        f"责任部门：{org}",
        f"级别：{level_text(card.level)}" + (f"（曾达{level_text(card.peak)}）" if card.peak > card.level else ""),
        f"状态：{STATE_NAMES[card.state]}",
        f"条件成立：{instant_text(card.condition_at, zone)}",
        f"得知：{instant_text(card.known_at, zone)}",
    ]
    if card.merged_into:
        head.append(f"并入监察信号：{card.merged_into}")
    if card.ended < NEVER:
        head.append(f"结束：{instant_text(card.ended, zone)}")
    sections = [Section("信号", tuple(head)), Section("为什么", verdict_lines(rule, card.finding, asked.now, zone))]
    if card.contested is not None:
        sections.append(Section("计入事后补报材料的另一结论", figure_lines(rule, card.contested.figures, zone)))
    if card.grounds:
        lines = tuple(_ground(g.rule_id, rules, level_text(g.level), instant_text(g.since, zone)) for g in card.grounds)
        sections.append(Section("同一违规的其他根据", lines))
    if asked.docket is not None and asked.law is not None:
        sections += clock_sections(rule, asked.docket.facts, asked.law, zone)
        log = [filed for held in asked.docket.all_held() for filed in held]
        evidence = [filed for filed in log if filed.event.event_id in card.finding.events]
        lines = tuple(event_line(filed, zone) for filed in sorted(evidence, key=lambda one: one.key))
        sections.append(Section("证据", lines or card.finding.events))
        sections.append(Section("依据与版本", basis_lines(rule, asked.law, catalog)))
    sections.append(Section("经过", tuple(_history(one, zone) for one in history)))
    sections.append(Section("核查步骤", tuple(f"{n}. {step}" for n, step in enumerate(rule.runbook, 1))))
    return Statement(f"监察编号 {card.card_id}  {rule.id} {rule.name}", tuple(sections))


def _ground(rule_id: str, rules: Mapping[str, Rule], level: str, since: str) -> str:
    name = rules[rule_id].name if rule_id in rules else ""
    return f"{rule_id} {name}：自 {since} 起{level}"


def _history(one: Transition, zone: str) -> str:
    cause = f"事件 {one.cause}" if one.cause else "到时"
    state = STATE_NAMES[one.card.state]
    return (
        f"{instant_text(one.known_at, zone)}  {MOVE_NAMES[one.move.value]}  {level_text(one.card.level)}·{state}"
        f"  （{one.reason}；{cause}）"
    )
