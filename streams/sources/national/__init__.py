"""The tables of the national exchange (国家政务服务平台办件库表), as CSV per table.

* ``model``   what a mapping of ``format: national`` may say
* ``row``     a row: its fields by our names, what every row carries
* ``tables``  each table to its events
* ``read``    files to items; materials, deletions, decisions that need the whole case
"""
