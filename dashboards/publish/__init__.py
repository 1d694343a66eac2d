"""Dashboards put into a Grafana one does not own, over its HTTP API, with care.

* ``errors``    what may go wrong, in Chinese, and what to do
* ``client``    Grafana's API over grafana-api, whose oddities end here
* ``gate``      whether this Grafana and its plugin are new enough
* ``plan``      what would change: nothing is written
* ``publish``   the plan carried out
* ``playlist``  the wall: dashboards shown in turn

Only dashboards that carry our tag are ever replaced; where somebody else's holds one of our uids, nothing is written.
"""
