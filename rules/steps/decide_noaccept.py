"""SK_DECIDE_NOACCEPT 未受理即决定."""

from datetime import date

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.declare import Family, Rule
from rules.events import filing, handling
from rules.events.words import Level, ProjectType, Result
from rules.law import Law
from rules.verdicts import CLEAR, Breach, Clear, NotApplicable, Rung, Undecided, Verdict

NOT_DECIDED = Clear("尚未决定")
INSTANT = NotApplicable("即办件，受理与决定同时作出")
REFUSED = NotApplicable("不予受理，无须受理")
ENDED_EARLY = NotApplicable("未作决定即终结")
NO_RESULT = Undecided("办结结果")
DECISIONS = frozenset({Result.GRANTED, Result.DENIED, Result.DONE})


def decide_noaccept(case: Case, law: Law) -> Verdict:
    """未受理即决定: decided, or closed with a decision, and never accepted; silence is no acceptance here."""
    if case.accepted is not None:
        return CLEAR
    decided, closed = case.decided, case.closed
    if decided is None and closed is None:
        return NOT_DECIDED
    version = law.version
    if version is None:
        return Undecided(f"办件类型（{law.why_no_matter}）")
    if version.project_type is ProjectType.INSTANT:
        return INSTANT
    by: Filed[handling.DecisionMade] | Filed[filing.Closed] | None = decided
    if by is None or by.event.result not in {*DECISIONS, None}:
        by = closed
        if by is None:
            return ENDED_EARLY
        if by.event.result is None:
            return NO_RESULT
        if by.event.result not in DECISIONS:
            return ENDED_EARLY
    result = by.event.result
    if case.not_accepted is not None and result is not Result.GRANTED and result is not Result.DONE:
        return REFUSED
    figures = (by.day, result.value if result is not None else None, version.basis)
    told = (case.submitted, by)
    events = tuple(one.event.event_id for one in told if one is not None)
    return Breach((Rung(by.at, Level.RED, by.at + law.grace),), events, figures)


RULE = Rule(
    number=23,
    id="SK_DECIDE_NOACCEPT",
    name="未受理即决定",
    family=Family.FLOW,
    basis="行政许可法 32、38、42",
    says="办件已作决定或以决定结案，而从未受理",
    reads=facts.SUBMITTED | facts.ANSWERED | facts.ACCEPTED | facts.DECIDED | facts.CLOSED | facts.LAW,
    ends=facts.SUBMITTED | facts.ANSWERED | facts.ACCEPTED,
    kinds=(filing.Accepted, filing.NotAccepted, filing.Closed, handling.DecisionMade),
    since=date(2026, 1, 1),
    judge=decide_noaccept,
    licences_only=True,
    figures=(("决定日", "day"), ("结果", "text"), ("依据", "text")),
    runbook=(
        "调取受理凭证：已出具而未上报的，责令补报受理（case.accepted）并按迟报处理",
        "核对办件类型（project_type）：确为即办件的，更正事项目录或来源的默认值",
        "确未受理的，查明决定人与受理窗口，核对当日窗口收件登记",
    ),
    blind_spots=("把不予受理报成不予许可办结、又不报不予受理的来源会误报",),
)
