"""When Grafana should call somebody (告警): a number that ought not to be above a limit for so long."""

from dashboards.model.base import Model, Slug, Text
from dashboards.model.query import Query


class Alarm(Model):
    """An alarm: its query answers one row with one number; it calls when that is above ``above`` for ``lasting``.

    ``severity`` is red or yellow; ``screen`` and ``panel`` say where to look.
    """

    id: Slug
    title: Text
    says: Text
    query: Query
    above: float
    lasting: Text
    severity: Text
    screen: Slug
    panel: Slug


ALARMS: tuple[Alarm, ...] = (
    Alarm(
        id="red-unanswered",
        title="红牌超过 3 个工作日未反馈",
        says="有红牌成立超过 3 个工作日而部门尚未反馈，请督办。",
        query=Query(sql="SELECT count() AS value FROM v_card_open WHERE unanswered AND level = 'red' AND workdays > 3"),
        above=0,
        lasting="5m",
        severity="red",
        screen="overview",
        panel="unanswered-red",
    ),
)
