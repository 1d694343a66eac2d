"""Plants about the records themselves: changed after the close, contradicting each other (办结后改数)."""

from dataclasses import replace

from rules.events.words import Level
from streams.simulate.moments import HOUR, MINUTE, day_of, moment
from streams.simulate.plan import Plan
from streams.simulate.plants.kit import QUICK, Kit
from streams.simulate.plants.where import every, judged_by, promised, room_to_statutory, stages

RULE = "DQ_TAMPER"
WHERE = every(promised(3, 20), room_to_statutory(0), stages(3), judged_by(RULE))
APPROVED = {"reason": "文书编号录入错误", "approver": "分管负责人"}


def changed_without_a_word(kit: Kit) -> bool:
    """The number of the decision is changed days after the close, with neither reason nor approver."""
    plan = _closed(kit)
    if plan is None:
        return False
    _correct(plan, "DEC", {"doc_no": "更改后的文号"}, {})
    return kit.put(plan, kit.found(plan, RULE, plan.event_id("COR"), Level.RED, "办结后改决定文号，无原因无批准"))


def changed_with_approval(kit: Kit) -> bool:
    """The same with reason and approver: a notice."""
    plan = _closed(kit)
    if plan is None:
        return False
    _correct(plan, "DEC", {"doc_no": "更正后的文号"}, APPROVED)
    return kit.put(plan, kit.found(plan, RULE, plan.event_id("COR"), Level.NOTICE, "办结后更正，有原因有批准"))


def sent_anew(kit: Kit) -> bool:
    """A new version of the acceptance, with another printed limit, comes in after the close."""
    plan = _closed(kit)
    if plan is None or plan.terms.promise is None:
        return False
    later = moment(plan.terms.workdays.after(day_of(plan.closed or 0), 1), 10)
    plan.again.append(("ACC", later, {"data_version": 1, "promise_limit": plan.terms.promise.n + 1}))
    return kit.put(plan, kit.found(plan, RULE, plan.event_id("ACC"), Level.RED, "办结后重报受理，改了时限"))


def struck_out(kit: Kit) -> bool:
    """The end of an optional stage is struck after the close, without reason."""
    wish = replace(QUICK, skipped=0.0)
    plan = kit.case(WHERE, room=18, wish=wish)
    if plan is None:
        return False
    last = len(plan.passages)
    if not plan.passages or plan.passages[-1].stage.mandatory:
        return False
    at = moment(plan.terms.workdays.after(day_of(plan.closed or 0), 1), 11)
    plan.say("VOI", "event.voided", at, target_event_id=plan.event_id(f"E{last}"))
    return kit.put(plan, kit.found(plan, RULE, plan.event_id("VOI"), Level.RED, "办结后作废环节记录，无原因"))


def two_contents_under_one_id(kit: Kit) -> bool:
    """Two records of one id and version that differ: a notice, whichever counts."""
    plan = _closed(kit)
    if plan is None or plan.passages[0].ended is None:
        return False
    plan.again.append(("E1", plan.passages[0].ended + 20 * MINUTE, {"opinion": "同意，另附意见"}))
    return kit.put(plan, kit.found(plan, RULE, plan.event_id("E1"), Level.NOTICE, "同一编号两种内容"))


def corrected_before_the_close(kit: Kit) -> bool:
    """A time is corrected while the case is open, with reason and approver."""
    plan = _closed(kit)
    if plan is None or plan.accepted is None or plan.closed is None or plan.closed - plan.accepted < 5 * HOUR:
        return False
    plan.say(
        "COR",
        "event.corrected",
        plan.accepted + 2 * HOUR,
        target_event_id=plan.event_id("ACC"),
        fields={"promise_limit": plan.terms.promise.n if plan.terms.promise else 0, "accept_place": "hall-2"},
        **APPROVED,
    )
    return kit.put(plan, kit.quiet(plan, RULE, "办结前更正"))


def opinion_corrected_afterwards(kit: Kit) -> bool:
    """An opinion is corrected after the close: neither time, limit nor result."""
    plan = _closed(kit)
    if plan is None:
        return False
    _correct(plan, "E1", {"opinion": "材料齐全，准予"}, {})
    return kit.put(plan, kit.quiet(plan, RULE, "办结后改意见文字"))


def sent_again_unchanged(kit: Kit) -> bool:
    """The close is sent again days later, word for word."""
    plan = _closed(kit)
    if plan is None:
        return False
    later = moment(plan.terms.workdays.after(day_of(plan.closed or 0), 2), 10)
    plan.again.append(("CLS", later, {}))
    return kit.put(plan, kit.quiet(plan, RULE, "办结后原样重报"))


def _closed(kit: Kit) -> Plan | None:
    return kit.case(WHERE, room=18)


def _correct(plan: Plan, tag: str, fields: dict[str, object], approved: dict[str, str]) -> None:
    at = moment(plan.terms.workdays.after(day_of(plan.closed or 0), 2), 15)
    plan.say("COR", "event.corrected", at, target_event_id=plan.event_id(tag), fields=fields, **approved)


PLANTS = (
    changed_without_a_word,
    changed_with_approval,
    sent_anew,
    struck_out,
    two_contents_under_one_id,
    corrected_before_the_close,
    opinion_corrected_afterwards,
    sent_again_unchanged,
)
