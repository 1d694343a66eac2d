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
from rules.overtime import promise_overdue
from rules.params import Param

RULES: tuple[Rule, ...] = (
    promise_overdue.RULE,
    off_catalog.RULE,
    over_standard.RULE,
    cancelled.RULE,
    free_item.RULE,
    duplicate.RULE,
    waiver_noauth.RULE,
    off_treasury.RULE,
)

BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
CASE_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.tier is Tier.CASE)
AGENCY_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.tier is Tier.AGENCY)
PARAMS: Mapping[str, Param[Any]] = {param.id: param for rule in RULES for param in rule.params} | {
    APPEAL_DAYS.id: APPEAL_DAYS
}
