from decimal import Decimal
from typing import Any

import pytest

from streams.cli.demo.reasons import reason
from tests.rules.calendar.national import day, instant
from tests.streams.cli.demo.made import card, city, view

PROMISE = {"起算日": day("2026-03-02"), "时限": "10个工作日", "到期日": day("2026-03-16"), "不计入日数": 0, "延长": 0}


@pytest.mark.parametrize(
    ("rule_id", "figures", "said"),
    [
        (
            "OT_PROMISE_OVERDUE",
            PROMISE | {"完成日": day("2026-03-18")},
            "03-02 起 10个工作日，03-16 到期，03-18 才办结，超 2 个工作日",
        ),
        ("OT_STATUTORY_OVER", PROMISE, "03-02 起 10个工作日，03-16 到期，至今未决定，超 18 个工作日"),
        (
            "OT_PROMISE_OVERDUE",
            PROMISE | {"不计入日数": 3, "延长": 5, "完成日": day("2026-03-17")},
            "03-02 起 10个工作日，扣除 3 日，延长 5 日，03-16 到期，03-17 才办结，超 1 个工作日",
        ),
        (
            "OT_STAGE_OVERDUE",
            {"环节": "XC#1 现场查验", "开始日": day("2026-03-02"), "时限": "4个工作日", "到期日": day("2026-03-06")}
            | {"结束日": day("2026-03-07")},
            "XC#1 现场查验：03-02 起 4个工作日，03-06 到期，03-07 才结束，已过到期日",
        ),
        (
            "FE_OVER_STANDARD",
            {"收费项目": "F9", "收费日": day("2026-03-02"), "实收": Decimal(1200), "已退": Decimal(0)},
            "收费项目 F9，收费日 03-02，实收 1,200.00 元",
        ),
        ("SK_DECIDE_NOACCEPT", {"决定日": day("2026-03-02"), "结果": "GRANTED"}, "决定日 03-02，结果 准予"),
        (
            "SK_STEP_JUMP",
            {"环节": "JD#1 决定", "结束时间": instant("2026-03-02 14:29"), "未完成的前置环节": "SC 审查"},
            "环节 JD#1 决定，结束时间 03-02 14:29，未完成的前置环节 SC 审查",
        ),
    ],
)
def test_a_reason_is_the_arithmetic_in_the_words_of_an_officer(
    rule_id: str, figures: dict[str, Any], said: str
) -> None:
    one = card(rule_id, figures)

    assert said == reason(one, view(one))


def test_what_is_wrong_comes_first() -> None:
    one = card("OT_PAUSE_ABUSE", {"种类": "applicant", "开始日": day("2026-03-02"), "问题": "到期日之后启动"})

    assert "问题 到期日之后启动，种类 申请人原因，开始日 03-02" == reason(one, view(one))


def test_a_date_of_another_year_is_told_with_it() -> None:
    one = card("FE_CANCELLED", {"取消之日": day("2025-12-01"), "收费日": day("2026-01-09")})

    assert "取消之日 2025-12-01，收费日 01-09" == reason(one, view(one))


def test_codes_are_told_by_name() -> None:
    item = next(iter(city().fees.values()))
    one = card("FE_FREE_ITEM", {"收费项目": item.code})

    assert f"收费项目 {item.name}" == reason(one, view(one))
