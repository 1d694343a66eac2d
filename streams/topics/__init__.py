"""The topics (主题) of the log as code: what there must be, what there is, and how they differ.

* ``names``    what each topic is called
* ``plan``     partitions, copies and configuration of each
* ``compare``  what is missing, what does not fit
* ``admin``    the door to a log's topics: ``topics_of(settings)`` gives the one of a broker
* ``kafka``    topics of a Kafka cluster, through kafka-python's admin client
* ``local``    topics of a local log
* ``apply``    what is missing is made; what does not fit is refused

A topic is never altered here: partitions cannot be taken back, and a state that was compacted otherwise is lost.
"""

from streams.topics.apply import applied, checked, ensure_topics
from streams.topics.compare import Comparison, Difference, TopicsUnfit
from streams.topics.names import Topics
from streams.topics.plan import Existing, TopicPlan, planned

__all__ = [
    "Comparison",
    "Difference",
    "Existing",
    "TopicPlan",
    "Topics",
    "TopicsUnfit",
    "applied",
    "checked",
    "ensure_topics",
    "planned",
]
