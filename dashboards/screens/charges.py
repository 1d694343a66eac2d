"""收费: suspicious charges and their money first, then what was paid and given back."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Colour, Mapping, Unit, alarming
from dashboards.model.panel import Column, flow
from dashboards.model.query import within
from dashboards.model.screen import Screen
from dashboards.screens.made import (
    CARD_COLUMN,
    CASE_COLUMN,
    COMMON,
    EDITIONS,
    IN_CARDS,
    IN_MATTER,
    IN_PLACE,
    LEVEL_COLUMN,
    RED_CARDS,
    SPAN,
    around,
    days,
    hidden,
    listing,
    stat,
)

_TO_CARDS = ToScreen(title="看这些信号", screen="cards")
_TO_PAID = ToScreen(title="看各部门", screen="agency")


CHARGES = Screen(
    key="charges",
    title="监察 · 收费",
    description="可疑的收费与所涉金额，按性质、部门、规则；所选时间内的实缴与退费。金额为元，已扣除退费与缴存。",
    variables=COMMON,
    annotations=(RED_CARDS, EDITIONS),
    panels=flow(
        stat(
            "wrongly-taken",
            "不该收的",
            "在案收费信号中不该收而收了的金额：目录外、超标准、已取消、免费、重复等。",
            f"SELECT sum(amount_yuan) AS n FROM v_charge_suspect WHERE money_sort = '不该收的' AND {IN_CARDS}",
            Unit.YUAN,
            steps=alarming(0.01, 10000),
            links=(_TO_CARDS,),
            decimals=2,
            zero=True,
        ),
        stat(
            "not-taken",
            "该收未收的",
            "在案收费信号中该收而未收的金额：擅自减免等。",
            f"SELECT sum(amount_yuan) AS n FROM v_charge_suspect WHERE money_sort = '该收未收的' AND {IN_CARDS}",
            Unit.YUAN,
            steps=alarming(0.01, 10000),
            links=(_TO_CARDS,),
            decimals=2,
            zero=True,
        ),
        stat(
            "not-deposited",
            "未缴入国库的",
            "在案收费信号中收了而未缴入国库的金额。",
            f"SELECT sum(amount_yuan) AS n FROM v_charge_suspect WHERE money_sort = '未缴入国库的' AND {IN_CARDS}",
            Unit.YUAN,
            steps=alarming(0.01, 10000),
            links=(_TO_CARDS,),
            decimals=2,
            zero=True,
        ),
        stat(
            "suspects",
            "可疑收费",
            "在案的收费监察信号张数。",
            f"SELECT count() AS n FROM v_charge_suspect WHERE {IN_CARDS}",
            Unit.CARDS,
            steps=alarming(1, 20),
            links=(_TO_CARDS,),
            zero=True,
        ),
        stat(
            "paid",
            "所选时间实缴",
            "缴费时间在所选时间内的实缴金额，已冲正者不计。",
            f"SELECT sum(paid_yuan) AS n FROM v_charge WHERE {within('paid_at')} AND {IN_MATTER}",
            Unit.YUAN,
            links=(_TO_PAID,),
            decimals=2,
        ),
        stat(
            "refunded",
            "其中已退",
            "这些缴费中已退的金额。",
            f"SELECT sum(refunded_yuan) AS n FROM v_charge WHERE {within('paid_at')} AND {IN_MATTER}",
            Unit.YUAN,
            links=(_TO_PAID,),
            decimals=2,
        ),
        listing(
            "suspect-list",
            "可疑收费清单",
            "在案的收费监察信号，级别高、金额大者在前；最多 200 张。",
            f"""
            SELECT level, card_id, rule_name, money_sort, amount_yuan, item_name, org_name, case_id, subject,
                state_name, {around("condition_at")}
            FROM v_charge_suspect
            WHERE {IN_CARDS}
            ORDER BY level_rank DESC, amount_yuan DESC, card_id
            LIMIT 200
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则", width=150),
                Column(name="money_sort", title="性质", width=110),
                Column(name="amount_yuan", title="涉及金额", unit=Unit.YUAN, decimals=2, width=120),
                Column(name="item_name", title="收费项目"),
                Column(name="org_name", title="部门"),
                CASE_COLUMN,
                Column(name="subject", title="缴款单号"),
                Column(name="state_name", title="状态", width=80),
                *SPAN,
            ),
            h=10,
            empty="没有可疑收费",
        ),
        listing(
            "by-agency",
            "各部门的可疑金额",
            "各部门在案收费信号所涉金额。",
            f"""
            SELECT any(org_name) AS org, count() AS cards, sum(amount_yuan) AS yuan, org_code
            FROM v_charge_suspect
            WHERE {IN_CARDS}
            GROUP BY org_code
            ORDER BY yuan DESC, org_code
            """,
            (
                Column(
                    name="org",
                    title="部门",
                    links=(ToScreen(title="看这个部门的收费", screen="charges", cells={"org": "org_code"}),),
                ),
                Column(name="cards", title="信号", unit=Unit.CARDS, width=80),
                Column(name="yuan", title="金额", unit=Unit.YUAN, decimals=2, bar=True),
                *hidden("org_code"),
            ),
            w=8,
            h=9,
            ranking=True,
        ),
        listing(
            "by-rule",
            "各规则的可疑金额",
            "各条收费监察规则在案信号所涉金额。",
            f"""
            SELECT any(rule_name) AS rule, count() AS cards, sum(amount_yuan) AS yuan, rule_id
            FROM v_charge_suspect
            WHERE {IN_CARDS}
            GROUP BY rule_id
            ORDER BY yuan DESC, rule_id
            """,
            (
                Column(
                    name="rule",
                    title="监察规则",
                    links=(ToScreen(title="看这条规则的信号", screen="cards", cells={"rule": "rule_id"}),),
                ),
                Column(name="cards", title="信号", unit=Unit.CARDS, width=80),
                Column(name="yuan", title="金额", unit=Unit.YUAN, decimals=2, bar=True),
                *hidden("rule_id"),
            ),
            w=8,
            h=9,
            ranking=True,
        ),
        days(
            "daily",
            "每日实缴与已退",
            "所选时间内每日（北京时间）的缴费：留下的与后来已退的金额。",
            f"""
            SELECT day_start AS time, sum(paid_yuan) - sum(refunded_yuan) AS kept, sum(refunded_yuan) AS refunded
            FROM v_charge_daily
            WHERE {within("day_start")} AND {IN_PLACE}
            GROUP BY time
            ORDER BY time
            """,
            (
                Column(name="kept", title="实缴减已退", colour=Colour.CALM),
                Column(name="refunded", title="已退", colour=Colour.YELLOW),
            ),
            unit=Unit.YUAN,
            w=8,
            h=9,
            decimals=2,
        ),
        listing(
            "by-item",
            "各收费项目",
            "所选时间内各收费项目的笔数与金额，及其中有在案信号的笔数。",
            f"""
            SELECT any(item_name) AS item, count() AS charges, sum(paid_yuan) AS paid, sum(refunded_yuan) AS refunded,
                countIf(suspect) AS suspects, item_code
            FROM v_charge
            WHERE {within("paid_at")} AND {IN_MATTER}
            GROUP BY item_code
            ORDER BY paid DESC, item_code
            """,
            (
                Column(name="item", title="收费项目"),
                Column(name="charges", title="缴费", unit=Unit.TIMES),
                Column(name="paid", title="实缴", unit=Unit.YUAN, decimals=2, bar=True),
                Column(name="refunded", title="已退", unit=Unit.YUAN, decimals=2),
                Column(name="suspects", title="可疑", unit=Unit.TIMES, steps=alarming(1, 10)),
                *hidden("item_code"),
            ),
            w=12,
            h=9,
            ranking=True,
        ),
        listing(
            "unpaid",
            "核费而未缴",
            "已核费而尚未缴的，应缴多者在前；最多 100 笔。",
            f"""
            SELECT case_id, item_name, due_yuan, assessed_at, org_name, suspect,
                {around("assumeNotNull(assessed_at)")}
            FROM v_charge
            WHERE paid_at IS NULL AND assessed_at IS NOT NULL AND {IN_MATTER}
            ORDER BY due_yuan DESC, case_id
            LIMIT 100
            """,
            (
                CASE_COLUMN,
                Column(name="item_name", title="收费项目"),
                Column(name="due_yuan", title="应缴", unit=Unit.YUAN, decimals=2, width=110),
                Column(name="assessed_at", title="核费时间", unit=Unit.INSTANT, width=150),
                Column(name="org_name", title="部门"),
                Column(
                    name="suspect",
                    title="可疑",
                    width=80,
                    mappings=(
                        Mapping(value="true", text="● 可疑", colour=Colour.RED),
                        Mapping(value="false", text="✓ 无"),
                    ),
                ),
                *SPAN,
            ),
            w=12,
            h=9,
            empty="没有核费而未缴的",
        ),
    ),
)
