"""Plants about records changed after the close, or contradicting each other (办结后改数)."""

from typing import Any

from rules.events.words import Level
from streams.simulate.moments import HOUR, MINUTE, moment
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import workday_after
from streams.simulate.plants.kit import Kit, need, the
from streams.simulate.plants.where import every, judged_by, promised, room_to_statutory, stages

RULE = "DQ_TAMPER"
WHERE = every(promised(3, 20), room_to_statutory(0), stages(3), judged_by(RULE))
APPROVED = {"reason": "文书编号录入错误", "approver": "分管负责人"}


def changed_without_a_word(kit: Kit) -> None:
    """The number of the decision is changed days after the close, with neither reason nor approver."""
    plan = kit.case(WHERE, room=18)
    _correct(plan, "DEC", {"doc_no": "更改后的文号"})
    kit.put(plan, kit.found(plan, RULE, plan.event_id("COR"), Level.RED, "办结后改决定文号，无原因无批准"))


def changed_with_approval(kit: Kit) -> None:
    """The same with reason and approver: a notice."""
    plan = kit.case(WHERE, room=18)
    _correct(plan, "DEC", {"doc_no": "更正后的文号"}, **APPROVED)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("COR"), Level.NOTICE, "办结后更正，有原因有批准"))


def sent_anew(kit: Kit) -> None:
    """A new version of the acceptance, with another printed limit, comes in after the close."""
    plan = kit.case(WHERE, room=18)
    later = moment(workday_after(plan, plan.closed, 1), 10)
    plan.again.append(("ACC", later, {"data_version": 1, "promise_limit": the(plan.terms.promise).n + 1}))
    kit.put(plan, kit.found(plan, RULE, plan.event_id("ACC"), Level.RED, "办结后重报受理，改了时限"))


def struck_out(kit: Kit) -> None:
    """The end of an optional stage is struck after the close, without reason."""
    plan = kit.case(WHERE, room=18)
    need(plan.passages)
    need(not plan.passages[-1].stage.mandatory)
    struck = plan.event_id(f"E{len(plan.passages)}")
    plan.say("VOI", "event.voided", moment(workday_after(plan, plan.closed, 1), 11), target_event_id=struck)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("VOI"), Level.RED, "办结后作废环节记录，无原因"))


def two_contents_under_one_id(kit: Kit) -> None:
    """Two records of one id and version that differ: a notice, whichever counts."""
    plan = kit.case(WHERE, room=18)
    need(plan.passages)
    plan.again.append(("E1", the(plan.passages[0].ended) + 20 * MINUTE, {"opinion": "同意，另附意见"}))
    kit.put(plan, kit.found(plan, RULE, plan.event_id("E1"), Level.NOTICE, "同一编号两种内容"))


def corrected_before_the_close(kit: Kit) -> None:
    """What was printed on the slip is corrected while the case is open, with reason and approver."""
    plan = kit.case(WHERE, room=18)
    accepted = the(plan.accepted)
    need(the(plan.closed) - accepted >= 5 * HOUR)
    fields = {"promise_limit": the(plan.terms.promise).n, "accept_place": "hall-2"}
    target = plan.event_id("ACC")
    plan.say("COR", "event.corrected", accepted + 2 * HOUR, target_event_id=target, fields=fields, **APPROVED)
    kit.put(plan, kit.quiet(plan, RULE, "办结前更正"))


def opinion_corrected_afterwards(kit: Kit) -> None:
    """An opinion is corrected after the close: neither time, limit nor result."""
    plan = kit.case(WHERE, room=18)
    _correct(plan, "E1", {"opinion": "材料齐全，准予"})
    kit.put(plan, kit.quiet(plan, RULE, "办结后改意见文字"))


def sent_again_unchanged(kit: Kit) -> None:
    """The close is sent again days later, word for word."""
    plan = kit.case(WHERE, room=18)
    plan.again.append(("CLS", moment(workday_after(plan, plan.closed, 2), 10), {}))
    kit.put(plan, kit.quiet(plan, RULE, "办结后原样重报"))


def _correct(plan: Plan, tag: str, fields: dict[str, Any], **approved: str) -> None:
    at = moment(workday_after(plan, plan.closed, 2), 15)
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
