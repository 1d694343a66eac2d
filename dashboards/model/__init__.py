"""A screen in neutral form, from which Grafana's JSON and the board are drawn.

* ``base``      the frozen model all others are
* ``looks``     colours, units, thresholds, value mappings
* ``links``     where a number or a row leads
* ``query``     ClickHouse SQL with named, typed parameters
* ``binding``   the parameters of a query, from what was chosen: how the board asks
* ``panel``     one panel: what it shows, of which columns, where on the grid
* ``screen``    a screen: variables, panels, annotations
"""
