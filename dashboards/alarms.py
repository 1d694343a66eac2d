"""When Grafana should call somebody (告警): a number that ought not to be above a limit for so long."""

from enum import StrEnum

from dashboards.model.base import Model, Slug, Text
from dashboards.model.query import Query


class Severity(StrEnum):
    """How urgent a call is; the words of the levels of cards are taken for it."""

    RED = "red"
    YELLOW = "yellow"


class Alarm(Model):
    """An alarm: its query answers one row with one number; it calls when that is above ``above`` for ``lasting``.

    ``screen`` and ``panel`` say where to look.
    """

    id: Slug
    title: Text
    says: Text
    query: Query
    above: float
    lasting: Text = "5m"
    severity: Severity
    screen: Slug
    panel: Slug


ALARMS: tuple[Alarm, ...] = (
    Alarm(
        id="records-lost",
        title="记录对不上",
        says="当前运行读入的记录与归档、重复、隔离、滤除之和不等：有记录丢失，须立即查。",
        query=Query(sql="SELECT countIf(NOT reconciles) AS value FROM v_run WHERE is_current"),
        above=0,
        severity=Severity.RED,
        screen="pipeline",
        panel="reconciles",
    ),
    Alarm(
        id="red-unanswered",
        title="红牌超过 3 个工作日未反馈",
        says="有红牌成立超过 3 个工作日而部门尚未反馈，请督办。",
        query=Query(sql="SELECT count() AS value FROM v_card_open WHERE unanswered AND level = 'red' AND workdays > 3"),
        above=0,
        severity=Severity.RED,
        screen="overview",
        panel="first-to-answer",
    ),
    Alarm(
        id="partition-behind",
        title="分区落后",
        says="最慢的分区比最快的分区落后 15 分钟以上：积压，或有进程停了。",
        query=Query(
            sql="""
            SELECT if(count() = 0, 0, (max(reached) - min(reached)) / 60000000) AS value
            FROM (SELECT argMax(value, minute) AS reached FROM v_pipeline WHERE metric = 'now' GROUP BY source)
            """
        ),
        above=15,
        severity=Severity.RED,
        screen="pipeline",
        panel="behind",
    ),
    Alarm(
        id="overdue-many",
        title="超期未办结增多",
        says="在办而已超期的办件在 20 件以上。",
        query=Query(sql="SELECT count() AS value FROM v_case_overdue"),
        above=20,
        lasting="30m",
        severity=Severity.YELLOW,
        screen="overview",
        panel="overdue",
    ),
    Alarm(
        id="agency-silent",
        title="部门断流",
        says="有部门零报送或断流已成监察信号；它的「没有」暂不能当真。",
        query=Query(sql="SELECT uniqExact(org_code) AS value FROM v_card_open WHERE rule_id = 'DQ_SILENT_ORG'"),
        above=0,
        lasting="10m",
        severity=Severity.YELLOW,
        screen="quality",
        panel="silent",
    ),
    Alarm(
        id="quarantine-share",
        title="隔离过多",
        says="当前运行隔离的记录超过读入的千分之五：多半是来源改了格式。",
        query=Query(
            sql="SELECT if(sum(read) = 0, 0, sum(quarantined) / sum(read)) AS value FROM v_run WHERE is_current"
        ),
        above=0.005,
        severity=Severity.YELLOW,
        screen="pipeline",
        panel="quarantined",
    ),
)
