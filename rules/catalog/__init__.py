"""The catalogue (目录): law as dated, cited YAML, and the only code of `rules` that reads it.

Start at ``loading.load_documents`` for a directory as written, ``lint.checked`` for one that may judge, and
``index.Catalog`` for what the core asks of it.

* ``models``          what an entry may say, one model a file; a basis on every entry
* ``loading``         directories to `Documents`; every error with file, line and field, all of them at once
* ``lint``            what is wrong although it can be read, and the configuration rules CF_*
* ``index``           `Catalog`: the law of a case, a charge, a source, looked up by code and day
* ``calendar_model``  the form of a working calendar; ``calendar_build`` makes the `WorkCalendar` of a region
* ``data``            the catalogues that ship: ``national`` (statutes, calendar, four threshold profiles), and
  ``shili``, an invented city with a file an agency
"""
