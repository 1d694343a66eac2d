"""数据质量: is the data complete and in time, who is silent, what was put aside."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Colour, Unit, alarming, forbidden
from dashboards.model.panel import Column, flow
from dashboards.model.query import chosen, within
from dashboards.model.screen import Screen
from dashboards.screens.made import (
    CARD_COLUMN,
    COMMON,
    EDITIONS,
    IN_CARDS,
    IN_PLACE,
    LEVEL_COLUMN,
    RED_CARDS,
    days,
    hidden,
    listing,
    stat,
)

_IN_ORG = chosen("org_code", "org")
_TO_DATA_CARDS = ToScreen(title="看数据监察信号", screen="cards")
_TO_PIPELINE = ToScreen(title="看系统健康", screen="pipeline")

QUALITY = Screen(
    key="quality",
    title="监察 · 数据质量",
    description="数据是否完整及时：延迟、缺陷、断流、隔离。数据不全时，「没有」不能当真。",
    variables=COMMON,
    annotations=(RED_CARDS, EDITIONS),
    panels=flow(
        stat(
            "silent",
            "断流的部门",
            "零报送、断流已成监察信号（在案）的部门个数。",
            f"SELECT uniqExact(org_code) AS n FROM v_card_open WHERE rule_id = 'DQ_SILENT_ORG' AND {IN_PLACE}",
            Unit.AGENCIES,
            steps=alarming(1, 3),
            links=(ToScreen(title="看断流信号", screen="cards", fixed={"rule": "DQ_SILENT_ORG"}),),
            zero=True,
        ),
        stat(
            "quarantined",
            "隔离的记录",
            "无法归位而隔离的记录条数：涉及的办件一概不判「从未发生」。",
            f"SELECT count() AS n FROM v_quarantine WHERE {_IN_ORG}",
            Unit.RECORDS,
            steps=alarming(1, 100),
            links=(_TO_PIPELINE,),
            zero=True,
        ),
        stat(
            "late-share",
            "迟报率",
            "发生一日以后才到的记录所占。",
            f"SELECT if(sum(records) = 0, NULL, sum(late) / sum(records)) AS n FROM v_data_quality WHERE {IN_PLACE}",
            Unit.SHARE,
            steps=alarming(0.01, 0.05),
            links=(_TO_DATA_CARDS,),
            decimals=2,
        ),
        stat(
            "defect-share",
            "缺陷率",
            "有读不出的字段的记录所占。",
            f"SELECT if(sum(records) = 0, NULL, sum(defective) / sum(records)) AS n"
            f" FROM v_data_quality WHERE {IN_PLACE}",
            Unit.SHARE,
            steps=alarming(0.01, 0.05),
            links=(_TO_DATA_CARDS,),
            decimals=2,
        ),
        stat(
            "worst-lag",
            "最慢来源的延迟",
            "各来源延迟第九十五百分位中最大者，分钟。",
            f"SELECT max(lag_p95_minutes) AS n FROM v_data_quality WHERE records > 0 AND {IN_PLACE}",
            Unit.MINUTES,
            steps=alarming(60, 1440),
            links=(_TO_PIPELINE,),
        ),
        stat(
            "data-cards",
            "数据监察信号",
            "成立或待核的数据监察信号：断流、事后补录、办结后改数、日历缺失等。",
            f"SELECT count() AS n FROM v_card_open WHERE family_name = '数据监察' AND {IN_CARDS}",
            Unit.CARDS,
            steps=forbidden(),
            links=(_TO_DATA_CARDS,),
            zero=True,
        ),
        listing(
            "sources",
            "各部门各来源",
            "每个部门的每个来源一行，久未来数据、延迟大者在前。",
            f"""
            SELECT org_name, source_name, records, last_reported, silent_workdays, lag_p50_minutes, lag_p95_minutes,
                allowed_minutes, late_share, defect_share, org_code
            FROM v_data_quality
            WHERE {IN_PLACE}
            ORDER BY silent_workdays DESC, lag_p95_minutes DESC, org_code, data_source
            """,
            (
                Column(
                    name="org_name",
                    title="部门",
                    links=(ToScreen(title="只看这个部门", screen="quality", cells={"org": "org_code"}),),
                ),
                Column(name="source_name", title="来源"),
                Column(name="records", title="记录", unit=Unit.RECORDS),
                Column(name="last_reported", title="最后到达", unit=Unit.INSTANT, width=150),
                Column(name="silent_workdays", title="已断", unit=Unit.WORKDAYS, steps=alarming(3, 5)),
                Column(name="lag_p50_minutes", title="通常延迟", unit=Unit.MINUTES, decimals=0),
                Column(
                    name="lag_p95_minutes", title="九五成延迟", unit=Unit.MINUTES, decimals=0, steps=alarming(60, 1440)
                ),
                Column(name="allowed_minutes", title="允许迟报", unit=Unit.MINUTES),
                Column(name="late_share", title="迟报率", unit=Unit.SHARE, decimals=2, steps=alarming(0.01, 0.05)),
                Column(name="defect_share", title="缺陷率", unit=Unit.SHARE, decimals=2, steps=alarming(0.01, 0.05)),
                *hidden("org_code"),
            ),
            h=10,
        ),
        days(
            "daily",
            "每日到达的记录",
            "所选时间内每日（北京时间）到达的记录：及时的、迟报的。",
            f"""
            SELECT day_start AS time, sum(records) - sum(late) AS punctual, sum(late) AS tardy
            FROM v_data_quality_daily
            WHERE {within("day_start")} AND {_IN_ORG}
            GROUP BY time
            ORDER BY time
            """,
            (
                Column(name="punctual", title="✓ 及时", colour=Colour.CALM),
                Column(name="tardy", title="◆ 迟报", colour=Colour.YELLOW),
            ),
            unit=Unit.RECORDS,
            h=9,
        ),
        listing(
            "reasons",
            "隔离的原因",
            "按读不出的字段与原因计的隔离条数。",
            f"""
            SELECT if(field = '', '整条', toString(field)) AS what, reason, count() AS records
            FROM v_quarantine
            WHERE {_IN_ORG}
            GROUP BY what, reason
            ORDER BY records DESC, what, reason
            LIMIT 30
            """,
            (
                Column(name="what", title="字段", width=140),
                Column(name="reason", title="原因"),
                Column(name="records", title="条数", bar=True, width=200),
            ),
            w=12,
            ranking=True,
            empty="没有隔离的记录",
        ),
        listing(
            "quarantine",
            "隔离的记录",
            "每条隔离的记录在哪里、为什么；不含原文。最多 100 条。",
            f"""
            SELECT file, line, position, field, reason, case_id, org_name, size, digest
            FROM v_quarantine
            WHERE {_IN_ORG}
            ORDER BY at DESC, file, position
            LIMIT 100
            """,
            (
                Column(name="file", title="来源文件或分区"),
                Column(name="line", title="行", width=70),
                Column(name="position", title="次序", width=80),
                Column(name="field", title="字段", width=110),
                Column(name="reason", title="原因"),
                Column(
                    name="case_id",
                    title="办件编号",
                    width=330,
                    links=(ToScreen(title="看这件办件", screen="case", cells={"case": "case_id"}),),
                ),
                Column(name="org_name", title="部门"),
                Column(name="size", title="字节", width=70),
                Column(name="digest", title="摘要", width=140),
            ),
            w=14,
            empty="没有隔离的记录",
        ),
        listing(
            "cards",
            "数据监察信号",
            "成立或待核的数据监察信号，级别高者在前；最多 50 张。",
            f"""
            SELECT level, card_id, rule_name, org_name, subject, condition_at
            FROM v_card_open
            WHERE family_name = '数据监察' AND {IN_CARDS}
            ORDER BY urgency DESC, condition_at, card_id
            LIMIT 50
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则"),
                Column(name="org_name", title="部门"),
                Column(name="subject", title="监察对象"),
                Column(name="condition_at", title="成立时间", unit=Unit.INSTANT, width=150),
            ),
            w=10,
            empty="没有数据监察信号",
        ),
    ),
)
