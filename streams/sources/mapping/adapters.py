"""Which adapter a mapping asks for, and that it can be used."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from streams.sources.csvlog import read_table
from streams.sources.errors import Unusable
from streams.sources.guangdong.model import GuangdongSpec
from streams.sources.guangdong.read import read_messages
from streams.sources.item import Bad, Item
from streams.sources.jsonlog import read_objects
from streams.sources.mapping.check import checked, zoned
from streams.sources.mapping.compiled import Compiled, compile_mapping
from streams.sources.mapping.inherit import document_of
from streams.sources.mapping.load import Document
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


def read_foreign(mapping: Path, paths: Sequence[str], latest: int | None) -> Iterator[Item]:
    """Return the items of files through a mapping; Unusable with what is wrong with the mapping."""
    document = document_of(mapping)
    match document.values.get("format"):
        case "guangdong":
            return read_messages(paths, zoned(document, checked(document, GuangdongSpec)), latest)
        case "national":
            return _national(document, paths, latest)
        case None | "csv" | "xes" | "jsonl":
            return _mapped(document, paths, latest)
        case other:
            reason = f"there is no format {other!r}; there are csv, xes, jsonl, guangdong and national"
            raise Unusable([document.problem(("format",), reason)])


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
