"""What every section of the settings is."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Section(BaseModel):
    """A section (节): frozen, unknown keys refused. Descriptions of fields are what ``jiancha config`` says of them.

    ``short`` is the field meant where a section is given as one word: ``broker: kafka://host``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    short: ClassVar[str | None] = None


def split(value: Any) -> Any:
    """Return a text cut at its commas, as an environment variable writes a list; anything else as it is."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(split)]
"""A list; in an environment variable its parts are set apart by commas."""


def sections_of(of: type[BaseModel]) -> Mapping[str, type[Section]]:
    """Return the fields of a model that are sections, with the model of each."""
    found: dict[str, type[Section]] = {}
    for name, field in of.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            found[name] = kind
    return found
