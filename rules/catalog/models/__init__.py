"""What people write about the law, one model a file: frozen, nothing unknown allowed, a basis on every entry.

* ``base``      the common parts: dates in force, limits with their units, basis
* ``statutes``  limits that come from a law itself (行政许可法 32, 42, 44, …)
* ``matters``   matters and their versions, flows and stages (实施清单)
* ``fees``      charge items, dated standards, waivers (收费目录)
* ``people``    agencies and officers (部门、经办人)
* ``profiles``  thresholds per region, agency and task type (阈值方案)
* ``sources``   data sources: delay, heartbeat, code maps, exemptions, outages (数据来源)
* ``head``      the head of a catalogue: name, zone, what it extends
"""
