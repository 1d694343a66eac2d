"""The examples file that stands beside the module of a rule, parsed."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from rules.declare import Rule


class NoExamples(LookupError):
    """A rule has no examples file beside its module; whoever wrote the rule writes one."""


def example_file(rule: Rule) -> Path:
    """Return where the examples of a rule stand: ``<module>.examples.yaml``."""
    judge = rule.judge or rule.judge_each
    spec = find_spec(judge.__module__) if judge is not None else None
    if spec is None or spec.origin is None:
        raise NoExamples(f"{rule.id}: no module")
    return Path(spec.origin).with_suffix(".examples.yaml")


def read_examples(rule: Rule) -> dict[str, Any]:
    """Return the parsed examples file of a rule, for ``rules.examples.examples_of``; NoExamples where it has none."""
    path = example_file(rule)
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise NoExamples(f"{rule.id}: {path.name} is missing") from None
    if not isinstance(document, dict):
        raise NoExamples(f"{rule.id}: {path.name} holds no examples")
    return document
