"""What leaves the system as files: tables for a spreadsheet, figures for the public. Start at ``asking.ask``.

* ``roles``     who may see what: screens see masked views, more takes a role
* ``asking``    a view or a file with a query, checked against the role, asked in pieces
* ``values``    a value as text or as a cell
* ``writing``   an answer as CSV, XLSX or Parquet
* ``public``    figures for the public (公示): by agency or matter, small numbers withheld
"""
