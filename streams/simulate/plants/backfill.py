"""Plants about what was written down afterwards (事后补录)."""

from dataclasses import replace

from rules.events.words import Level
from streams.simulate.moments import DAY, MINUTE, Moment, moment
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import workday_after
from streams.simulate.plants.kit import QUICK, Kit, need, the
from streams.simulate.plants.where import every, in_line, judged_by, promised, room_to_statutory, stages
from streams.simulate.terms import Terms

RULE = "SK_BACKFILL"
AT_ONCE = replace(QUICK, pace=0.05)
ANY = every(promised(3, 20), room_to_statutory(0))
WHERE = every(ANY, stages(3), judged_by(RULE))
FEWEST = 3
"""So many stages at one time look as if entered at once."""


def one_record_days_later(kit: Kit) -> None:
    """The first stage is reported three working days after it ended."""
    plan = kit.case(WHERE, room=18)
    plan.held_back["E1"] = _later(plan, 3)
    kit.put(plan, kit.found(plan, RULE, "", Level.NOTICE, "一个环节三个工作日后补报"))


def everything_days_later(kit: Kit) -> None:
    """Most of a closed case is reported three working days after it happened."""
    plan = kit.case(WHERE, room=20, wish=AT_ONCE)
    late = moment(workday_after(plan, plan.closed, 3), 10)
    for step in range(1, len(plan.passages) + 1):
        plan.held_back[f"B{step}"] = plan.held_back[f"E{step}"] = late + step * MINUTE
    kit.put(plan, kit.found(plan, RULE, "", Level.YELLOW, "大部分环节事后补录"))


def all_stages_in_a_minute(kit: Kit) -> None:
    """Three stages and more of a case handled by people, all ended within a minute."""
    plan = kit.case(every(WHERE, in_line), room=12, wish=AT_ONCE)
    need(len(plan.passages) >= FEWEST)
    need(plan.passages)
    at = plan.passages[0].entered
    for passage in plan.passages:
        passage.entered, passage.ended = at, at + 12
        at += 13
    plan.decided, plan.closed = at, at + MINUTE
    kit.put(plan, kit.found(plan, RULE, "", Level.NOTICE, "各环节挤在一分钟内"))


def just_within_a_day(kit: Kit) -> None:
    """A stage reported just before a working day had passed, over a weekend if there is one."""
    plan = kit.case(WHERE, room=16)
    plan.held_back["E1"] = _later(plan, 1) - 3 * MINUTE
    kit.put(plan, kit.quiet(plan, RULE, "不足一个工作日"))


def exempt_source(kit: Kit) -> None:
    """A source that may lawfully re-enter: three working days later."""
    plan = kit.case(every(ANY, _exempt), room=18, nightly=True)
    plan.held_back["E1"] = _later(plan, 3)
    kit.put(plan, kit.quiet(plan, RULE, "来源准予补录"))


def _later(plan: Plan, days: int) -> Moment:
    """Return the time of day at which the first stage ended, so many working days later."""
    need(plan.passages)
    ended = the(plan.passages[0].ended)
    return moment(workday_after(plan, ended, days)) + ended % DAY


def _exempt(terms: Terms) -> bool:
    return terms.source is not None and terms.source.backfill_exempt and terms.judges(RULE)


PLANTS = (
    one_record_days_later,
    everything_days_later,
    all_stages_in_a_minute,
    just_within_a_day,
    exempt_source,
)
