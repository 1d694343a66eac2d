"""What goes wrong on the way (报送中的差错): copies, late copies, corrections, voids, unreadable and odd records.

None of it changes what a case comes to; what does is planted, and in the key.
"""

from random import Random

from streams.simulate.feed import Line
from streams.simulate.moments import DAY, HOUR, MINUTE, Moment
from streams.simulate.options import Disorder
from streams.simulate.plan import Plan
from streams.simulate.telling import Body, Record

SOONEST_CLOSE = 3 * HOUR
"""A case that is closed sooner leaves no time to correct anything before."""

ODD_FIELDS: tuple[Body, ...] = (
    {"slck": "3号窗口", "bjlx_ext": "网办件"},
    {"remark": "申请人来电，联系电话 19900000000，已答复"},
    {"zjhm_bz": "经办备注 999900199001011234"},
    {"row_guid": "6f1c", "cd_operation": "I", "schema_version": "2.1"},
)
SUPERVISED = {"approver": "科室负责人"}


class Disturber:
    """Disturbs the records of cases; each kind has a share of its own."""

    def __init__(self, disorder: Disorder, rng: Random, end: Moment) -> None:
        self.disorder = disorder
        self.rng = rng
        self.end = end

    def plan(self, plan: Plan) -> None:
        """Put corrections, voids, defects and breakage into the plan of an ordinary case; one kind at most."""
        disorder, draw = self.disorder, self.rng.random()
        if plan.accepted is None or plan.closed is None:
            return
        for share, kind in (
            (disorder.corrected, _correct),
            (disorder.voided, _void),
            (disorder.broken, _break),
            (disorder.defective, _deface),
            (disorder.extra, self._add),
        ):
            if draw < share:
                kind(plan)
                return
            draw -= share

    def lines(self, plan: Plan, records: list[Record]) -> list[Line]:
        """Return the lines of a case: its records, some of them twice, one perhaps unreadable."""
        rng, once = self.rng, self.disorder.repeated
        twice = once + self.disorder.resent
        lines: list[Line] = []
        for record in records:
            line = record.line()
            if plan.spoilt and record.tag in plan.spoilt:
                line = spoilt(line, int(rng.random() * MANNERS))
            lines.append((record.reported, line))
            draw = rng.random()
            if draw < once:
                lines.append((record.reported, line))
            elif draw < twice and not plan.spoilt:
                again = record.reported + HOUR + int(rng.random() * 2 * DAY)
                if again < self.end and not plan.desk.is_silent(again):
                    lines.append((again, record.line(again)))
        if plan.broken and not plan.spoilt and records:
            first = min(records)
            extra = first._replace(event_id=f"{first.event_id}X").line()
            lines.append((first.reported, spoilt(extra, int(rng.random() * MANNERS))))
        return lines

    def _add(self, plan: Plan) -> None:
        """Let records carry fields nobody knows."""
        odd = ODD_FIELDS[int(self.rng.random() * len(ODD_FIELDS))]
        for tag in ("SUB", "ACC", "E1", "E2", "CLS"):
            plan.fields[tag] = odd


def _is_roomy(plan: Plan) -> bool:
    return (plan.closed or 0) - (plan.accepted or 0) > SOONEST_CLOSE


def _correct(plan: Plan) -> None:
    """Correct an opinion of the first stage soon after, with reason and approver."""
    if not plan.passages or plan.passages[0].ended is None or not _is_roomy(plan):
        return
    plan.say(
        "COR",
        "event.corrected",
        plan.passages[0].ended + 20 * MINUTE,
        target_event_id=plan.event_id("E1"),
        fields={"opinion": "材料齐全，符合法定条件"},
        reason="意见录入不全",
        **SUPERVISED,
    )


def _void(plan: Plan) -> None:
    """Enter a review that belongs to another case, and strike it."""
    if not _is_roomy(plan):
        return
    at = (plan.accepted or 0) + 15 * MINUTE
    plan.say("WRG", "review.submitted", at, channel="hall", satisfaction_code=2)
    wrong = plan.event_id("WRG")
    plan.say("VOI", "event.voided", at + 30 * MINUTE, target_event_id=wrong, reason="录错办件", **SUPERVISED)


def _break(plan: Plan) -> None:
    """Let a further record of the case come in unreadable, before anything else."""
    plan.broken = True


def _deface(plan: Plan) -> None:
    """Let fields come in that cannot be read."""
    plan.fields["CLS"] = {"fee_total": "1,200元"}
    plan.fields["RVW"] = {"satisfaction_code": "很满意"}


MANNERS = 5
"""Ways in which a record comes in unreadable."""


def spoilt(line: bytes, manner: int) -> bytes:
    """Return a line so that it cannot be read; whose case it is can still be seen."""
    match manner:
        case 0:
            return line[: line.index(b'"task_code"') + 14]
        case 1:
            return b"{" + line[line.index(b'"event_type"') :]
        case 2:
            since = line.index(b'"occurred_at":"') + len(b'"occurred_at":"')
            return line[:since] + b"2026-02-30" + line[since + 10 :]
        case 3:
            return line.replace(b'"event_type":"', b'"event_type":"un.', 1)
        case _:
            return line.replace(b'"event_type":"', b'"priority":"\xb4\xed\xc2\xeb","event_type":"', 1)  # GB 18030
