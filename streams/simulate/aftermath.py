"""What follows the close (办结之后): certificate, delivery, publication, the applicant's opinion."""

from random import Random

from rules.events.words import Result
from streams.simulate.moments import HOUR, MINUTE
from streams.simulate.plan import Plan

OPINIONS = (1, 1, 1, 1, 2, 2, 2, 3, 4, 5)
REVIEWED, PUBLISHED, CALLED = 0.3, 0.5, 0.5


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
