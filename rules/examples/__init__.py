"""Examples of rules (规则示例): what stands in ``<rule>.examples.yaml``, read, judged and compared.

API: ``examples_of(document)`` gives tuple[Example, ...]; ``differences(example, rule, national, params)`` gives
tuple[str, ...], empty where the rule answers as the example says.

* ``written``  from the parsed YAML to ``Example``: the form of a file, errors that name the example
* ``world``    the catalogue of an example: one matter, what it charges, its sources, on the nation's law
* ``expected`` what an example says the rule answers, and how an answer differs from it
* ``asked``    folds the events of an example, asks the rule, compares

Nothing here reads a file: ``rules.catalog.example_files`` does.
"""

from rules.examples.asked import asked, differences
from rules.examples.written import Example, ExampleError, ExampleKind, examples_of

__all__ = ["Example", "ExampleError", "ExampleKind", "asked", "differences", "examples_of"]
