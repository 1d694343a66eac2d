"""Plants about who decides what, how often one is sent away, and when it is written down (受理、补正、岗位、补录)."""

from dataclasses import replace

from rules.events.words import Level, Result
from streams.simulate.moments import DAY, HOUR, MINUTE, day_of, moment
from streams.simulate.plan import Notice, Plan
from streams.simulate.plants.bend import accept_on
from streams.simulate.plants.kit import QUICK, Kit
from streams.simulate.plants.where import (
    every,
    in_line,
    instant,
    judged_by,
    licence,
    promised,
    room_to_statutory,
    stages,
)
from streams.simulate.terms import Terms

NO_ACCEPT, SUPPLEMENTS, MERGED, BACKFILL = "SK_DECIDE_NOACCEPT", "SK_MULTI_SUPPL", "SK_ROLE_MERGE", "SK_BACKFILL"
AT_ONCE = replace(QUICK, pace=0.05)
SHORT = every(licence, promised(3, 20), room_to_statutory(0), judged_by(NO_ACCEPT, SUPPLEMENTS, BACKFILL))
ACCEPTED_LATER = every(licence, promised(5, 20), room_to_statutory(0), judged_by(SUPPLEMENTS))


def decided_without_acceptance(kit: Kit) -> bool:
    """Decided and closed within days, never accepted."""
    plan = _without_acceptance(kit, Result.GRANTED)
    return plan is not None and kit.put(plan, kit.found(plan, NO_ACCEPT, "", Level.RED, "未受理即准予"))


def denied_without_acceptance(kit: Kit) -> bool:
    """Closed as denied, never accepted, and no decision reported: a denial without acceptance is one."""
    plan = _without_acceptance(kit, Result.DENIED)
    if plan is None:
        return False
    plan.decided = None
    return kit.put(plan, kit.found(plan, NO_ACCEPT, "", Level.RED, "未受理即不予许可"))


def one_word_for_an_instant_case(kit: Kit) -> bool:
    """A case decided on the spot whose source sends a single close."""
    plan = kit.case(every(instant, judged_by(NO_ACCEPT)), room=4)
    if plan is None:
        return False
    plan.missing.update({"ACC", "DEC"})
    return kit.put(plan, kit.quiet(plan, NO_ACCEPT, "即办件只报办结"))


def refused_at_the_door(kit: Kit) -> bool:
    """Refused at the door: closed without acceptance, and no decision."""
    plan = kit.case(SHORT, room=10, wish=replace(QUICK, result=Result.NOT_ACCEPTED))
    return plan is not None and kit.put(plan, kit.quiet(plan, NO_ACCEPT, "不予受理"))


def acceptance_told_late(kit: Kit) -> bool:
    """The acceptance comes in hours after the close: a card was raised and must not stand."""
    plan = kit.case(SHORT, room=12, wish=replace(QUICK, pace=0.02))
    if plan is None or plan.closed is None or plan.accepted is None:
        return False
    plan.held_back["ACC"] = plan.closed + 2 * HOUR
    if plan.closed + 2 * HOUR - plan.accepted > 20 * HOUR:
        return False
    return kit.put(plan, kit.quiet(plan, NO_ACCEPT, "受理记录迟报"))


def asked_twice(kit: Kit) -> bool:
    """A second notice asks for more than the first."""
    plan = kit.case(ACCEPTED_LATER, room=34, wish=replace(QUICK, supplements=2))
    if plan is None:
        return False
    level = Level.RED if _red_at(plan) <= 2 else Level.YELLOW  # noqa: PLR2004 - the second notice
    return kit.put(plan, kit.found(plan, SUPPLEMENTS, plan.event_id("N2"), level, "第二次补正告知"))


def asked_three_times(kit: Kit) -> bool:
    """A third notice."""
    plan = kit.case(ACCEPTED_LATER, room=46, wish=replace(QUICK, supplements=3))
    if plan is None:
        return False
    return kit.put(
        plan,
        *(
            kit.found(
                plan,
                SUPPLEMENTS,
                plan.event_id(f"N{number}"),
                Level.RED if number >= _red_at(plan) else Level.YELLOW,
                f"第{number}次补正告知",
            )
            for number in (2, 3)
        ),
    )


def first_notice_corrected(kit: Kit) -> bool:
    """A second notice corrects a slip of the first."""
    plan = _two_notices(kit, {"corrects": "BZ1"})
    return plan is not None and kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "更正前一告知书"))


def applicant_changed_his_papers(kit: Kit) -> bool:
    """A second notice about papers the applicant changed of his own accord."""
    plan = _two_notices(kit, {"applicant_changed": True})
    return plan is not None and kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "申请人自行变更材料"))


def same_notice_sent_again(kit: Kit) -> bool:
    """One notice recorded twice under its number."""
    plan = _two_notices(kit, {"notice_no": "BZ1"})
    return plan is not None and kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "同一告知书重复记录"))


def asked_once(kit: Kit) -> bool:
    """One notice, everything in it."""
    plan = kit.case(ACCEPTED_LATER, room=26, wish=replace(QUICK, supplements=1))
    return plan is not None and kit.put(plan, kit.quiet(plan, SUPPLEMENTS, "一次告知"))


def one_person_for_two(kit: Kit) -> bool:
    """Two stages that two persons must hold, held by one."""
    plan = kit.case(every(promised(3, 20), judged_by(MERGED), room_to_statutory(0), _separate), room=16)
    if plan is None:
        return False
    one, other = plan.terms.version.separate[0]
    held = {passage.stage.code: passage for passage in plan.passages}
    if one not in held or other not in held:
        return False
    held[other].operator = held[one].operator
    return kit.put(plan, kit.found(plan, MERGED, f"{one}+{other}", Level.YELLOW, "审核与审批同一人"))


