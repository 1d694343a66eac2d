"""What a worker measures, for Prometheus; read off when it is asked."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from rules.events.instants import SECOND
from rules.verdicts import NEVER
from streams.live.cases import CasePartition
from streams.worker.sink import Sink
from streams.worker.stall import Place, Standing
from streams.worker.supervise import Supervision

Standings = Callable[[], dict[str, dict[Place, Standing]]]
"""How far each partition is, by role."""


class Figures(Collector):
    """The figures of one worker. Times are seconds."""

    def __init__(self, standings: Standings, supervision: Supervision | None, sink: Sink | None) -> None:
        self._standings = standings
        self._supervision = supervision
        self._sink = sink

    def collect(self) -> Iterable[Metric]:
        """Yield every figure."""
        yield from self._positions()
        if self._supervision is not None:
            yield from _supervised(self._supervision)
        if self._sink is not None:
            yield from _stored(self._sink)

    def _positions(self) -> Iterable[Metric]:
        lag = GaugeMetricFamily("jiancha_lag_records", "未提交的记录条数", labels=("role", "topic", "partition"))
        committed = GaugeMetricFamily(
            "jiancha_committed_offset", "已提交到的位移", labels=("role", "topic", "partition")
        )
        for role, places in self._standings().items():
            for (topic, number), one in sorted(places.items()):
                lag.add_metric((role, topic, str(number)), max(0, one.end - one.committed))
                committed.add_metric((role, topic, str(number)), one.committed)
        yield lag
        yield committed


def _supervised(supervision: Supervision) -> Iterable[Metric]:
    watermark = GaugeMetricFamily(
        "jiancha_watermark_seconds", "分区的时钟：读到的最晚到达时间", labels=("topic", "partition")
    )
    records = CounterMetricFamily("jiancha_records", "记录条数，按结果", labels=("topic", "partition", "outcome"))
    dockets = GaugeMetricFamily("jiancha_dockets", "案卷数", labels=("topic", "partition"))
    fired = CounterMetricFamily("jiancha_timers_fired", "到时复核的次数", labels=("topic", "partition"))
    review = GaugeMetricFamily("jiancha_next_review_seconds", "最早的待复核时刻", labels=("topic", "partition"))
    waiting = GaugeMetricFamily("jiancha_cases_waiting", "等候数据来源的办件数", labels=("topic", "partition"))
    seen = GaugeMetricFamily("jiancha_source_watermark_seconds", "数据来源最近一条记录的到达时间", labels=("source",))
    delay = GaugeMetricFamily("jiancha_source_delay_seconds", "数据来源最近一条记录迟于事实多久", labels=("source",))
    sources: dict[str, tuple[int, int]] = {}
    for (topic, number), desk in sorted(supervision.desks.items()):
        partition = desk.partition
        place = (topic, str(number))
        watermark.add_metric(place, partition.now / SECOND)
        dockets.add_metric(place, partition.size)
        fired.add_metric(place, partition.fired)
        waiting.add_metric(place, len(partition.engine.waiting()))
        due = partition.next_due()
        if due < NEVER:
            review.add_metric(place, due / SECOND)
        for outcome, count in sorted(partition.total.items()):
            records.add_metric((*place, outcome), count)
        if isinstance(partition, CasePartition):
            for source, heard in partition.heard_from.items():
                sources[source] = max(sources.get(source, (0, 0)), heard)
    for source, (stamp, late) in sorted(sources.items()):
        seen.add_metric((source,), stamp / SECOND)
        delay.add_metric((source,), late / SECOND)
    cards = CounterMetricFamily("jiancha_card_moves", "监察信号的变动次数", labels=("rule", "level", "move"))
    for moved, count in sorted(supervision.cards.items()):
        cards.add_metric(moved, count)
    yield from (watermark, records, dockets, fired, review, waiting, seen, delay, cards)
    yield CounterMetricFamily("jiancha_ticks", "追加的时钟记录条数", value=supervision.ticker.sent)
    yield GaugeMetricFamily("jiancha_timers_due", "有复核到期的分区数", value=supervision.due)
    yield GaugeMetricFamily("jiancha_partitions_recovering", "正在恢复的分区数", value=supervision.recovering)


def _stored(sink: Sink) -> Iterable[Metric]:
    records = CounterMetricFamily("jiancha_sink_records", "写入存储的记录条数", labels=("topic",))
    inserts = CounterMetricFamily("jiancha_sink_batches", "写入存储的批数", labels=("topic",))
    waits = GaugeMetricFamily("jiancha_sink_waiting_records", "等候写入的记录条数", labels=("topic",))
    took = GaugeMetricFamily("jiancha_sink_batch_seconds", "最近一批写入用时", labels=("topic",))
    for topic, collector in sorted(sink.collectors.items()):
        records.add_metric((topic,), collector.stored)
        inserts.add_metric((topic,), collector.inserts)
        waits.add_metric((topic,), collector.waiting)
        took.add_metric((topic,), collector.took)
    yield from (records, inserts, waits, took)
    yield CounterMetricFamily("jiancha_sink_retries", "写入失败后重试的次数", value=sink.retries)
    yield GaugeMetricFamily("jiancha_store_away", "存储是否不可用", value=bool(sink.away))


def registry_of(figures: Figures) -> CollectorRegistry:
    """Return a registry with the figures of a worker and those of its process."""
    from prometheus_client import GCCollector, ProcessCollector

    registry = CollectorRegistry()
    registry.register(figures)
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry
