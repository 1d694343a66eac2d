"""What a rule answers of a case at an instant, and why: also why there is no card."""

from typing import assert_never

from rules.calendar import WorkCalendar
from rules.cases.case import Case
from rules.catalog.index import Catalog
from rules.clocks.clock import Clock, promise_clock, statutory_clock
from rules.declare import Rule
from rules.engine.asof import AsOf
from rules.engine.docket import F
from rules.explain.clocks import clock_lines
from rules.explain.statement import Section, Statement
from rules.explain.words import event_line, figure_text, instant_text, level_text
from rules.law import Law
from rules.verdicts import NEVER, Breach, Clear, NotApplicable, Undecided, Verdict

CLOCKS = {
    "OT_PROMISE_SOON": promise_clock,
    "OT_PROMISE_OVERDUE": promise_clock,
    "OT_STATUTORY_OVER": statutory_clock,
    "CAL_MISSING": promise_clock,
}
"""Rules that speak of a clock of the case: its arithmetic is shown whatever they answer."""


def explain_rule(rule: Rule, asked: AsOf[F], catalog: Catalog) -> Statement:
    """Return what a rule answers of a case as of ``asked.now``: verdict by subject, arithmetic, evidence, editions."""
    zone = catalog.head.zone
    docket, law = asked.docket, asked.law
    title = f"{rule.id} {rule.name}（{rule.family.title}）  截至 {instant_text(asked.now, zone)}"
    if docket is None or law is None:
        return Statement(title, (Section("结论", ("此时还没有这一办件的任何记录",)),))
    sections: list[Section] = []
    why_silent = _why_not_asked(rule, law)
    answers = () if why_silent else asked.answers([rule])
    if why_silent:
        sections.append(Section("结论", (why_silent,)))
    elif not answers:
        sections.append(Section("结论", ("没有可判定的对象：未发现该规则所指的事项",)))
    for answer in answers:
        heading = f"结论 {rule.subjects.value} {answer.subject}" if answer.subject else "结论"
        sections.append(Section(heading, verdict_lines(rule, answer.verdict, asked.now, zone)))
    sections += clock_sections(rule, docket.facts, law, zone)
    sections.append(Section("依据与版本", basis_lines(rule, law, catalog)))
    named = {e for answer in answers if isinstance(answer.verdict, Breach) for e in answer.verdict.events}
    log = [filed for held in docket.all_held() for filed in held if not named or filed.event.event_id in named]
    lines = tuple(event_line(filed, zone) for filed in sorted(log, key=lambda one: one.key))
    sections.append(Section("证据" if named else "已收到的事件", lines))
    return Statement(title, tuple(sections))


def verdict_lines(rule: Rule, verdict: Verdict, now: int, zone: str) -> tuple[str, ...]:
    """Return a verdict in words, with the figures of its arithmetic."""
    match verdict:
        case Clear():
            return ("无违规" + (f"：{verdict.why}" if verdict.why else ""),)
        case NotApplicable():
            return (f"不适用：{verdict.why}",)
        case Undecided():
            return (f"无法判定，缺：{verdict.missing}", *figure_lines(rule, verdict.figures, zone))
        case Breach():
            return (*_breach_lines(verdict, now, zone), *figure_lines(rule, verdict.figures, zone))
        case never:
            assert_never(never)


def figure_lines(rule: Rule, figures: tuple[object, ...], zone: str) -> tuple[str, ...]:
    """Return the figures of a verdict, each under its name."""
    named = zip(rule.figures, figures, strict=False)
    return tuple(f"{name}：{figure_text(value, kind, zone)}" for (name, kind), value in named)


def basis_lines(rule: Rule, law: Law, catalog: Catalog) -> tuple[str, ...]:
    """Return what was applied: clause, rule version, matter, profile, editions of catalogue and calendar."""
    matter = law.matter
    lines = [
        f"规则依据：{rule.basis}",
        f"规则版本：{rule.version}（{rule.since.isoformat()} 起）",
        f"规则内容：{rule.says}",
    ]
    if matter is not None and law.version is not None:
        lines.append(f"事项：{matter.code} {matter.name}，第 {law.version.version} 版（{law.version.basis}）")
    elif law.why_no_matter:
        lines.append(f"事项：{law.why_no_matter}")
    lines += [f"方案：{law.profile}", f"目录版本：{catalog.edition}", f"日历版本：{law.days.version}"]
    lines += [f"参数 {p.id}（{p.title}）：{_value(law.get(p), p.unit)}" for p in rule.params]
    return tuple(lines)


def clock_sections(rule: Rule, found: object, law: Law, zone: str) -> list[Section]:
    """Return the arithmetic of the clock a rule speaks of; empty for rules without one."""
    ask = CLOCKS.get(rule.id)
    if ask is None or not isinstance(found, Case):
        return []
    clock = ask(found, law)
    days: WorkCalendar = law.days
    return [Section("时限计算", clock_lines(days, clock, zone))] if isinstance(clock, Clock) else []


def _breach_lines(breach: Breach, now: int, zone: str) -> tuple[str, ...]:
    level = breach.level_at(now)
    if level is None:
        head = "条件尚未成立，或仍在等待迟报的宽限期内"
    elif breach.ended <= now:
        head = f"曾成立（{level_text(level)}），已于 {instant_text(breach.ended, zone)} 结束"
    else:
        head = f"成立：{level_text(level)}"
    lines = [head]
    for rung in breach.rungs:
        wait = f"，{instant_text(rung.say_at, zone)} 起可发出" if rung.say_at != rung.since else ""
        lines.append(f"自 {instant_text(rung.since, zone)} 起为{level_text(rung.level)}{wait}")
    if breach.ended < NEVER and level is None:
        lines.append(f"至 {instant_text(breach.ended, zone)} 止")
    if breach.missing:
        lines.append(f"更高级别无法判定，缺：{breach.missing}")
    return tuple(lines)


def _why_not_asked(rule: Rule, law: Law) -> str:
    if rule.id in law.off:
        return f"不适用：方案 {law.profile} 停用了这条规则"
    if rule.id in law.exempt:
        basis = law.version.exempt_basis if law.version is not None else ""
        return f"不适用：事项豁免这条规则（{basis or '未写明依据'}）"
    if rule.licences_only and not law.is_licence:
        return "不适用：不是行政许可事项"
    return ""


def _value(value: object, unit: str) -> str:
    """Return the value of a parameter with its unit; one that is switched off has none."""
    if value is None:
        return "不启用"
    name = getattr(value, "code", None)
    return f"{value if name is None else name}{unit}"
