"""Which rule under which setting answers which file; which files none does, and why."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from streams.answers.found import (
    Find,
    Read,
    by_case,
    by_clock,
    by_record,
    by_steps,
    cases_of,
    cases_with,
    clocks,
    duplicates,
    negative_fees,
    records_of,
    steps_of,
)
from streams.answers.judged import Setting
from streams.answers.within import (
    ALL,
    CHARGED,
    CHECKED,
    CLOSED,
    DATED,
    DECIDED,
    DECIDED_REGULAR,
    EVERY_RECORD,
    OPEN,
    SENT,
    Population,
)

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
"""Where the mappings and catalogues lie."""


class Question(msgspec.Struct, frozen=True):
    """How a file is answered: cards of some rules under a setting, out of a population.

    ``read`` turns a row of the file, ``find`` what was judged, into items; ``columns`` are those ``read`` needs.
    ``by``: what answers where no rule does.
    """

    rules: tuple[str, ...]
    setting: Setting
    of: Population
    find: Find = cases_of
    read: Read = by_case
    columns: tuple[str, ...] = ("case",)
    by: str = ""


PROMISE = ("OT_PROMISE_OVERDUE",)
STATUTORY = ("OT_STATUTORY_OVER",)
MISSING = ("SK_STEP_MISSING",)
STEPS = ("case", "missing")
RECORD = ("case", "activity", "idx_in_case")
CLOCK = ("case", "days", "wd_cn", "extended_procedure")

RECEIPT = "receipt/catalog"
BPIC15 = "bpic15/catalog"
COMMON_STEPS: Mapping[str, str] = {"bpic15_1": BPIC15, "bpic15_5": "bpic15/catalog-5"}
"""Which catalogue names the steps most cases of a municipality have."""
WORKING_DAYS = "bpic15/catalog-cn20"


def _receipt() -> dict[str, Question]:
    date, instant, log_end = (Setting(RECEIPT, profile) for profile in ("date", "instant", "log_end"))
    return {
        "closed_after_deadline_date": Question(PROMISE, date, CLOSED),
        "closed_after_deadline_instant": Question(PROMISE, instant, CLOSED),
        "open_past_deadline_at_log_end": Question(PROMISE, instant, OPEN),
        "closed_lacking_core_step": Question(MISSING, date, CLOSED, steps_of, by_steps, STEPS),
        "lacks_core_step": Question(MISSING, log_end, ALL, steps_of, by_steps, STEPS),
        "sent_without_or_before_determination": Question(
            ("SK_STEP_JUMP", "SK_STEP_REORDER"), date, SENT, cases_with("T05")
        ),
        "same_actor_check_and_determine": Question(("SK_ROLE_MERGE",), date, CHECKED),
    }


def _bpic15(log: str) -> dict[str, Question]:
    net, gross, to_close = (Setting(BPIC15, profile) for profile in ("net", "gross", "to_close"))
    log_end = Setting(COMMON_STEPS[log], "log_end")
    working_days = Setting(WORKING_DAYS, "to_close")
    return {
        "step_finished_after_due_date": Question(("OT_STAGE_OVERDUE",), net, DATED, records_of, by_record, RECORD),
        "decision_later_than_net_term_lawful_only": Question(STATUTORY, net, DECIDED_REGULAR),
        "decision_sent_later_than_56d": Question(STATUTORY, gross, DECIDED_REGULAR),
        "case_longer_than_statutory": Question(STATUTORY, to_close, CLOSED),
        "case_over_20_working_days_CN": Question(STATUTORY, working_days, CLOSED),
        "lacks_90pct_step": Question(MISSING, log_end, ALL, steps_of, by_steps, STEPS),
        "exact_duplicate_events": Question((), net, EVERY_RECORD, duplicates, by_record, RECORD, by="计为重复的事件"),
        "negative_fee": Question((), net, CHARGED, negative_fees, by="金额为负的缺陷"),
        "decision_clock_all_cases": Question((), net, DECIDED, clocks, by_clock, CLOCK, by="工作日历"),
    }


QUESTIONS: Mapping[tuple[str, str], Question] = {
    ("receipt", rule): question for rule, question in _receipt().items()
} | {(log, rule): question for log in COMMON_STEPS for rule, question in _bpic15(log).items()}
"""By log and by what the file asks."""

REFUSED: Mapping[str, str] = {
    "decision_later_than_net_term": (
        "不论先后把延长、挂起、补正的日数一概加上；本项目只算到期之前开始的（到期后开始的不能挽回），"
        "即 decision_later_than_net_term_lawful_only 一题"
    ),
    "fee_off_modal_tariff": (
        "以同年同类办件收费的众数作标准；本项目按收费目录所载标准判收费（FE_OVER_STANDARD），日志没有标准"
    ),
    "same_fee_twice_in_concept_case": (
        "在同一概念办件的几个办件之间比较收费；本项目的重复收费（FE_DUPLICATE）只看一个办件之内的缴款，日志只有核定数"
    ),
}
"""What no rule of this release answers, and why."""
