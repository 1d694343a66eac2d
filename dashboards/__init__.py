"""What officers see: screens defined once, drawn by Grafana and by the board.

* ``model``     a screen in neutral form: panels, queries, columns, units, thresholds, links, variables
* ``screens``   the screens themselves; start at ``screens.SCREENS``
* ``alarms``    when Grafana should call somebody
* ``grafana``   the screens as Grafana's JSON for the ClickHouse plugin, and the files it is provisioned with
* ``publish``   the same over the API of a Grafana one does not own

Queries read views (``v_…``) only: no tables, no topics. This room may import `rules`, never `sinks` or `streams`.
"""
