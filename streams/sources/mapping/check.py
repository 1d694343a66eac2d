"""From a document to a checked model: the messages of pydantic, told with file, line and field."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from streams.sources.errors import Unusable
from streams.sources.lines import complaint_about_encoding
from streams.sources.mapping.load import Document, Path_
from streams.sources.mapping.model import Foreign
from streams.sources.stamps import complaint_about, complaint_about_zone

Model = TypeVar("Model", bound=BaseModel)


Zoned = TypeVar("Zoned", bound=Foreign)


def checked(document: Document, model: type[Model]) -> Model:
    """Return the model of a document; Unusable with everything that does not fit its shape."""
    try:
        return model.model_validate(document.values)
    except ValidationError as err:
        problems = {
            document.problem(_path(document.values, error["loc"]), _told(error["msg"], error["input"]))
            for error in err.errors(include_url=False)
        }
        raise Unusable(sorted(problems, key=lambda one: (one.file, one.line or 0, one.field))) from None


def _told(message: str, found: Any) -> str:
    plain = isinstance(found, str | int | float | bool)
    return message.removeprefix("Value error, ") + (f", not {found!r:.60}" if plain else "")


def zoned(document: Document, spec: Zoned) -> Zoned:
    """Return an adapter's model whose time zone, forms of stamps and encoding can be used; else Unusable."""
    found = [
        *([] if (why := complaint_about_zone(spec.zone)) is None else [document.problem(("zone",), why)]),
        *([] if (why := complaint_about_encoding(spec.encoding)) is None else [document.problem(("encoding",), why)]),
    ]
    for at, form in enumerate(spec.times.formats):
        if (why := complaint_about(form)) is not None:
            found.append(document.problem(("times", "formats", at), f"{form!r} cannot be used: {why}"))
    if found:
        raise Unusable(found)
    return spec


def _path(values: Any, loc: tuple[int | str, ...]) -> Path_:
    """Return the part of a location that is in the document; the rest names alternatives of the model."""
    path: list[int | str] = []
    for part in loc:
        match values, part:
            case dict(), str() if part in values:
                values = values[part]
            case list(), int() if part < len(values):
                values = values[part]
            case dict(), str() if part is loc[-1]:
                pass
            case _:
                continue
        path.append(part)
    return tuple(path)
