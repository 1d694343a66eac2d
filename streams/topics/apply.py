"""What is missing is made; what does not fit is refused."""

from streams.settings.settings import Settings
from streams.topics.admin import Admin, admin_of
from streams.topics.compare import Comparison, TopicsMissing, TopicsUnfit, compared
from streams.topics.plan import planned


async def checked(settings: Settings, admin: Admin | None = None) -> Comparison:
    """Return how the topics of a log differ from the plan; LogError where it cannot be asked."""
    plan = planned(settings)
    door = admin_of(settings.broker) if admin is None else admin
    existing = await door.existing([topic.name for topic in plan])
    return compared(plan, existing, local=settings.broker.is_local)


async def applied(settings: Settings, admin: Admin | None = None) -> Comparison:
    """Make the topics that are missing, and return what was; TopicsUnfit, and nothing is made, where any does not fit.

    LogError where the log cannot be asked, or refuses.
    """
    door = admin_of(settings.broker) if admin is None else admin
    found = await checked(settings, door)
    if found.unfit:
        raise TopicsUnfit(found.unfit)
    if found.missing:
        await door.create(found.missing)
    return found


async def ensure_topics(settings: Settings) -> None:
    """Refuse to go on with topics that are missing or do not fit: TopicsUnfit, TopicsMissing. A local log gets its own.

    On Kafka topics are made by an operator (``jiancha topics apply``), who may do what a worker may not.
    """
    if settings.broker.is_local:
        await applied(settings)
        return
    found = await checked(settings)
    if found.unfit:
        raise TopicsUnfit(found.unfit)
    if found.missing:
        raise TopicsMissing([topic.name for topic in found.missing])
