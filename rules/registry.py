"""The register of rules (规则登记): explicit, ordered, one line a rule."""

from collections.abc import Mapping
from typing import Any

from rules.charges import (
    cancelled,
    duplicate,
    free_item,
    off_catalog,
    off_treasury,
    over_standard,
    waiver_noauth,
)
from rules.declare import Rule, Tier
from rules.engine.life import APPEAL_DAYS
from rules.escalation import (
    yellow_to_red,
)
from rules.overtime import (
    accept_overdue,
    extend_invalid,
    pause_abuse,
    promise_overdue,
    promise_soon,
    reply_overdue,
    stage_overdue,
    statutory_over,
)
from rules.params import Param
from rules.steps import (
    backfill,
    decide_noaccept,
    multi_suppl,
    role_merge,
    step_jump,
    step_missing,
    step_reorder,
)
from rules.truth import (
    cal_missing,
    silent_org,
    tamper,
)

RULES: tuple[Rule, ...] = (
    promise_soon.RULE,
    promise_overdue.RULE,
    statutory_over.RULE,
    stage_overdue.RULE,
    accept_overdue.RULE,
    pause_abuse.RULE,
    extend_invalid.RULE,
    reply_overdue.RULE,
    step_missing.RULE,
    step_jump.RULE,
    step_reorder.RULE,
    decide_noaccept.RULE,
    multi_suppl.RULE,
    backfill.RULE,
    role_merge.RULE,
    off_catalog.RULE,
    over_standard.RULE,
    cancelled.RULE,
    free_item.RULE,
    duplicate.RULE,
    waiver_noauth.RULE,
    off_treasury.RULE,
    yellow_to_red.RULE,
    silent_org.RULE,
    tamper.RULE,
    cal_missing.RULE,
)

BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
CASE_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.tier is Tier.CASE)
AGENCY_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.tier is Tier.AGENCY)
PARAMS: Mapping[str, Param[Any]] = {param.id: param for rule in RULES for param in rule.params} | {
    APPEAL_DAYS.id: APPEAL_DAYS
}
