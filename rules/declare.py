"""The declaration of a rule (监察规则): its name, basis, facts and function. One a module, listed in ``registry``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Any

from rules.calendar import CalendarError
from rules.cases import facts
from rules.events.envelope import Event
from rules.law import Law
from rules.params import Param
from rules.verdicts import Later, Undecided, Verdict

Judge = Callable[[Any, Law], Verdict]
"""A rule about one thing: facts and law in, verdict out."""
JudgeEach = Callable[[Any, Law, str | None], Iterable[tuple[str, Verdict | Later]]]
"""A rule about many: also told which subject was touched (None: all), it answers for each subject concerned."""
Glance = Callable[[Any, Law], int]
"""A first look: the instant before which the rule has nothing to say as the facts stand; NEVER where it never will.

It may be early, never late: asked in full at that instant, the rule still answers as it likes.
"""
Quiet = Callable[[Any, Law, str], bool]
"""Whether a rule about many surely has nothing to say of the subject touched, nor of any other because of it."""


class Family(IntEnum):
    """Type of supervision (监察类型): 时限、内容、流程、收费; and what looks at cards and data instead of cases."""

    TIME = 1
    CONTENT = 2
    FLOW = 3
    CHARGE = 4
    DATA = 5
    ESCALATION = 6

    @property
    def title(self) -> str:
        """Return the Chinese name."""
        return ("时限监察", "内容监察", "流程监察", "收费监察", "数据监察", "督办升级")[self.value - 1]


class Tier(IntEnum):
    """First tier: about a case. Second tier: about an agency, from the cards of the first."""

    CASE = 1
    AGENCY = 2


class Subjects(Enum):
    """How a rule about many is split (监察对象)."""

    NONE = ""
    STAGE = "环节#次"
    CHARGE = "缴款单号"
    EVENT = "事件编号"
    CARD = "监察编号"
    DUE_DATE = "到期日"
    PERIOD = "期间"
    PAIR = "岗位对"
    ASSESSMENT = "核费单号"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule: declaration and pure function.

    ``number`` is stored with cards' state: stable, never reused. ``reads`` are the facts it reads; asked only when one
    changed. ``needs`` names the fact of the case it is about: while that is empty, the rule does not apply (but does
    where the parameter ``needs_unless`` is set). ``follows`` are those of the facts whose change concerns the touched
    subject alone, ``ends`` those that may end or alter what it found but never begin it, ``conditional`` those it reads
    only where stages of the flow have conditions. ``quiet`` saves asking about a touched subject of which nothing is
    known. ``figures`` names the
    numbers of a breach and their kind (day, instant, count, text, yuan). ``group`` and ``rank``: of several rules that
    speak of one wrong, the lowest rank carries the card (``semantics.md`` §6). ``is_notice``: needs no answer.
    ``closes_when_moved``: a card whose subject fell away is closed, it was true when said.
    """

    number: int
    id: str
    name: str
    family: Family
    basis: str
    says: str
    reads: int
    kinds: tuple[type[Event], ...]
    since: date
    runbook: tuple[str, ...]
    judge: Judge | None = None
    judge_each: JudgeEach | None = None
    glance: Glance | None = None
    quiet: Quiet | None = None
    subjects: Subjects = Subjects.NONE
    follows: int = 0
    ends: int = 0
    conditional: int = 0
    needs: str = ""
    needs_unless: Param[bool] | None = None
    tier: Tier = Tier.CASE
    params: tuple[Param[Any], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    group: str = ""
    rank: int = 0
    is_notice: bool = False
    closes_when_moved: bool = False
    raises_others: bool = False
    licences_only: bool = False
    blind_spots: tuple[str, ...] = ()
    version: int = 1

    def about(self, case: Any, law: Law) -> tuple[tuple[str, Verdict], ...]:
        """Return the verdicts for all subjects, asked afresh; undecided where a date lies beyond all calendars."""
        try:
            return self._about(case, law)
        except CalendarError as err:
            return (("", Undecided(f"工作日历（{err}）", calendar=True)),)

    def _about(self, case: Any, law: Law) -> tuple[tuple[str, Verdict], ...]:
        if self.judge is not None:
            return (("", self.judge(case, law)),)
        if self.judge_each is not None:
            found = self.judge_each(case, law, None)
            return tuple((subject, one.judge() if isinstance(one, Later) else one) for subject, one in found)
        return ()

    def fact_names(self) -> tuple[str, ...]:
        """Return the Chinese names of the facts it reads."""
        return tuple(name for bit, name in facts.NAMES.items() if bit & self.reads)
