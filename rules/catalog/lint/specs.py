"""What the linter asks of the rules that judge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self


class ParamSpec(Protocol):
    """A parameter of a rule (阈值)."""

    @property
    def id(self) -> str:
        """``RULE_ID.name``."""

    @property
    def default(self) -> Any:
        """The value where no profile says otherwise."""

    def read(self, value: Any) -> Any:
        """A written value as the parameter's type; ValueError says what was expected."""


class RuleSpec(Protocol):
    """A rule, as far as a catalogue may speak of it."""

    @property
    def id(self) -> str:
        """The rule's id (监察规则编号)."""

    @property
    def params(self) -> Sequence[ParamSpec]:
        """Its parameters."""


@dataclass(frozen=True, slots=True)
class Known:
    """The rules and parameters a profile may name."""

    rules: frozenset[str]
    params: Mapping[str, ParamSpec]

    @classmethod
    def of(cls, rules: Iterable[RuleSpec], params: Iterable[ParamSpec] = ()) -> Self:
        """What is known of these rules, and of parameters that belong to none of them."""
        listed = tuple(rules)
        own = (param for rule in listed for param in rule.params)
        return cls(frozenset(rule.id for rule in listed), {param.id: param for param in (*own, *params)})
