"""Files as lines, whatever state they are in."""

import gzip
import io
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from streams.sources.errors import Broken
from streams.sources.item import KEPT_HEAD, Bad
from streams.sources.lines import BLOCK, LONGEST, STDIN, blocks, complaint_about_encoding, raw_lines


def lines(path: Path | str) -> tuple[list[tuple[int, bytes]], list[Bad]]:
    aside: list[Bad] = []
    return list(raw_lines(str(path), aside.append)), aside


def written(folder: Path, content: bytes, name: str = "log") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_lines_are_numbered_from_one_and_blank_ones_count(tmp_path: Path) -> None:
    found, aside = lines(written(tmp_path, b"a\n\nb\r\nc"))

    assert [(1, b"a"), (2, b""), (3, b"b\r"), (4, b"c")] == found
    assert [] == aside


def test_a_byte_order_mark_is_taken_off(tmp_path: Path) -> None:
    assert [(1, b"a"), (2, b"b")] == lines(written(tmp_path, b"\xef\xbb\xbfa\nb"))[0]
    assert [(1, b"a")] == lines(written(tmp_path, b"\xef\xbb\xbfa"))[0]


def test_lines_over_many_blocks_are_put_together(tmp_path: Path) -> None:
    content = [b"x" * (BLOCK - 3), b"y" * (2 * BLOCK + 5), b"z"]

    found, _ = lines(written(tmp_path, b"\n".join(content)))

    assert content == [line for _, line in found]


def test_gzip_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    assert [(1, b"a"), (2, b"b")] == lines(written(tmp_path, gzip.compress(b"a\nb\n"), "log.csv"))[0]
    assert [(1, b"a"), (2, b"b")] == lines(written(tmp_path, gzip.compress(b"a\n") + gzip.compress(b"b"), "l.gz"))[0]


@pytest.mark.parametrize("content", [b"a\nb\n", b""])
def test_a_name_that_ends_in_gz_promises_gzip(tmp_path: Path, content: bytes) -> None:
    found, aside = lines(written(tmp_path, content, "log.gz"))

    assert [] == found
    assert "gzip" in aside[0].reason


def test_what_stands_before_the_end_of_a_truncated_gzip_is_kept(tmp_path: Path) -> None:
    content = b"".join(b"line %d\n" % number for number in range(200_000))
    whole = gzip.compress(content)

    found, aside = lines(written(tmp_path, whole[: len(whole) // 2], "log.gz"))

    assert len(found) > 50_000
    assert [b"line %d" % number for number in range(len(found))] == [line for _, line in found]
    assert [("gzip 在此处被截断", len(found) + 1)] == [(one.reason, one.where.line) for one in aside]


def test_what_stands_before_the_damage_of_a_gzip_is_kept(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(b"".join(b"line %d\n" % number for number in range(200_000))))
    whole[len(whole) // 2 : len(whole) // 2 + 64] = b"\xff" * 64

    found, aside = lines(written(tmp_path, bytes(whole), "log.gz"))

    assert found
    assert 1 == len(aside)
    assert "gzip" in aside[0].reason


def test_a_line_too_long_is_put_aside_and_reading_goes_on(tmp_path: Path) -> None:
    long = b"x" * (LONGEST + BLOCK + 7)

    found, aside = lines(written(tmp_path, b"before\n" + long + b"\nafter\n"))

    assert [(1, b"before"), (3, b"after")] == found
    assert [(2, long[:KEPT_HEAD], len(long), sha256(long).hexdigest())] == [
        (one.where.line, one.raw, one.size, one.digest) for one in aside
    ]


def test_a_line_too_long_may_be_the_last(tmp_path: Path) -> None:
    found, aside = lines(written(tmp_path, b"a\n" + b"x" * (LONGEST + BLOCK)))

    assert [(1, b"a")] == found
    assert [LONGEST + BLOCK] == [one.size for one in aside]


def test_standard_input_may_be_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BufferedReader(io.BytesIO(gzip.compress(b"a\nb")))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(packed))

    assert [(1, b"a"), (2, b"b")] == lines(STDIN)[0]


def test_a_file_that_cannot_be_opened_is_broken(tmp_path: Path) -> None:
    with pytest.raises(Broken, match=r"打不开|读不出"):
        list(blocks(str(tmp_path)))


@pytest.mark.parametrize("name", [None, "utf-8", "gb18030", "cp1252", "shift_jis"])
def test_an_encoding_whose_lines_can_be_told_apart_can_be_used(name: str | None) -> None:
    assert complaint_about_encoding(name) is None


@pytest.mark.parametrize("name", ["utf-16", "utf-32-le", "klingon", "cp037"])
def test_an_encoding_without_lines_or_unknown_is_complained_about(name: str) -> None:
    complaint = complaint_about_encoding(name)

    assert complaint
    assert name in complaint
