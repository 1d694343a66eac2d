"""ES_YELLOW_TO_RED 黄牌累计转红."""

from collections.abc import Iterable
from datetime import date

from rules.agencies.agency import Agency
from rules.cases import facts
from rules.declare import Family, Rule, Subjects, Tier
from rules.events.instants import instant_of
from rules.events.second import CardMoved
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Verdict

ON = Param("ES_YELLOW_TO_RED.on", "是否累计", ParamKind.FLAG, default=True, basis="本项目约定；先例见各地黄牌累计规定")
COUNT = Param(
    "ES_YELLOW_TO_RED.count",
    "累计几张黄牌转红牌",
    ParamKind.COUNT,
    default=3,
    basis="本项目约定：同一部门同一事项",
    unit="张",
)
PERIOD = Param(
    "ES_YELLOW_TO_RED.period",
    "按月或按年累计",
    ParamKind.CHOICE,
    default="month",
    basis="本项目约定：按自然月",
    choices=("month", "year"),
)
YELLOW = Level.YELLOW.code
YEAR_CHARS = 4
NO_MATTER = NotApplicable("信号没有载明事项，不累计")


def yellow_to_red(agency: Agency, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """黄牌累计转红: an agency has so many verified yellow cards on one matter in one month (or year).

    A card counts in the month its condition became true, once verified; one that is appealed, not yet verified or
    fallen away does not. The subject is matter and period, ``task_code#yyyymm``.
    """
    if not law.get(ON):
        return ()
    by_year = law.get(PERIOD) == "year"
    if touched is not None:
        if touched not in agency.months:
            return ()
        period = _year(touched) if by_year else touched
        return ((period, _judge(agency, law, period, _cards(agency, period, by_year=by_year))),)
    periods = {_year(month): None for month in agency.months} if by_year else dict.fromkeys(agency.months)
    return [(period, _judge(agency, law, period, _cards(agency, period, by_year=by_year))) for period in periods]


def _year(month: str) -> str:
    task, _, yyyymm = month.rpartition("#")
    return f"{task}#{yyyymm[:YEAR_CHARS]}"


def _cards(agency: Agency, period: str, *, by_year: bool) -> set[str]:
    if not by_year:
        return agency.months[period]
    return {card for month, cards in agency.months.items() if _year(month) == period for card in cards}


def _judge(agency: Agency, law: Law, period: str, cards: set[str]) -> Verdict:
    task, _, when = period.rpartition("#")
    if not task:
        return NO_MATTER
    count = law.get(COUNT)
    if len(cards) < count:
        return CLEAR
    counted: list[tuple[int, str]] = []
    for card in cards:
        event = agency.cards[card].event
        if event.level == YELLOW and event.verified and event.condition_at is not None:
            counted.append((instant_of(event.condition_at), card))
    if len(counted) < max(count, 1):
        return CLEAR
    counted.sort()
    since = counted[count - 1][0]
    return Breach(
        (Rung(since, Level.RED, since),),
        tuple(card for _, card in counted),
        (task, when, len(counted), count),
    )


RULE = Rule(
    number=60,
    id="ES_YELLOW_TO_RED",
    name="黄牌累计转红",
    family=Family.ESCALATION,
    basis="各地电子监察办法关于黄牌累计的规定；张数与期间为本项目约定",
    says="同一部门同一事项在同一期间内经认定的黄牌达到规定张数",
    reads=facts.CARDS,
    follows=facts.CARDS,
    kinds=(CardMoved,),
    since=date(2026, 1, 1),
    params=(ON, COUNT, PERIOD),
    judge_each=yellow_to_red,
    subjects=Subjects.PERIOD,
    tier=Tier.AGENCY,
    figures=(("事项", "text"), ("期间", "text"), ("已认定黄牌", "count"), ("转红张数", "count")),
    runbook=(
        "逐张核对所列黄牌的认定结论与成立时刻，确认均属该期间、该事项",
        "比较各张黄牌的环节与岗位，找出共同原因（人手、流程、系统）",
        "由监察机构约谈该部门，限期整改，三个月内跟踪同一事项的黄牌数",
    ),
    blind_spots=("尚未认定的黄牌不计，认定拖延会推迟转红", "同一原因分散在几个事项的不累计"),
)
