"""Screens as Grafana reads them: classic dashboard JSON for Grafana 11.5 and its ClickHouse plugin 4.14, and later.

* ``wire``       the parts of the JSON, typed
* ``sql``        a query in the plugin's form: variables and macros for parameters
* ``fields``     units, thresholds, mappings, links of fields
* ``panels``     a panel and its options
* ``variables``  variables and annotations
* ``board``      a whole dashboard
* ``alerting``   alert rules, contact point, policy
* ``files``      everything a provisioned Grafana reads, by path
"""
