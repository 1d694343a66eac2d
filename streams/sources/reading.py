"""One door to all sources: paths and perhaps a mapping in, items out."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from streams.sources.csvlog import read_table
from streams.sources.guangdong.model import GuangdongSpec
from streams.sources.guangdong.read import read_messages
from streams.sources.item import Bad, Item
from streams.sources.jsonl import read_events
from streams.sources.jsonlog import read_objects
from streams.sources.lines import STDIN
from streams.sources.mapping.check import checked, zoned
from streams.sources.mapping.compiled import Compiled, compile_mapping
from streams.sources.mapping.inherit import document_of
from streams.sources.mapping.load import Document, Problem, Unusable
from streams.sources.mapping.model import Mapping
from streams.sources.mapping.run import Mapped
from streams.sources.national.model import NationalSpec
from streams.sources.national.read import read_tables, table_of
from streams.sources.records import Record
from streams.sources.xes import read_xes

_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".xes": "xes", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_READERS: dict[str, Callable[[str, Compiled], Iterator[Record | Bad]]] = {
    "csv": read_table,
    "xes": read_xes,
    "jsonl": read_objects,
}


def open_source(paths: Sequence[str], mapping: Path | None, *, latest: int | None) -> Iterator[Item]:
    """Return the items of all files, in their order. ``-`` is standard input; gzip is unpacked.

    Without a mapping the files are canonical JSON lines. ``latest`` (microseconds) is the instant after which a
    record is put aside as being of the future. What is wrong with the mapping or the paths is raised as Unusable
    before anything is read; whatever is wrong with a file becomes an item.
    """
    problems = [Problem(path, None, "", "no such file") for path in paths if path != STDIN and not Path(path).is_file()]
    if mapping is None:
        if problems:
            raise Unusable(problems)
        return _canonical(paths, latest)
    document = document_of(mapping)
    read = _foreign(document, paths, latest)
    if problems:
        raise Unusable(problems)
    return read


def _canonical(paths: Sequence[str], latest: int | None) -> Iterator[Item]:
    for path in paths:
        yield from read_events(path, latest)


def _foreign(document: Document, paths: Sequence[str], latest: int | None) -> Iterator[Item]:
    match document.values.get("format"):
        case "guangdong":
            return read_messages(paths, zoned(document, checked(document, GuangdongSpec)), latest)
        case "national":
            return _national(document, paths, latest)
        case _:
            return _mapped(document, paths, latest)


def _national(document: Document, paths: Sequence[str], latest: int | None) -> Iterator[Item]:
    spec = zoned(document, checked(document, NationalSpec))
    tables = [(path, table_of(path, spec)) for path in paths]
    if unknown := [path for path, table in tables if table is None]:
        reason = (
            f"does not say which table {', '.join(unknown)} is, nor do the names: up_pro_accept, up_pro_process ..."
        )
        raise Unusable([document.problem(("table",), reason)])
    return read_tables([(path, table) for path, table in tables if table is not None], spec, latest)


def _mapped(document: Document, paths: Sequence[str], latest: int | None) -> Iterator[Item]:
    spec = checked(document, Mapping)
    compiled = compile_mapping(document, spec)
    formats = [(path, spec.format or _format_of(path)) for path in paths]
    if unknown := [path for path, known in formats if known is None]:
        reason = f"does not say what {', '.join(unknown)} is: csv, xes or jsonl"
        raise Unusable([document.problem(("format",), reason)])
    mapped = Mapped(compiled, latest, traces={known for _, known in formats} == {"xes"})
    return mapped.items(
        record for path, known in formats if known is not None for record in _READERS[known](path, compiled)
    )


def _format_of(path: str) -> str | None:
    """Return the format a file's name speaks of, None where it speaks of none."""
    return _SUFFIXES.get(Path(path.removesuffix(".gz")).suffix.lower())
