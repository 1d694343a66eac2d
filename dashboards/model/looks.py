"""How a value looks: colour, unit, thresholds, and the words that stand for it.

No meaning is carried by a colour alone: every coloured value shows a number or a word with a sign, and the thresholds
of a panel are written out in its description.
"""

from enum import StrEnum

from dashboards.model.base import Model, Text
from rules.engine.cards import LEVEL_NAMES
from rules.events.words import Level


class Colour(StrEnum):
    """Colours by their meaning; the values are CSS and differ in lightness as well as in hue."""

    CALM = "#3D71D9"
    """Nothing to do."""
    GOOD = "#1A7F4B"
    """As it should be."""
    NOTICE = "#2F9EBF"
    """预警."""
    YELLOW = "#E0A800"
    """黄牌."""
    RED = "#C4162A"
    """红牌."""
    QUIET = "#8E8E99"
    """No longer counts."""


class Unit(StrEnum):
    """Unit of a number; the value is what stands behind it on a screen."""

    CASES = "件"
    CARDS = "张"
    RECORDS = "条"
    AGENCIES = "个部门"
    YUAN = "元"
    SHARE = "%"
    """A share between 0 and 1, shown in percent."""
    DAYS = "天"
    WORKDAYS = "个工作日"
    HOURS = "小时"
    MINUTES = "分钟"
    SECONDS = "秒"
    TIMES = "次"
    INSTANT = "时间"
    """An instant, shown to the minute in Asia/Shanghai."""
    DAY = "日期"
    NONE = ""


class Step(Model):
    """From this number on, this colour holds (阈值)."""

    at: float
    colour: Colour


class Mapping(Model):
    """A value shown as a word (值的说法): ``value`` as the query answers it, ``text`` with a sign before it."""

    value: str
    text: Text
    colour: Colour | None = None


SIGNS = {Level.NOTICE: "○", Level.YELLOW: "◆", Level.RED: "●"}
"""The signs of the levels, as the command line shows them."""
COLOURS = {Level.NOTICE: Colour.NOTICE, Level.YELLOW: Colour.YELLOW, Level.RED: Colour.RED}
LEVELS = tuple(
    Mapping(value=level.code, text=f"{SIGNS[level]} {LEVEL_NAMES[level]}", colour=COLOURS[level])
    for level in sorted(Level, reverse=True)
)
"""How levels are shown."""
YES_NO = (Mapping(value="1", text="✓ 是"), Mapping(value="0", text="✕ 否"))


def alarming(yellow: float, red: float) -> tuple[Step, ...]:
    """Return the thresholds of a number that ought to be small: good below ``yellow``, red from ``red`` on."""
    return (
        Step(at=float("-inf"), colour=Colour.GOOD),
        Step(at=yellow, colour=Colour.YELLOW),
        Step(at=red, colour=Colour.RED),
    )


def forbidden(least: float = 1) -> tuple[Step, ...]:
    """Return the thresholds of a number that ought to be zero: red from ``least`` on."""
    return (Step(at=float("-inf"), colour=Colour.GOOD), Step(at=least, colour=Colour.RED))


def reassuring(yellow: float, good: float) -> tuple[Step, ...]:
    """Return the thresholds of a number that ought to be great: red below ``yellow``, good from ``good`` on."""
    return (
        Step(at=float("-inf"), colour=Colour.RED),
        Step(at=yellow, colour=Colour.YELLOW),
        Step(at=good, colour=Colour.GOOD),
    )


def spoken(steps: tuple[Step, ...], unit: Unit) -> str:
    """Return thresholds in words, so that the colours need not be seen; empty where there are none."""
    words = {
        Colour.CALM: "蓝（无须处理）",
        Colour.GOOD: "绿（正常）",
        Colour.NOTICE: "青（预警）",
        Colour.YELLOW: "黄（注意）",
        Colour.RED: "红（紧急）",
        Colour.QUIET: "灰（不计）",
    }
    parts = []
    for step in steps:
        figure = f"{step.at:.0%}" if unit is Unit.SHARE else f"{step.at:g}{unit.value}"
        parts.append(words[step.colour] if step.at == float("-inf") else f"{figure}起{words[step.colour]}")
    return f"颜色：{'，'.join(parts)}。" if len(parts) > 1 else ""
