"""The errors of publishing; every message is Chinese and says what to do.

::

    PublishError            base; raised by nobody
    ├── Away                no answer, or a proxy answered for it (502, 503, 504): try again later
    ├── Redirected          the address leads elsewhere: give the one it leads to
    ├── Unauthorised        401: the token is wrong, expired or missing
    ├── Forbidden           403: the token may not do this
    ├── Missing             404: the address is not a Grafana's, or what it names is not there
    ├── Conflict            409: something of that name is already there
    ├── Overtaken           412: somebody saved the dashboard in between, or its name is taken
    ├── Refused             400 and any other refusal, with Grafana's own words
    ├── Strange             an answer that is not the API's: a login page, a proxy's page
    ├── TooOld              Grafana or its ClickHouse plugin is older than we write for, or not there
    └── Foreign             a dashboard with our uid is not ours
"""


class PublishError(Exception):
    """Publishing failed; the message is for the operator."""


class Away(PublishError):
    """Grafana does not answer, or a proxy answers for it."""


class Redirected(PublishError):
    """The address leads elsewhere; a changed request would be lost on the way."""


class Unauthorised(PublishError):
    """Grafana does not know the token."""


class Forbidden(PublishError):
    """The token may not do this."""


class Missing(PublishError):
    """There is nothing at the address."""


class Conflict(PublishError):
    """Something of that name is already there."""


class Overtaken(PublishError):
    """A dashboard changed between the plan and the writing of it."""


class Refused(PublishError):
    """Grafana refused the request; the message holds its words."""


class Strange(PublishError):
    """The answer is not the API's."""


class TooOld(PublishError):
    """Grafana or its plugin is older than what we write for."""


class Foreign(PublishError):
    """Dashboards with our uids are not ours; nothing was written."""
