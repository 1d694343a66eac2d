import io

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from streams.cli.screen import IN_A_PIPE
from streams.cli.table import Column, print_table

COLUMNS = (Column("级别"), Column("部门", gives=True), Column("金额", right=True))
ROWS = (("红牌", "示例市住房和城乡建设局", "1,200.00"), ("ab", "x", "3.00"))


def printed(width: int, **settings: bool) -> list[str]:
    file = io.StringIO()
    to = Console(file=file, width=width, soft_wrap=True, **settings)  # type: ignore[arg-type]  # flags only
    print_table(to, COLUMNS, ROWS)
    return file.getvalue().splitlines()


def columns_of(line: str, word: str) -> int:
    return cell_len(line[: line.index(word)])


def test_columns_stand_in_line_where_letters_are_wide() -> None:
    head, first, second = printed(IN_A_PIPE)

    assert columns_of(head, "部门") == columns_of(first, "示例市") == columns_of(second, "x")
    assert cell_len(first) == cell_len(second)


def test_a_pipe_cuts_nothing() -> None:
    assert "示例市住房和城乡建设局" in printed(IN_A_PIPE)[1]


def test_a_narrow_terminal_cuts_what_may_give_way_and_never_wraps() -> None:
    lines = printed(30)

    assert 3 == len(lines)
    assert all(cell_len(line) <= 30 for line in lines)
    assert "…" in lines[1]
    assert lines[1].endswith("1,200.00")


def test_the_ellipsis_stands_next_to_the_last_letter_that_fits() -> None:
    file = io.StringIO()
    print_table(Console(file=file, width=8, soft_wrap=True), (Column("甲", gives=True),), [("一二三四五",)])

    assert ["甲", "一二三…"] == file.getvalue().splitlines()


def test_no_line_ends_in_blanks() -> None:
    file = io.StringIO()
    print_table(Console(file=file, width=80), (Column("甲"), Column("乙")), [("长一些的", ""), ("短", "有")])

    assert [line.rstrip() for line in file.getvalue().splitlines()] == file.getvalue().splitlines()


def test_a_cell_keeps_its_own_text() -> None:
    cell = Text("很长很长的一格文字在这里")

    print_table(Console(file=io.StringIO(), width=12), (Column("甲", gives=True),), [(cell,)])

    assert "很长很长的一格文字在这里" == cell.plain
