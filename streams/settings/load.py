"""File, environment and command line laid over each other, then checked whole.

The command line wins over the environment, which wins over the file. A variable is ``JIANCHA_`` and the path of the
field in capitals, its parts set apart by two underscores: ``JIANCHA_BROKER__URL``. Of a section that may be given as
one word its name is enough: ``JIANCHA_BROKER``. An empty variable counts as not set.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from rules.catalog.loading.wording import SAID, wording
from rules.catalog.loading.written import Place, read_written
from streams.settings.errors import Problem, SettingsErrors
from streams.settings.section import sections_of
from streams.settings.settings import Settings

PREFIX = "JIANCHA_"
CONFIG = f"{PREFIX}CONFIG"
"""Names the file, and is no field."""
GIVEN = "命令行"

Field = tuple[str, ...]
"""Path of a field from the top."""


class Loaded(NamedTuple):
    """Settings, and where each field that was given was written: ``jiancha.yaml:3``, a variable, the command line."""

    settings: Settings
    written: Mapping[Field, str]


class Given(NamedTuple):
    """A value somebody wrote, and where."""

    value: Any
    where: str


def load_settings(
    environment: Mapping[str, str], file: Path | None = None, given: Mapping[str, Any] | None = None
) -> Loaded:
    """Return the settings; SettingsErrors with everything wrong in them.

    ``file`` is the one of the command line, else ``JIANCHA_CONFIG`` names it, else there is none. ``given`` holds what
    the command line says, by dotted path; None counts as not given.
    """
    problems: list[Problem] = []
    values: dict[Field, Given] = {}
    path = file if file is not None else Path(named) if (named := environment.get(CONFIG)) else None
    if path is not None:
        values.update(_of_file(path, problems))
    values.update(_of_environment(environment, problems))
    for name, value in (given or {}).items():
        if value is not None:
            values[_full(tuple(name.split(".")))] = Given(value, GIVEN)
    written = {field: one.where for field, one in values.items()}
    try:
        settings = Settings.model_validate(_nested(values))
    except ValidationError as error:
        problems += _refused(error, values)
    else:
        if not problems:
            return Loaded(settings, written)
    raise SettingsErrors(problems)


def _full(field: Field) -> Field:
    """Return the field meant by the name of a section that may be given as one word; any other as it is."""
    section = sections_of(Settings).get(field[0]) if len(field) == 1 else None
    return (*field, section.short) if section is not None and section.short is not None else field


def fields_of(of: type[BaseModel] = Settings, above: Field = ()) -> Iterator[Field]:
    """Return the paths of all fields that are no sections, in the order in which they are declared."""
    below = sections_of(of)
    for name in of.model_fields:
        if name in below:
            yield from fields_of(below[name], (*above, name))
        else:
            yield (*above, name)


def variable_of(field: Field) -> str:
    """Return the name of the environment variable of a field."""
    return PREFIX + "__".join(field).upper()


def _of_file(path: Path, problems: list[Problem]) -> Iterator[tuple[Field, Given]]:
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8"
        problems.append(Problem(file, "", f"读不出：{reason}"))
        return
    document, wrong = read_written(text, file)
    problems += [Problem(f"{one.file}:{one.line}", one.field, one.message) for one in wrong]
    if document is None or document.value is None:
        return
    if not isinstance(document.value, dict):
        problems.append(Problem(f"{file}:{document.place.line}", "", "应是「键: 值」的一组"))
        return
    yield from _leaves(document.value, document.place, (), file)


def _leaves(values: Mapping[str, Any], place: Place, above: Field, file: str) -> Iterator[tuple[Field, Given]]:
    """Yield what is written, field by field; a section given as one word stands for its short field."""
    below = sections_of(Settings) if not above else {}
    for name, value in values.items():
        part = place.parts[name]
        field = (*above, name)
        if isinstance(value, dict) and value:
            yield from _leaves(value, part, field, file)
        elif value is not None or name not in below:
            yield _full(field), Given(value, f"{file}:{part.line}")


def _of_environment(environment: Mapping[str, str], problems: list[Problem]) -> Iterator[tuple[Field, Given]]:
    known = {variable_of(field): field for field in fields_of()}
    for name, section in sections_of(Settings).items():
        if section.short is not None:
            known[variable_of((name,))] = (name, section.short)
    # The short name first: where both are set, the full one says it more clearly and holds.
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name == CONFIG or not environment[name]:
            continue
        if name in known:
            yield known[name], Given(environment[name], f"环境变量 {name}")
        else:
            close = get_close_matches(name, known, n=1)
            meant = f"；是否想写 {close[0]}？" if close else ""
            problems.append(Problem(f"环境变量 {name}", "", f"没有这个设置{meant}"))


def _nested(values: Mapping[Field, Given]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for field, one in values.items():
        level = root
        for part in field[:-1]:
            below = level.setdefault(part, {})
            level = below if isinstance(below, dict) else {}
        level[field[-1]] = one.value
    return root


def _refused(error: ValidationError, values: Mapping[Field, Given]) -> Iterator[Problem]:
    for one in error.errors():
        # Of a list the field is named, not the place in it.
        field = tuple(part for part in one["loc"] if isinstance(part, str))
        secret = any(word in part for part in field for word in ("password", "token"))
        context = {**one.get("ctx", {}), "error": str(one.get("ctx", {}).get("error", ""))}
        if secret and one["type"] in SAID:
            message = SAID[one["type"]].format_map(context)
        else:
            message = wording(one["type"], context, values[field].value if field in values else None, one["msg"])
        yield Problem(_where(field, values), ".".join(field), message)


def _where(field: Field, values: Mapping[Field, Given]) -> str:
    """Return where a field was written; of a section, where its first field was."""
    for known, one in values.items():
        if known[: len(field)] == field:
            return one.where
    return ""
