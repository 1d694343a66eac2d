from pathlib import Path

from tools.generated import GENERATED, ROOT, WRITTEN, difference, stale_files


def test_a_fresh_file_has_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("甲\n", encoding="utf-8")

    assert difference(path, "甲\n") == ""


def test_a_stale_file_shows_what_would_change(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("甲\n", encoding="utf-8")

    assert difference(path, "乙\n").splitlines()[-2:] == ["-甲", "+乙"]


def test_a_missing_file_is_stale(tmp_path: Path) -> None:
    assert "+乙" in difference(tmp_path / "list.md", "乙\n")


def test_registered_files_lie_in_the_tree() -> None:
    assert [] == [name for name, _ in GENERATED if not (ROOT / name).exists()]


def test_a_written_folder_that_is_fresh_has_no_stale_files() -> None:
    assert [] == [one for name, command in WRITTEN for one in stale_files(name, command)]
