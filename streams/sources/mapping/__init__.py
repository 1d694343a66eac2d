"""Mappings: how a foreign log becomes events, said in YAML, without Python. ``docs/mapping.md`` is the reference.

* ``adapters``     which adapter a mapping asks for; the way in
* ``load``         YAML to plain values that know their file and line; all that is wrong, at once
* ``model``        what a mapping may say
* ``inherit``      a mapping that rests on another
* ``check``        the shape of a mapping, told with file, line and field
* ``targets``      the fields of the vocabulary and what each takes
* ``expressions``  CEL: compiled once, evaluated on a record and its case
* ``functions``    what expressions may call
* ``values``       a field of an event from a column, a constant, an expression
* ``compiled``     a mapping ready to run, or all its errors
* ``cases``        records gathered to cases, numbered
* ``run``          records in, items out
"""
