"""What surrounds a case (办件前后): opinions asked of others; certificate, delivery, publication, review."""

from collections.abc import Sequence
from random import Random

from rules.events.words import HandlingMode, Result
from streams.simulate.desk import Desk
from streams.simulate.moments import HOUR, MINUTE
from streams.simulate.plan import Plan

OPINIONS = (1, 1, 1, 1, 2, 2, 2, 3, 4, 5)
REVIEWED, PUBLISHED, CALLED = 0.3, 0.5, 0.5


def consult(plan: Plan, others: Sequence[Desk], rng: Random) -> None:
    """Let a case handled jointly ask two other agencies for their opinions while it runs."""
    accepted, closed = plan.accepted, plan.closed
    if plan.terms.version.handling is HandlingMode.SINGLE or accepted is None or closed is None:
        return
    for number in (1, 2):
        asked = {
            "member_org": others[int(rng.random() * len(others))].org,
            "request_no": f"{plan.serial}-ZX{number}",
            "joint_case_no": f"{plan.serial}-LB",
        }
        at = accepted + (closed - accepted) * number // 8
        plan.say(f"MQ{number}", "member.requested", at, **asked, limit=3)
        plan.say(f"MA{number}", "member.replied", at + (closed - at) // 2, **asked, opinion="无不同意见")


def follow(plan: Plan, rng: Random) -> None:
    """Add what follows the close of a case to its plan."""
    closed, office = plan.closed, plan.desk.office
    if closed is None:
        return
    stroke = office.stroke(closed)
    if plan.result is Result.GRANTED and plan.decided is not None:
        issued = office.moment(stroke + int((0.05 + 2 * rng.random()) * office.day_long))
        number = f"{plan.serial}-ZZ"
        if rng.random() < CALLED:
            plan.say("RDY", "certificate.ready", closed + MINUTE, certificate_no=number)
        plan.say("ISS", "certificate.issued", issued, certificate_no=number)
        how = "post" if plan.online else "hall"
        plan.say("DLV", "result.delivered", issued + 2 * HOUR, how=how, collector="applicant")
        if rng.random() < PUBLISHED:
            url = f"https://zwfw.example/{plan.serial}"
            plan.say("PUB", "result.published", issued + HOUR, url=url)
    if rng.random() < REVIEWED:
        code = OPINIONS[int(rng.random() * len(OPINIONS))]
        plan.say("RVW", "review.submitted", closed + 20 * MINUTE, channel="sms", satisfaction_code=code)
