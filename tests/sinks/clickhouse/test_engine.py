import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import StoreFailed, StoreLocked, StoreMissing

NASTY = ("it's", 'a "quote"', "back\\slash", "line\nbreak", "tab\there", "\\n", "中文", "", "nul\0", "a,b]", "\r")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = Engine(tmp_path / "store", create=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", NASTY)
def test_a_parameter_arrives_as_it_was_given(engine: Engine, text: str) -> None:
    answer = engine.table("SELECT {x:String} AS x", {"x": text})

    assert text == answer.column("x")[0].as_py()


def test_a_list_of_parameters_arrives_as_it_was_given(engine: Engine) -> None:
    answer = engine.table("SELECT arrayJoin({x:Array(String)}) AS x", {"x": NASTY})

    assert list(NASTY) == answer.column("x").to_pylist()


def test_a_refused_statement_says_why(engine: Engine) -> None:
    with pytest.raises(StoreFailed, match="nowhere"):
        engine.table("SELECT 1 FROM nowhere")
    with pytest.raises(StoreFailed, match="nowhere"):
        list(engine.batches("SELECT 1 FROM nowhere"))


def test_an_answer_comes_in_pieces(engine: Engine) -> None:
    pieces = list(engine.batches("SELECT number AS n FROM numbers(300000)"))

    assert 1 < len(pieces)
    assert 300_000 == sum(piece.num_rows for piece in pieces)


class TestDirectory:
    def test_without_a_store_is_not_made_into_one(self, tmp_path: Path) -> None:
        with pytest.raises(StoreMissing, match="没有存储"):
            Engine(tmp_path, create=False)

        assert [] == list(tmp_path.iterdir())

    @pytest.mark.usefixtures("engine")
    def test_is_refused_while_open(self, tmp_path: Path) -> None:
        with pytest.raises(StoreLocked, match=r"正由进程 \d+ 使用"):
            Engine(tmp_path / "store", create=True)

    @pytest.mark.usefixtures("engine")
    def test_is_refused_while_another_is_open_in_this_process(self, tmp_path: Path) -> None:
        with pytest.raises(StoreLocked, match="本进程已打开另一个存储"):
            Engine(tmp_path / "other", create=True)

    def test_is_refused_while_another_program_has_the_files(self, tmp_path: Path) -> None:
        Engine(tmp_path, create=True).close()

        with (tmp_path / "clickhouse" / "status").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with pytest.raises(StoreLocked, match="另一程序"):
                Engine(tmp_path, create=False)

    def test_can_be_opened_again_after_it_was_closed(self, tmp_path: Path) -> None:
        first = Engine(tmp_path, create=True)
        first.run("CREATE TABLE t (x UInt8) ENGINE = MergeTree ORDER BY x")
        first.run("INSERT INTO t VALUES (7)")
        first.close()

        second = Engine(tmp_path, create=False)
        answer = second.table("SELECT x FROM t").column("x").to_pylist()
        second.close()

        assert [7] == answer

    def test_is_free_after_its_process_was_killed(self, tmp_path: Path) -> None:
        script = (
            "import sys; from pathlib import Path; from sinks.clickhouse.engine import Engine;"
            "Engine(Path(sys.argv[1]), create=True); print('open', flush=True); sys.stdin.read()"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert "open\n" == process.stdout.readline()

        with pytest.raises(StoreLocked, match=f"正由进程 {process.pid} 使用"):
            Engine(tmp_path, create=False)
        process.kill()
        process.communicate()

        Engine(tmp_path, create=False).close()

    def test_that_is_a_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_text("")

        with pytest.raises(StoreFailed, match="不能用作存储目录"):
            Engine(path, create=True)