def one_person_where_allowed(kit: Kit) -> bool:
    """One person holds every stage of a matter that keeps none apart."""
    plan = kit.case(every(promised(1, 20), judged_by(MERGED), lambda terms: not terms.version.separate), room=16)
    if plan is None:
        return False
    for passage in plan.passages:
        passage.operator = plan.passages[0].operator
    return kit.put(plan, kit.quiet(plan, MERGED, "事项未要求分设岗位"))


def one_record_days_later(kit: Kit) -> bool:
    """The first stage is reported three working days after it ended."""
    plan = kit.case(every(SHORT, stages(3)), room=18)
    if plan is None or not plan.passages or plan.passages[0].ended is None:
        return False
    plan.held_back["E1"] = _workdays_later(plan, plan.passages[0].ended, 3)
    return kit.put(plan, kit.found(plan, BACKFILL, "", Level.NOTICE, "一个环节三个工作日后补报"))


def everything_days_later(kit: Kit) -> bool:
    """Most of a closed case is reported three working days after it happened."""
    plan = kit.case(every(SHORT, stages(3)), room=20, wish=AT_ONCE)
    if plan is None or plan.closed is None:
        return False
    late = _workdays_later(plan, plan.closed, 3)
    for step in range(1, len(plan.passages) + 1):
        plan.held_back[f"B{step}"] = plan.held_back[f"E{step}"] = late + step * MINUTE
    return kit.put(plan, kit.found(plan, BACKFILL, "", Level.YELLOW, "大部分环节事后补录"))


def all_stages_in_a_minute(kit: Kit) -> bool:
    """Three stages and more of a case handled by people, all ended within a minute."""
    plan = kit.case(every(SHORT, stages(3), in_line), room=12, wish=AT_ONCE)
    if plan is None or len(plan.passages) < 3 or plan.decided is None:  # noqa: PLR2004 - as the rule asks
        return False
    first = plan.passages[0].entered
    for step, passage in enumerate(plan.passages):
        passage.entered, passage.ended = first + step * 15, first + step * 15 + 12
    plan.decided = first + len(plan.passages) * 15
    plan.closed = plan.decided + 60
    return kit.put(plan, kit.found(plan, BACKFILL, "", Level.NOTICE, "各环节挤在一分钟内"))


def just_within_a_day(kit: Kit) -> bool:
    """A stage reported just before a working day had passed, over a weekend if there is one."""
    plan = kit.case(every(SHORT, stages(3)), room=16)
    if plan is None or not plan.passages or plan.passages[0].ended is None:
        return False
    plan.held_back["E1"] = _workdays_later(plan, plan.passages[0].ended, 1) - 3 * MINUTE
    return kit.put(plan, kit.quiet(plan, BACKFILL, "不足一个工作日"))


def exempt_source(kit: Kit) -> bool:
    """A source that may lawfully re-enter: two working days later."""
    exempt = every(promised(3, 20), room_to_statutory(0), _exempt_source)
    plan = kit.case(exempt, room=18, nightly=True)
    if plan is None or not plan.passages or plan.passages[0].ended is None:
        return False
    plan.held_back["E1"] = _workdays_later(plan, plan.passages[0].ended, 3)
    return kit.put(plan, kit.quiet(plan, BACKFILL, "来源准予补录"))


def _exempt_source(terms: Terms) -> bool:
    return terms.source is not None and terms.source.backfill_exempt and terms.judges(BACKFILL)


def _without_acceptance(kit: Kit, result: Result) -> Plan | None:
    plan = kit.case(every(SHORT, in_line), room=12, wish=replace(AT_ONCE, result=result))
    if plan is None or plan.closed is None or plan.terms.receipt is None:
        return None
    due = plan.terms.workdays.after(day_of(plan.submitted), plan.terms.receipt.n - 1)
    if day_of(plan.closed) > due:
        return None
    plan.missing.add("ACC")
    return plan


def _two_notices(kit: Kit, second: dict[str, object]) -> Plan | None:
    """Return a case with two notices on following days, the second as said, and then acceptance."""
    plan = kit.case(ACCEPTED_LATER, room=26)
    if plan is None:
        return None
    workdays = plan.terms.workdays
    first = moment(workdays.after(day_of(plan.submitted), 1), 10)
    again = moment(workdays.after(day_of(plan.submitted), 2), 10)
    received = moment(workdays.after(day_of(again), 3), 15)
    extra = {name: f"{plan.serial}-{value}" if value == "BZ1" else value for name, value in second.items()}
    plan.notices += [Notice(first, None), Notice(again, received, extra)]
    accept_on(plan, received + HOUR)
    plan.terms = kit.city.lawbook.terms(plan.terms.matter, day_of(plan.accepted or received)) or plan.terms
    return plan


def _red_at(plan: Plan) -> int:
    red_at: int | None = plan.terms.thresholds["SK_MULTI_SUPPL.red_at"]
    return red_at if red_at is not None else 99


def _separate(terms: Terms) -> bool:
    codes = {stage.code for stage in terms.version.flow}
    return any(one in codes and other in codes for one, other in terms.version.separate[:1])


def _workdays_later(plan: Plan, at: int, days: int) -> int:
    return moment(plan.terms.workdays.after(day_of(at), days)) + at % DAY


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
    one_record_days_later,
    everything_days_later,
    all_stages_in_a_minute,
    just_within_a_day,
    exempt_source,
)
