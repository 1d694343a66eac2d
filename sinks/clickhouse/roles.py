"""Who may read what on a server (角色与授权): statements, rendered for the administrator to run.

Views run with the rights of who made them, so no role needs a right to a table; the custodian alone gets one.
"""

from collections.abc import Sequence

from sinks.clickhouse.database import DATABASE
from sinks.clickhouse.views import View

READER, INTERNAL, CUSTODIAN = "jiancha_reader", "jiancha_internal", "jiancha_custodian"
SETTINGS = "readonly = 1, max_execution_time = 30 CHANGEABLE_IN_READONLY"
"""A reader changes nothing and cannot keep the server busy; Grafana's plugin sets the time limit itself."""
CUSTODY = ("event", "quarantine", "card", "card_transition")
"""Tables that hold free text and the bytes of records."""


def grants(views: Sequence[View], database: str = DATABASE, cluster: str | None = None) -> tuple[str, ...]:
    """Return the statements that make the roles and give each its rights, on a cluster where one is named.

    ``jiancha_reader`` reads the masked views, ``jiancha_internal`` those with officers too, ``jiancha_custodian`` the
    tables with free text. Give them to users with ``GRANT jiancha_reader TO grafana``.
    """
    on = f" ON CLUSTER {cluster}" if cluster else ""
    roles = [f"CREATE ROLE IF NOT EXISTS {role}{on} SETTINGS {SETTINGS}" for role in (READER, INTERNAL, CUSTODIAN)]
    rights = [
        f"GRANT{on} SELECT ON {database}.{view.name} TO {INTERNAL if view.internal else READER}"
        for view in sorted(views, key=lambda view: view.name)
    ]
    chain = [f"GRANT{on} {READER} TO {INTERNAL}", f"GRANT{on} {INTERNAL} TO {CUSTODIAN}"]
    custody = [f"GRANT{on} SELECT ON {database}.{table} TO {CUSTODIAN}" for table in CUSTODY]
    return (*roles, *rights, *chain, *custody)


def granted_to(users: Sequence[str], cluster: str | None = None) -> tuple[str, ...]:
    """Return the statements that let users read the masked views."""
    on = f" ON CLUSTER {cluster}" if cluster else ""
    return tuple(f"GRANT{on} {READER} TO `{user.replace('`', '')}`" for user in users)
