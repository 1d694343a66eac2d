"""What holds and where it comes from, without secrets: what ``jiancha config`` prints."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, SecretStr

from streams.settings.load import Field, Loaded, fields_of, variable_of
from streams.settings.settings import Settings

DEFAULT = "默认"
HIDDEN = "••••"


class Effective(NamedTuple):
    """A setting as it holds: its path, value as plain data, where it was written, its variable, what it means."""

    field: Field
    value: Any
    where: str
    variable: str
    meaning: str


def effective(loaded: Loaded) -> Iterator[Effective]:
    """Return every setting in the order of declaration. A secret is shown as dots, an unset one as None."""
    for field in fields_of():
        model: Any = loaded.settings
        of: type[BaseModel] = Settings
        for part in field[:-1]:
            model = getattr(model, part)
            of = type(model)
        name = field[-1]
        meaning = of.model_fields[name].description or ""
        where = loaded.written.get(field, DEFAULT)
        yield Effective(field, plain(getattr(model, name)), where, variable_of(field), meaning)


def plain(value: Any) -> Any:
    """Return a value as JSON and YAML can hold it."""
    match value:
        case SecretStr():
            return HIDDEN
        case Enum():
            return value.value
        case tuple():
            return [plain(one) for one in value]
        case datetime():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Path():
            return str(value)
        case _:
            return value
