"""What goes wrong on the way (报送中的差错): copies, late copies, corrections, voids, unreadable and odd records.

None of it changes what a case comes to; what does is planted, and in the key.
"""

from random import Random

from streams.simulate.feed import Line, encoded
from streams.simulate.moments import DAY, HOUR, MINUTE, Moment, text
from streams.simulate.options import Disorder
from streams.simulate.plan import Plan
from streams.simulate.telling import Body, Record

MANNERS = 5
"""Ways in which a record comes in unreadable."""

SOONEST_CLOSE = 3 * HOUR
"""A case that is closed sooner leaves no time to correct anything before."""

ODD_FIELDS: tuple[Body, ...] = (
    {"slck": "3号窗口", "bjlx_ext": "网办件"},
    {"remark": "申请人来电，联系电话 19900001234，已答复"},
    {"zjhm_bz": "经办备注 999900199001011234"},
    {"row_guid": "6f1c", "cd_operation": "I", "schema_version": "2.1"},
)


class Disturber:
    """Disturbs the records of cases; each kind has a share of its own."""

    def __init__(self, disorder: Disorder, rng: Random, end: Moment) -> None:
        self.disorder = disorder
        self.rng = rng
        self.end = end

    def plan(self, plan: Plan) -> None:
        """Put corrections, voids, defects and breakage into the plan of an ordinary case."""
        draw, disorder = self.rng.random(), self.disorder
        if plan.accepted is None or plan.closed is None:
            return
        roomy = plan.closed - plan.accepted > SOONEST_CLOSE and len(plan.passages) > 1
        if draw < disorder.corrected:
            if roomy:
                self._correct(plan)
            return
        draw -= disorder.corrected
        if draw < disorder.voided:
            if roomy:
                self._void(plan)
            return
        draw -= disorder.voided
        if draw < disorder.broken:
            plan.broken = True
            return
        draw -= disorder.broken
        if draw < disorder.defective:
            plan.fields["CLS"] = {"fee_total": "1,200元"}
            plan.fields["RVW"] = {"satisfaction_code": "很满意"}
            return
        draw -= disorder.defective
        if draw < disorder.extra:
            odd = ODD_FIELDS[int(self.rng.random() * len(ODD_FIELDS))]
            for tag in ("SUB", "ACC", "E1", "E2", "CLS"):
                plan.fields[tag] = odd

    def lines(self, plan: Plan, records: list[Record]) -> list[Line]:
        """Return the lines of a case: its records, some of them twice, one perhaps unreadable."""
        disorder, rng = self.disorder, self.rng
        lines: list[Line] = []
        twice = disorder.repeated + disorder.resent
        for reported, tag, body in records:
            if tag in plan.spoilt:
                lines.append(spoilt(reported, body, int(rng.random() * MANNERS)))
                continue
            line = encoded(body)
            lines.append(Line(reported, line))
            draw = rng.random()
            if draw < disorder.repeated:
                lines.append(Line(reported, line))
            elif draw < twice:
                again = reported + HOUR + int(rng.random() * 2 * DAY)
                if again < self.end and not plan.desk.is_silent(again):
                    lines.append(Line(again, encoded({**body, "reported_at": text(again)})))
        if plan.broken and records:
            lines.append(self._broken(records))
        return lines

    def _correct(self, plan: Plan) -> None:
        """Correct an opinion of the first stage soon after, with reason and approver."""
        target = next((n for n, passage in enumerate(plan.passages, 1) if passage.ended is not None), None)
        if target is None:
            return
        at = (plan.passages[target - 1].ended or 0) + 20 * MINUTE
        plan.say(
            "COR",
            "event.corrected",
            at,
            target_event_id=plan.event_id(f"E{target}"),
            fields={"opinion": "材料齐全，符合法定条件"},
            reason="意见录入不全",
            approver="科室负责人",
        )

    def _void(self, plan: Plan) -> None:
        """Enter a review that belongs to another case, and strike it."""
        at = (plan.accepted or 0) + 15 * MINUTE
        plan.say("WRG", "review.submitted", at, channel="hall", satisfaction_code=2)
        plan.say(
            "VOI",
            "event.voided",
            at + 30 * MINUTE,
            target_event_id=plan.event_id("WRG"),
            reason="录错办件",
            approver="科室负责人",
        )

    def _broken(self, records: list[Record]) -> Line:
        """Return an unreadable copy of the first record under an id of its own."""
        reported, _, body = min(records, key=lambda record: record.reported)
        return spoilt(reported, {**body, "event_id": f"{body['event_id']}-X"}, int(self.rng.random() * MANNERS))


def spoilt(reported: Moment, body: Body, manner: int) -> Line:
    """Return a record so that it cannot be read; whose case it is can still be seen."""
    match manner:
        case 0:
            line = encoded(body)
            return Line(reported, line[: line.index(b'"task_code"') + 14])
        case 1:
            return Line(reported, encoded({name: value for name, value in body.items() if name != "event_id"}))
        case 2:
            return Line(reported, encoded({**body, "occurred_at": "2026-02-30T09:00:00+08:00"}))
        case 3:
            return Line(reported, encoded({**body, "event_type": "case.unheard_of"}))
        case _:
            return Line(reported, encoded({**body, "remark": "?"}).replace(b'"?"', "“错码”".encode("gb18030")))
