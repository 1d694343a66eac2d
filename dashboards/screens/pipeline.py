"""系统健康: does the pipeline run, does every record end somewhere, how far has each partition come."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Colour, Mapping, Unit, alarming
from dashboards.model.panel import Column, Grid, Kind, Panel, flow
from dashboards.model.query import BUCKET, Query, within
from dashboards.model.screen import Screen
from dashboards.screens.made import COMMON, EDITIONS, listing, stat

_TO_QUALITY = ToScreen(title="看数据质量", screen="quality")
_WELL = (
    Mapping(value="1", text="✓ 对得上", colour=Colour.GOOD),
    Mapping(value="0", text="✕ 对不上", colour=Colour.RED),
)

PIPELINE = Screen(
    key="pipeline",
    title="监察 · 系统健康",
    description="系统是否在走：每条记录是否都有着落，各分区走到哪里。回放的运行没有分区指标。",
    variables=COMMON,
    annotations=(EDITIONS,),
    since="6h",
    refresh="10s",
    panels=flow(
        Panel(
            id="reconciles",
            kind=Kind.STAT,
            title="记录是否都有着落",
            description="读入＝归档＋重复＋隔离＋滤除。对不上即有记录丢失，须立即查。",
            query=Query(sql="SELECT toUInt8(min(reconciles)) AS n FROM v_run WHERE is_current"),
            columns=(Column(name="n", title="对账"),),
            grid=Grid(w=4, h=4),
            mappings=_WELL,
            links=(_TO_QUALITY,),
        ),
        stat(
            "behind",
            "最慢分区落后",
            "走得最远的分区与最慢的分区所处时刻之差，分钟；只有在线运行才有。",
            """
            SELECT if(count() = 0, NULL, (max(reached) - min(reached)) / 60000000) AS n
            FROM (SELECT argMax(value, minute) AS reached FROM v_pipeline WHERE metric = 'now' GROUP BY source)
            """,
            Unit.MINUTES,
            steps=alarming(5, 30),
            links=(_TO_QUALITY,),
            decimals=1,
        ),
        stat(
            "quarantined",
            "隔离",
            "当前运行隔离的记录条数。",
            "SELECT sum(quarantined) AS n FROM v_run WHERE is_current",
            Unit.RECORDS,
            steps=alarming(1, 100),
            links=(_TO_QUALITY,),
            zero=True,
        ),
        stat(
            "read",
            "读入",
            "当前运行读入的记录条数。",
            "SELECT sum(read) AS n FROM v_run WHERE is_current",
            Unit.RECORDS,
            links=(_TO_QUALITY,),
        ),
        stat(
            "cards",
            "监察信号",
            "当前运行生成过的监察信号张数，含已撤回、办结者。",
            "SELECT sum(cards) AS n FROM v_run WHERE is_current",
            Unit.CARDS,
            links=(ToScreen(title="看信号", screen="cards"),),
        ),
        stat(
            "now",
            "信号所处的时刻",
            "一切「现在」以此为准。比钟表慢得多，即是积压或来源停了。",
            "SELECT max(toUnixTimestamp64Milli(now)) AS n FROM v_current",
            Unit.INSTANT,
            links=(_TO_QUALITY,),
        ),
        Panel(
            id="rate",
            kind=Kind.SERIES,
            title="记录的去向",
            description="各分区合计归档、重复、隔离的记录条数，每点为一个时间步（至少一分钟）；只有在线运行才有。",
            query=Query(
                sql=f"""
                SELECT toDateTime(intDiv(toUnixTimestamp(minute), {BUCKET}) * {BUCKET}, 'Asia/Shanghai') AS time,
                    sumIf(change, label = 'folded') AS folded, sumIf(change, label = 'duplicate') AS duplicate,
                    sumIf(change, label = 'quarantined') AS quarantined
                FROM v_pipeline
                WHERE metric = 'records_total' AND {within("minute")}
                GROUP BY time
                ORDER BY time
                """
            ),
            columns=(
                Column(name="time", title="时间"),
                Column(name="folded", title="归档", colour=Colour.CALM),
                Column(name="duplicate", title="重复", colour=Colour.QUIET),
                Column(name="quarantined", title="✕ 隔离", colour=Colour.RED),
            ),
            grid=Grid(w=12, h=9),
            unit=Unit.RECORDS,
            empty="没有分区指标：不是在线运行，或所选时间内没有记录",
        ),
        listing(
            "partitions",
            "各分区",
            "每个分区走到的时刻与归档、重复、隔离的累计；只有在线运行才有。",
            """
            SELECT source,
                fromUnixTimestamp64Micro(argMaxIf(value, minute, metric = 'now'), 'Asia/Shanghai') AS reached,
                argMaxIf(value, minute, label = 'folded') AS folded,
                argMaxIf(value, minute, label = 'duplicate') AS duplicate,
                argMaxIf(value, minute, label = 'quarantined') AS quarantined
            FROM v_pipeline
            WHERE metric IN ('now', 'records_total')
            GROUP BY source
            ORDER BY reached, source
            """,
            (
                Column(name="source", title="主题-分区"),
                Column(name="reached", title="走到", unit=Unit.INSTANT, width=150),
                Column(name="folded", title="归档", unit=Unit.RECORDS),
                Column(name="duplicate", title="重复", unit=Unit.RECORDS),
                Column(name="quarantined", title="隔离", unit=Unit.RECORDS, steps=alarming(1, 100)),
            ),
            w=12,
            empty="没有分区指标：不是在线运行",
        ),
        listing(
            "runs",
            "各次运行",
            "每次运行的目录版本与计数，最近写入者在前；✓ 为当前。",
            """
            SELECT is_current, run, recorded_at, now, edition, read, folded, duplicate, quarantined, filtered,
                reconciles, cases, cards
            FROM v_run
            ORDER BY recorded_at DESC, run
            LIMIT 50
            """,
            (
                Column(
                    name="is_current",
                    title="当前",
                    width=60,
                    mappings=(Mapping(value="true", text="✓"), Mapping(value="false", text="·")),
                ),
                Column(name="run", title="运行编号", width=150),
                Column(name="recorded_at", title="写入", unit=Unit.INSTANT, width=150),
                Column(name="now", title="信号所处时刻", unit=Unit.INSTANT, width=150),
                Column(name="edition", title="目录版本"),
                Column(name="read", title="读入", unit=Unit.RECORDS),
                Column(name="folded", title="归档", unit=Unit.RECORDS),
                Column(name="duplicate", title="重复", unit=Unit.RECORDS),
                Column(name="quarantined", title="隔离", unit=Unit.RECORDS),
                Column(name="filtered", title="滤除", unit=Unit.RECORDS),
                Column(
                    name="reconciles",
                    title="对账",
                    width=90,
                    mappings=(
                        Mapping(value="true", text="✓ 对得上", colour=Colour.GOOD),
                        Mapping(value="false", text="✕ 对不上", colour=Colour.RED),
                    ),
                ),
                Column(name="cases", title="办件", unit=Unit.CASES),
                Column(name="cards", title="信号", unit=Unit.CARDS),
            ),
        ),
    ),
)
