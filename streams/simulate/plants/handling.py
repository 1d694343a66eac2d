"""Plants about acceptance, supplements and who holds which stage (未受理即决定、未一次性告知、审核审批一人)."""

from dataclasses import replace
from typing import Any

from rules.events.words import Level, Result
from streams.simulate.moments import HOUR, day_of, moment
from streams.simulate.plan import Notice, Plan
from streams.simulate.plants.bend import accept_on, workday_after
from streams.simulate.plants.kit import QUICK, Kit, need, the
from streams.simulate.plants.where import every, in_line, instant, judged_by, licence, promised, room_to_statutory
from streams.simulate.terms import Terms

NO_ACCEPT, SUPPLEMENTS, MERGED = "SK_DECIDE_NOACCEPT", "SK_MULTI_SUPPL", "SK_ROLE_MERGE"
AT_ONCE = replace(QUICK, pace=0.05)
SHORT = every(licence, promised(3, 20), room_to_statutory(0), judged_by(NO_ACCEPT), in_line)
ASKED = every(licence, promised(5, 20), room_to_statutory(0), judged_by(SUPPLEMENTS))


def decided_without_acceptance(kit: Kit) -> None:
    """Decided and closed within days, never accepted."""
    plan = _without_acceptance(kit, Result.GRANTED)
    kit.put(plan, kit.found(plan, NO_ACCEPT, "", Level.RED, "未受理即准予"))


def denied_without_acceptance(kit: Kit) -> None:
    """Closed as denied, never accepted, and no decision reported: a denial without acceptance is one."""
    plan = _without_acceptance(kit, Result.DENIED)
    plan.decided = None
    kit.put(plan, kit.found(plan, NO_ACCEPT, "", Level.RED, "未受理即不予许可"))


def one_word_for_an_instant_case(kit: Kit) -> None:
    """A case decided on the spot whose source sends a single close."""
    plan = kit.case(every(instant, judged_by(NO_ACCEPT)), room=4)
    plan.missing.update({"ACC", "DEC"})
    kit.put(plan, kit.quiet(plan, NO_ACCEPT, "即办件只报办结"))


def refused_at_the_door(kit: Kit) -> None:
    """Refused at the door: closed without acceptance, and no decision."""
    plan = kit.case(SHORT, room=10, wish=replace(QUICK, result=Result.NOT_ACCEPTED))
    kit.put(plan, kit.quiet(plan, NO_ACCEPT, "不予受理"))


def acceptance_told_late(kit: Kit) -> None:
    """The acceptance comes in hours after the close: a card was raised and must not stand."""
    plan = kit.case(SHORT, room=12, wish=replace(QUICK, pace=0.02))
    late = the(plan.closed) + 2 * HOUR
    need(late - the(plan.accepted) <= 20 * HOUR)
    plan.held_back["ACC"] = late
    kit.put(plan, kit.quiet(plan, NO_ACCEPT, "受理记录迟报"))


def asked_twice(kit: Kit) -> None:
    """A second notice asks for more than the first."""
    plan = kit.case(ASKED, room=34, wish=replace(QUICK, supplements=2))
    kit.put(plan, kit.found(plan, SUPPLEMENTS, plan.event_id("N2"), _level(plan, 2), "第二次补正告知"))


def asked_three_times(kit: Kit) -> None:
    """A third notice."""
    plan = kit.case(ASKED, room=46, wish=replace(QUICK, supplements=3))
    told = [(number, plan.event_id(f"N{number}"), f"第{number}次补正告知") for number in (2, 3)]
    kit.put(plan, *(kit.found(plan, SUPPLEMENTS, event, _level(plan, number), note) for number, event, note in told))


def first_notice_corrected(kit: Kit) -> None:
    """A second notice corrects a slip of the first."""
    plan = _two_notices(kit)
    plan.notices[1].extra["corrects"] = _first_notice(plan)
    kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "更正前一告知书"))


def applicant_changed_his_papers(kit: Kit) -> None:
    """A second notice about papers the applicant changed of his own accord."""
    plan = _two_notices(kit)
    plan.notices[1].extra["applicant_changed"] = True
    kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "申请人自行变更材料"))


def same_notice_sent_again(kit: Kit) -> None:
    """One notice recorded twice under its number."""
    plan = _two_notices(kit)
    plan.notices[1].extra["notice_no"] = _first_notice(plan)
    kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "同一告知书重复记录"))


def asked_once(kit: Kit) -> None:
    """One notice, everything in it."""
    plan = kit.case(ASKED, room=26, wish=replace(QUICK, supplements=1))
    kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "一次告知"))


def one_person_for_two(kit: Kit) -> None:
    """Two stages that two persons must hold, held by one."""
    plan = kit.case(every(promised(3, 20), judged_by(MERGED), room_to_statutory(0), _separate), room=16)
    one, other = plan.terms.version.separate[0]
    held = {passage.stage.code: passage for passage in plan.passages}
    need(one in held and other in held)
    held[other].operator = held[one].operator
    kit.put(plan, kit.found(plan, MERGED, f"{one}+{other}", Level.YELLOW, "审核与审批同一人"))


def one_person_where_allowed(kit: Kit) -> None:
    """One person holds every stage of a matter that keeps none apart."""
    plan = kit.case(every(promised(1, 20), judged_by(MERGED), lambda terms: not terms.version.separate), room=16)
    for passage in plan.passages:
        passage.operator = plan.passages[0].operator
    kit.put(plan, kit.quiet(plan, MERGED, "事项未要求分设岗位"))


def _without_acceptance(kit: Kit, result: Result) -> Plan:
    plan = kit.case(SHORT, room=12, wish=replace(AT_ONCE, result=result))
    need(day_of(the(plan.closed)) < workday_after(plan, plan.submitted, the(plan.terms.receipt).n))
    plan.missing.add("ACC")
    return plan


def _two_notices(kit: Kit) -> Plan:
    """Return a case with two notices on following days, its papers complete after the second, and then acceptance."""
    plan = kit.case(ASKED, room=26)
    first, again = (moment(workday_after(plan, plan.submitted, days), 10) for days in (1, 2))
    received = moment(workday_after(plan, again, 3), 15)
    plan.notices += [Notice(first, None), Notice(again, received)]
    accept_on(kit, plan, received + HOUR)
    return plan


def _first_notice(plan: Plan) -> Any:
    return f"{plan.serial}-BZ1"


def _level(plan: Plan, number: int) -> Level:
    """Return the level of the n-th notice."""
    red_at: int | None = plan.terms.thresholds["SK_MULTI_SUPPL.red_at"]
    return Level.RED if red_at is not None and number >= red_at else Level.YELLOW


def _separate(terms: Terms) -> bool:
    codes = {stage.code for stage in terms.flow}
    return any(one in codes and other in codes for one, other in terms.version.separate[:1])


PLANTS = (
    decided_without_acceptance,
    denied_without_acceptance,
    one_word_for_an_instant_case,
    refused_at_the_door,
    acceptance_told_late,
    asked_twice,
    asked_three_times,
    first_notice_corrected,
    applicant_changed_his_papers,
    same_notice_sent_again,
    asked_once,
    one_person_for_two,
    one_person_where_allowed,
)
