"""Alert rules, contact point and policy, as the files a provisioned Grafana reads.

A rule asks one number and compares it: no browser takes part, so its query has neither variables nor macros, and the
data source is named by its uid.
"""

from typing import Any

from dashboards.alarms import ALARMS, Alarm
from dashboards.grafana.fields import UID
from dashboards.grafana.wire import Source, Target
from dashboards.screens import screen_of

FOLDER = "监察告警"
"""Alert rules have a folder of their own: the one of the dashboards is made by another part of Grafana."""
CONTACT = "监察值班"
_EXPRESSIONS = "__expr__"
_WINDOW_SECONDS = 600

Json = dict[str, Any]


def rules_file(source_uid: str) -> Json:
    """Return the alert rules."""
    return {
        "apiVersion": 1,
        "groups": [
            {
                "orgId": 1,
                "name": "jiancha",
                "folder": FOLDER,
                "interval": "1m",
                "rules": [_rule(alarm, source_uid) for alarm in ALARMS],
            }
        ],
    }


def contact_file() -> Json:
    """Return the contact point: a webhook whose address comes from the environment."""
    receiver = {
        "uid": "jiancha-duty",
        "type": "webhook",
        "settings": {"url": "$JIANCHA_DUTY_WEBHOOK", "httpMethod": "POST"},
        "disableResolveMessage": False,
    }
    return {"apiVersion": 1, "contactPoints": [{"orgId": 1, "name": CONTACT, "receivers": [receiver]}]}


def policy_file() -> Json:
    """Return the policy: everything goes to the one contact point, the urgent repeated sooner."""
    urgent = {
        "receiver": CONTACT,
        "object_matchers": [["severity", "=", "red"]],
        "group_wait": "10s",
        "repeat_interval": "1h",
    }
    policy = {
        "orgId": 1,
        "receiver": CONTACT,
        "group_by": ["grafana_folder", "alertname"],
        "group_wait": "30s",
        "group_interval": "5m",
        "repeat_interval": "8h",
        "routes": [urgent],
    }
    return {"apiVersion": 1, "policies": [policy]}


def _rule(alarm: Alarm, source_uid: str) -> Json:
    screen = screen_of(alarm.screen)
    panel = 1 + [one.id for one in screen.panels].index(alarm.panel)
    return {
        "uid": f"jiancha-{alarm.id}",
        "title": alarm.title,
        "condition": "C",
        "data": [_asked(alarm, source_uid), _compared(alarm)],
        "noDataState": "NoData",
        "execErrState": "Error",
        "for": alarm.lasting,
        "annotations": {
            "summary": alarm.says,
            "description": "当前值 {{ $$values.A.Value }}",
            "__dashboardUid__": UID.format(screen.key),
            "__panelId__": str(panel),
        },
        "labels": {"severity": alarm.severity.value, "system": "jiancha"},
        "isPaused": False,
    }


def _asked(alarm: Alarm, source_uid: str) -> Json:
    target = Target(datasource=Source(uid=source_uid), query_type="table", format=1, raw_sql=alarm.query.sql)
    return {
        "refId": "A",
        "relativeTimeRange": {"from": _WINDOW_SECONDS, "to": 0},
        "datasourceUid": source_uid,
        "model": target.json_value() | {"intervalMs": 60_000, "maxDataPoints": 100},
    }


def _compared(alarm: Alarm) -> Json:
    expression = {"type": _EXPRESSIONS, "uid": _EXPRESSIONS}
    return {
        "refId": "C",
        "datasourceUid": _EXPRESSIONS,
        "model": {
            "refId": "C",
            "type": "threshold",
            "expression": "A",
            "datasource": expression,
            "conditions": [{"evaluator": {"type": "gt", "params": [alarm.above]}}],
        },
    }
