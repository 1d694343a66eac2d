import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from rules.engine.cards import Move, State
from rules.events.instants import DAY
from rules.events.words import Level
from streams.cli.demo.frame import frame
from streams.cli.demo.glance import Glance
from streams.cli.demo.watching import Lines
from tests.rules.calendar.national import day
from tests.streams.cli.demo.made import card, glance, heard, scene, transition

LATE = {"起算日": day("2026-02-10"), "时限": "10个工作日", "到期日": day("2026-02-25"), "不计入日数": 0, "延长": 0}


def lines(of: Glance, width: int, height: int) -> list[str]:
    file = io.StringIO()
    Console(file=file, width=width, highlight=False).print(frame(of, scene(), width, height))
    return file.getvalue().splitlines()


def many(count: int) -> Glance:
    cards = [card("OT_PROMISE_OVERDUE", LATE, case=str(at), org_code=f"部门{at % 7}") for at in range(count)]
    return glance(heard(*map(transition, cards)))


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (130, 42)])
def test_a_frame_fits_its_terminal_and_says_of_the_news_when_what_and_why(width: int, height: int) -> None:
    shown = lines(many(60), width, height)

    assert len(shown) < height
    assert all(cell_len(line) <= width for line in shown)
    news = [line for line in shown if line.startswith("03-01 00:00  生成")]
    assert news
    assert all("● 红牌" in line and "超承诺时限" in line and "02-10" in line for line in news)


def test_a_frame_says_the_date_the_rate_and_what_waits() -> None:
    shown = lines(glance(heard()), 100, 30)

    assert shown[0].startswith("2026-01-15（周四）  00:00")
    assert shown[0].rstrip().endswith("10%")
    assert "办件 90  已判定 1,000 条  每秒 250 条  待判定 200  待入库 30" in shown[1]


def test_before_the_first_record_a_frame_says_that_it_is_coming() -> None:
    assert lines(glance(heard(), now=0), 100, 30)[0].startswith("准备送入")


def test_a_pipe_gets_a_line_for_each_week_that_has_passed() -> None:
    file = io.StringIO()
    said = heard(
        transition(card("SK_STEP_JUMP", {}, case="1")),
        transition(card("SK_STEP_JUMP", {}, case="2", level=Level.YELLOW)),
        transition(card("SK_STEP_JUMP", {}, case="3", state=State.WITHDRAWN), Move.WITHDRAWN),
    )
    begins = glance(said).span.begins
    watch = Lines(Console(file=file, width=300), scene())

    for days in (0, 1, 6, 7, 8, 13, 15, 40, 41):
        watch.show(glance(said, now=begins + days * DAY))

    out = file.getvalue().splitlines()
    assert ["2026-01-12", "2026-01-20", "2026-02-14"] == [line[:10] for line in out]
    assert all(line.endswith("● 红牌 1  ◆ 黄牌 1  ○ 预警 0  升级 0  撤回 1") for line in out)
