"""Every rule with a module: those whose examples are run."""

from importlib import import_module
from pathlib import Path

import rules
from rules.declare import Rule

ROOM = Path(rules.__file__).parent
FAMILIES = ("overtime", "steps", "charges", "truth", "escalation")


def all_rules() -> tuple[Rule, ...]:
    """The declaration of each module of a family that has one, in order of its number."""
    found = []
    for path in sorted(file for family in FAMILIES for file in (ROOM / family).glob("*.py")):
        module = import_module(f"rules.{path.parent.name}.{path.stem}") if path.stem != "__init__" else None
        rule = getattr(module, "RULE", None)
        if isinstance(rule, Rule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.number))
