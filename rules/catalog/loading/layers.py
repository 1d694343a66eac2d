"""One catalogue directory read whole: its head, and the entries of every `*.yaml` in it and below it.

A file holds one or more sections (`matters:`, `fees:`, …), so a city may keep one file a kind or one file an agency.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.loading.documents import Origin
from rules.catalog.loading.kinds import BY_KEY, CALENDAR_MARKS, HEAD_FILE, SECTIONS, Kind
from rules.catalog.loading.problems import Problem
from rules.catalog.loading.wording import wording
from rules.catalog.loading.written import Place, Written, path_text, read_written
from rules.catalog.models.head import Head

M = TypeVar("M", bound=BaseModel)
LARGEST_FILE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a section, with its code and where it was written."""

    key: str
    model: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Layer:
    """One directory as it was read; ``head`` is None where it could not be."""

    name: str
    head: Head | None
    origin: Origin
    entries: Mapping[Kind, tuple[Entry, ...]]
    digest: bytes
    problems: tuple[Problem, ...]


class _Reader:
    """Gathers what the files of a directory say."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.entries: dict[Kind, list[Entry]] = {kind: [] for kind in SECTIONS}
        self.problems: list[Problem] = []
        self._written_at: dict[tuple[Kind, str], Origin] = {}
        self.head: Head | None = None
        self.origin = Origin(f"{shown}/{HEAD_FILE}", (), Place(1))

    def read(self, name: str, content: bytes) -> None:
        """Take in one file, by its path within the directory."""
        file = f"{self.shown}/{name}"
        written = self._written(file, content)
        if written is None:
            return
        if not isinstance(written.value, dict):
            message = "空文件" if written.value is None else "文件须是「键: 值」的一组"
            self.problems.append(Problem(file, written.place.line, "", message))
        elif name == HEAD_FILE:
            self.origin = Origin(file, (), written.place)
            self.head = self._model(Head, file, written.value, written.place)
        elif CALENDAR_MARKS & written.value.keys():
            calendar = self._model(CalendarDoc, file, written.value, written.place)
            if calendar is not None:
                self._add(Kind.CALENDARS, calendar, Origin(file, (), written.place))
        else:
            for key in written.value:
                self._section(file, key, written)

    def _written(self, file: str, content: bytes) -> Written | None:
        if len(content) > LARGEST_FILE:
            self.problems.append(Problem(file, 1, "", f"文件超过 {LARGEST_FILE // 1024 // 1024} MiB"))
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.problems.append(Problem(file, line, "", f"不是 UTF-8 文字（第 {error.start} 字节起读不出）"))
            return None
        written, problems = read_written(text, file)
        self.problems += problems
        return written

    def _section(self, file: str, key: str, written: Written) -> None:
        section = BY_KEY.get(key)
        if section is None:
            known = "、".join(BY_KEY)
            line = written.place.line_of((key,))
            self.problems.append(Problem(file, line, key, f"不认识的内容：应是 {known}，或一份工作日历（region）"))
            return
        document = self._model(section.doc, file, {key: written.value[key]}, written.place)
        for index, model in enumerate(getattr(document, key, ())):
            place = written.place.parts[key].parts[index]
            self._add(section.kind, model, Origin(file, (key, index), place))

    def _add(self, kind: Kind, model: Any, origin: Origin) -> None:
        section = SECTIONS[kind]
        key = section.key(model)
        earlier = self._written_at.setdefault((kind, key), origin)
        if earlier is not origin and not section.dated:
            message = f"{section.title} {key} 重复，已写在 {earlier.file} 第 {earlier.place.line} 行"
            self.problems.append(origin.problem((), message))
            return
        self.entries[kind].append(Entry(key, model, origin))

    def _model(self, model: type[M], file: str, value: Any, place: Place) -> M | None:
        """The value as a model; None, and a problem for each refusal, where it is not one."""
        try:
            return model.model_validate(value)
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
                    continue  # pydantic counts only the items that are valid; what is wrong with the others is told
                path = _path(error["loc"], place, is_missing=error["type"] == "missing")
                message = wording(error["type"], error.get("ctx", {}), error["input"], error["msg"])
                self.problems.append(Problem(file, place.line_of(path), path_text(path), message))
            return None


def _path(steps: tuple[str | int, ...], place: Place, *, is_missing: bool) -> tuple[str | int, ...]:
    """The path as it is written: steps that name the variant of a union stand in no file and are left out."""
    path: list[str | int] = []
    for index, step in enumerate(steps):
        following = place.parts.get(step)
        if following is not None:
            path.append(step)
            place = following
        elif is_missing and index == len(steps) - 1:
            path.append(step)
    return tuple(path)


def read_layer(name: str, directory: Path, shown: str) -> Layer:
    """The catalogue in a directory; ``shown`` is how messages call it. What cannot be read is among its problems."""
    reader = _Reader(shown)
    digest = sha256()
    for file, content in _contents(directory, reader):
        digest.update(f"{len(file.encode())}:{file}{len(content)}:".encode())
        digest.update(content)
        reader.read(file, content)
    if not any(found.file == reader.origin.file for found in reader.problems) and reader.head is None:
        reader.problems.append(Problem(reader.origin.file, 1, "", f"缺少目录的头 {HEAD_FILE}"))
    entries = {kind: tuple(found) for kind, found in reader.entries.items()}
    return Layer(name, reader.head, reader.origin, entries, digest.digest(), tuple(reader.problems))


def _contents(directory: Path, reader: _Reader) -> Iterator[tuple[str, bytes]]:
    """The files of a directory in sorted order, each with its path within it."""
    try:
        files = sorted(_files(directory.rglob("*"), directory))
    except OSError as error:
        reader.problems.append(Problem(reader.shown, 1, "", f"目录读不出：{error.strerror}"))
        return
    for file in files:
        if file.endswith(".yml"):
            reader.problems.append(Problem(f"{reader.shown}/{file}", 1, "", "扩展名须是 .yaml"))
            continue
        try:
            content = (directory / file).read_bytes()
        except OSError as error:
            reader.problems.append(Problem(f"{reader.shown}/{file}", 1, "", f"文件读不出：{error.strerror}"))
            continue
        yield file, content


def _files(paths: Iterable[Path], directory: Path) -> Iterator[str]:
    """Paths of YAML files within a directory; hidden ones are editors' and file systems' own."""
    for path in paths:
        within = path.relative_to(directory)
        if path.suffix in {".yaml", ".yml"} and not any(part.startswith(".") for part in within.parts):
            yield within.as_posix()
