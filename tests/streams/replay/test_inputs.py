import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from streams.replay.inputs import inputs_of, mapping_digest, sources_read
from streams.sources.errors import Unusable

LINE = b'{"event_id":"E1"}\n'
MAPPING = "zone: Asia/Shanghai\ncase: {column: no}\nevents: [{type: case.submitted, at: {column: on}}]\n"


def keys(tmp_path: Path, *contents: bytes, mapping: Path | None = None) -> list[str]:
    paths = []
    for number, content in enumerate(contents):
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(content)
        paths.append(str(path))
    return [one.key for one in sources_read(inputs_of(paths, None, tmp_path), mapping)]


class TestKey:
    def test_is_the_same_for_the_same_content_under_another_name(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()

        assert keys(tmp_path, LINE) == keys(tmp_path / "a", LINE)

    def test_differs_with_the_content(self, tmp_path: Path) -> None:
        assert 2 == len(set(keys(tmp_path, LINE, LINE + LINE)))

    def test_differs_for_a_second_file_of_equal_content(self, tmp_path: Path) -> None:
        assert 2 == len(set(keys(tmp_path, LINE, LINE)))

    def test_does_not_depend_on_what_else_is_read(self, tmp_path: Path) -> None:
        assert keys(tmp_path, LINE)[0] == keys(tmp_path, b"other", LINE)[1]

    def test_is_one_for_all_files_read_through_a_mapping_and_differs_with_it(self, tmp_path: Path) -> None:
        one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
        one.write_text(MAPPING)
        other.write_text(MAPPING.replace("case.submitted", "case.accepted"))

        first = keys(tmp_path, LINE, b"x", mapping=one)

        assert 1 == len(set(first))
        assert first != keys(tmp_path, LINE, b"x", mapping=other)


class TestMapping:
    def test_with_another_comment_says_the_same(self, tmp_path: Path) -> None:
        one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
        one.write_text(MAPPING)
        other.write_text(f"# a comment\n{MAPPING}")

        assert mapping_digest(one) == mapping_digest(other)

    def test_that_extends_another_changes_with_it(self, tmp_path: Path) -> None:
        base, upper = tmp_path / "base.yaml", tmp_path / "upper.yaml"
        upper.write_text("extends: base.yaml\n")
        base.write_text(MAPPING)
        before = mapping_digest(upper)

        base.write_text(MAPPING.replace("column: on", "column: at"))

        assert before != mapping_digest(upper)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="nowhere"):
        inputs_of([str(tmp_path / "nowhere")], None, tmp_path)


@pytest.mark.parametrize("content", [LINE * 1000, gzip.compress(LINE * 1000)])
def test_the_length_of_a_file_unpacked_is_known_beforehand(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)

    assert len(LINE) * 1000 == inputs_of([str(path)], None, tmp_path)[0].unpacked


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"\x1f\x8b\x08"])
def test_a_file_too_short_to_be_gzip_has_its_own_length(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)

    assert len(content) == inputs_of([str(path)], None, tmp_path)[0].unpacked


def test_standard_input_is_kept_until_every_process_has_read_it(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from streams.replay.inputs import inputs_of;"
        "(one,) = inputs_of(['-'], None, Path(sys.argv[1])); print(one.name, Path(one.path).read_bytes() == b'x' * 9)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], input=b"x" * 9, capture_output=True, check=True
    )

    assert b"- True" == done.stdout.strip()
