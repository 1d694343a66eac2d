"""What is wrong with a catalogue although every file of it can be read.

Start at ``lint``. Each module looks at one kind of entry and yields problems; none of them stops another. Errors stop
the catalogue from being used, warnings are likely slips, notices are findings of the configuration rules (CF_*).

* ``specs``      what the linter asks of a rule: its id and parameters, handed in so that it knows no rule by import
* ``spans``      dates that overlap or leave a gap
* ``chains``     entries that name another above them, and come back to themselves
* ``flows``      the order of stages: cycles, unknown stages, no decision
* ``matters``    matters and their versions
* ``fees``       charge items, standards, waivers
* ``people``     agencies and officers
* ``profiles``   thresholds: rules and parameters that exist, values of the right kind, one trigger
* ``sources``    data sources, working calendars, the head, limits of the law itself
* ``measures``   limits added up and compared
* ``configured`` the configuration rules CF_LIMIT_SUM and CF_PROMISE_WEAK
"""

from collections.abc import Iterable
from pathlib import Path

from rules.catalog.lint.configured import CONFIGURATION_RULES, configuration_findings
from rules.catalog.lint.fees import fee_problems
from rules.catalog.lint.matters import matter_problems
from rules.catalog.lint.people import people_problems
from rules.catalog.lint.profiles import profile_problems
from rules.catalog.lint.sources import source_problems
from rules.catalog.lint.specs import Known, ParamSpec, RuleSpec
from rules.catalog.loading import CatalogErrors, Documents, Problem, Severity, load_documents
from rules.catalog.loading.problems import in_order

__all__ = ["CONFIGURATION_RULES", "Known", "ParamSpec", "RuleSpec", "checked", "examined", "lint"]


def lint(documents: Documents, rules: Iterable[RuleSpec], params: Iterable[ParamSpec] = ()) -> tuple[Problem, ...]:
    """Every problem of a catalogue, by file and line.

    ``rules`` are those that judge, ``params`` such as belong to none of them; the configuration rules are known.
    """
    known = Known.of((*rules, *CONFIGURATION_RULES), params)
    return in_order(
        (
            *matter_problems(documents, known),
            *fee_problems(documents),
            *people_problems(documents),
            *profile_problems(documents, known),
            *source_problems(documents),
            *configuration_findings(documents, known),
        )
    )


def examined(
    source: str | Path, rules: Iterable[RuleSpec], params: Iterable[ParamSpec] = ()
) -> tuple[Documents | None, tuple[Problem, ...]]:
    """A catalogue and all its problems; no catalogue where its files cannot be read."""
    try:
        documents = load_documents(source)
    except CatalogErrors as errors:
        return None, errors.problems
    return documents, lint(documents, rules, params)


def checked(source: str | Path, rules: Iterable[RuleSpec], params: Iterable[ParamSpec] = ()) -> Documents:
    """A catalogue fit for use; CatalogErrors with all errors, of reading or of sense, where it is not."""
    documents, problems = examined(source, rules, params)
    errors = [found for found in problems if found.severity is Severity.ERROR]
    if errors or documents is None:
        raise CatalogErrors(errors)
    return documents
