"""What a reader may ask: told apart as the engine tells it, and nothing that reaches outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sinks.clickhouse.engine import Connection, Engine
from sinks.clickhouse.errors import StoreFailed
from sinks.clickhouse.guard import READONLY, SYNTAX_ERROR, NotAllowed, question

KEPT = "not for readers"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = Engine(tmp_path_factory.mktemp("guard") / "store", create=True)
    yield opened
    opened.close()


@pytest.fixture
def reader(engine: Engine) -> Iterator[Connection]:
    opened = engine.another()
    opened.run("SET readonly = 1")
    yield opened
    opened.close()


ALLOWED = (
    ("SELECT 1", b"1\n"),
    ("select 1;", b"1\n"),
    ("(SELECT 1)", b"1\n"),
    ("WITH 2 AS x SELECT x", b"2\n"),
    ("SELECT /*/ 1 */ 2", b"2\n"),
    ("SELECT /* /* */ ; */ 3 -- ; 4", b"3\n"),
    ("SELECT 1 # a comment\n, 2", b"1\t2\n"),
    ("SELECT ';', '-- \\' ;', 'it''s'", b";\t-- \\' ;\tit\\'s\n"),
    ("SELECT $a$ ; ' $a$", b" ; \\' \n"),
    ('SELECT 1 AS `a;b`, 2 AS "c;d"', b"1\t2\n"),
    ("SELECT '“中文”' AS `名`", "“中文”\n".encode()),
    ("SELECT file, upper(file) FROM (SELECT 'a' AS file)", b"a\tA\n"),
    ("SELECT arrayMap(x -> x + 1, [1])", b"[2]\n"),
    ("SELECT 1 INTO_OUTFILE", b"1\n"),
    ("EXPLAIN SYNTAX SELECT 1", b"SELECT 1\\nFROM system.one\n"),
    ("EXISTS nowhere", b"0\n"),
)


@pytest.mark.parametrize(("asked", "answer"), ALLOWED, ids=[asked for asked, _ in ALLOWED])
def test_a_question_is_answered(reader: Connection, asked: str, answer: bytes) -> None:
    assert answer == reader.answer(question(asked).text, "TSV")


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("SELECT 1", None),
        ("SELECT 1 FORMAT JSON", "JSON"),
        ("SELECT 1 format/**/Native ;", "Native"),
        ("SELECT 'FORMAT TSV' FORMAT CSV", "CSV"),
        ("SELECT (SELECT 1 AS format)", None),
    ],
)
def test_the_format_a_question_names_is_known(asked: str, form: str | None) -> None:
    assert form == question(asked).form


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT file('{path}')",
        "SELECT/**/file/**/('{path}')",
        "SELECT `file`('{path}')",
        "SELECT \"file\"('{path}')",
        "SELECT “file”('{path}')",
        "SELECT `fi\\x6ce`('{path}')",
        "SELECT `file`\u00a0('{path}')",
        "SELECT file\u200b('{path}')",
        "SELECT file($${path}$$)",
        "SELECT '\\'', file('{path}') --'",
        "SELECT '\\\\', file('{path}') --'",
        "SELECT 1 /* /* */ ' */, file('{path}') -- '",
        "SELECT $a$ ' $a$, file('{path}') -- '",
        "SELECT arrayMap(file, ['{path}'])",
        "SELECT arrayMap((file), ['{path}'])",
        "SELECT arrayMap(`file`, ['{path}'])",
        "SELECT arrayMap(x -> file(x), ['{path}'])",
        "SELECT * APPLY file FROM (SELECT '{path}' AS a)",
        "SELECT * apply(file) FROM (SELECT '{path}' AS a)",
        "EXPLAIN SELECT file('{path}')",
        "SELECT * FROM file('{path}', LineAsString)",
        "SELECT * FROM url('file://{path}', LineAsString)",
        "SELECT * FROM default.`{path}`",
    ],
)
def test_no_file_of_this_machine_is_read(reader: Connection, tmp_path: Path, asked: str) -> None:
    path = tmp_path / "secret"
    path.write_text(KEPT)

    try:
        answer = reader.answer(question(asked.replace("{path}", str(path))).text, "TSV")
    except (NotAllowed, StoreFailed):
        answer = b""

    assert KEPT.encode() not in answer


def test_no_function_is_named_by_a_parameter() -> None:
    with pytest.raises(NotAllowed, match="file"):
        question("SELECT arrayMap({f:Identifier}, ['/etc/hostname'])")


def test_no_file_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="OUTFILE") as refused:
        question(f"SELECT 1 INTO/**/OUTFILE '{tmp_path / 'out'}'")

    assert READONLY == refused.value.code


@pytest.mark.parametrize("asked", ["SELECT aiGenerate('x')", "SELECT AIEmbed('x')", "SELECT `aiFilter`('x')"])
def test_no_service_is_called(asked: str) -> None:
    with pytest.raises(NotAllowed, match="service"):
        question(asked)


@pytest.mark.parametrize("verb", ["INSERT INTO t VALUES (1)", "drop table t", "SET readonly = 0", "KILL QUERY WHERE 1"])
def test_nothing_is_changed(verb: str) -> None:
    with pytest.raises(NotAllowed, match="readonly") as refused:
        question(verb)

    assert READONLY == refused.value.code


@pytest.mark.parametrize(
    "asked",
    ["", " -- nothing", ";", "selec 1", "SELECT 1; SELECT 2", "SELECT 'a", "SELECT 1 /* a", "SELECT $a$", "SELECT ‘a’"],
)
def test_what_is_no_question_is_a_syntax_error(asked: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        question(asked)

    assert SYNTAX_ERROR == refused.value.code
