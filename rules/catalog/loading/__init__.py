"""From a directory of YAML to `Documents`: everything people wrote about the law, in frozen models.

Start at ``directory.load_documents``. Whatever is wrong is gathered from all files before anything is raised.

* ``problems``   one thing wrong, with file, line and field; the exception that carries all of them
* ``written``    from YAML text to plain values, with the line on which each of them stands
* ``wording``    what the models refuse, said in Chinese
* ``kinds``      the sections a file may hold, and the model and key of each
* ``documents``  the immutable outcome, which knows where each entry was written
* ``layers``     one directory read whole
* ``directory``  `extends` resolved, layers laid over each other, the edition's digest
"""

from rules.catalog.loading.directory import builtin_names, load_documents
from rules.catalog.loading.documents import Documents, Origin
from rules.catalog.loading.kinds import Kind
from rules.catalog.loading.problems import CatalogErrors, Problem, Severity

__all__ = [
    "CatalogErrors",
    "Documents",
    "Kind",
    "Origin",
    "Problem",
    "Severity",
    "builtin_names",
    "load_documents",
]
