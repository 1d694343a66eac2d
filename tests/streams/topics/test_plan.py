from streams.settings import load_settings
from streams.topics import Existing, TopicPlan, Topics, planned
from streams.topics.compare import compared
from streams.topics.plan import STAMP

KAFKA = {"JIANCHA_BROKER": "kafka://a:1"}


def plan_of(**environment: str) -> dict[str, TopicPlan]:
    return {topic.name: topic for topic in planned(load_settings({**KAFKA, **environment}).settings)}


def as_planned(plan: dict[str, TopicPlan]) -> dict[str, Existing]:
    return {name: Existing(topic.partitions, topic.replication, topic.config) for name, topic in plan.items()}


class TestPlan:
    def test_every_name_has_its_topic(self) -> None:
        plan = plan_of(JIANCHA_TOPICS__PREFIX="city")

        assert set(Topics.of("city")) == set(plan)
        assert "city.state-cases" in plan

    def test_a_state_has_the_partitions_of_its_source_and_keeps_the_last_of_each_key(self) -> None:
        plan = plan_of(JIANCHA_TOPICS__PARTITIONS="5")
        names = Topics.of("jiancha")

        for source, state in ((names.events, names.state_cases), (names.second, names.state_agencies)):
            assert plan[source].partitions == plan[state].partitions == 5
            assert ("delete", "compact") == (
                plan[source].config["cleanup.policy"],
                plan[state].config["cleanup.policy"],
            )

    def test_nothing_is_ever_deleted_from_a_log_of_records(self) -> None:
        logs = [topic for name, topic in plan_of().items() if "state" not in name]

        assert {("delete", "-1", "-1")} == {
            tuple(topic.config[key] for key in ("cleanup.policy", "retention.ms", "retention.bytes")) for topic in logs
        }

    def test_the_broker_stamps_events_but_in_a_rehearsal_the_feeder_does(self) -> None:
        live, rehearsed = plan_of(), plan_of(JIANCHA_CLOCK="rehearsal")

        assert "LogAppendTime" == live["jiancha.events"].config[STAMP]
        assert "CreateTime" == rehearsed["jiancha.events"].config[STAMP] == rehearsed["jiancha.second"].config[STAMP]

    def test_three_copies_of_which_two_must_have_a_record(self) -> None:
        assert {(3, "2")} == {(topic.replication, topic.config["min.insync.replicas"]) for topic in plan_of().values()}


class TestCompared:
    def test_what_is_as_planned_fits(self) -> None:
        plan = plan_of()

        assert compared(tuple(plan.values()), as_planned(plan), local=False).fits

    def test_what_is_not_there_is_missing(self) -> None:
        plan = plan_of()
        existing = as_planned(plan)
        del existing["jiancha.cards"]

        found = compared(tuple(plan.values()), existing, local=False)

        assert (["jiancha.cards"], ()) == ([topic.name for topic in found.missing], found.unfit)

    def test_every_word_that_differs_is_told(self) -> None:
        plan = plan_of()
        existing = as_planned(plan)
        config = {**plan["jiancha.state-cases"].config, "cleanup.policy": "delete"}
        config.pop("compression.type")
        existing["jiancha.state-cases"] = Existing(3, 1, config)

        found = compared(tuple(plan.values()), existing, local=False)

        assert [
            "jiancha.state-cases：partitions 应是 8，现为 3",
            "jiancha.state-cases：replication.factor 应是 3，现为 1",
            "jiancha.state-cases：cleanup.policy 应是 compact，现为 delete",
            "jiancha.state-cases：compression.type 应是 producer，现为 未设",
        ] == [str(one) for one in found.unfit]

    def test_a_local_log_is_asked_only_for_what_means_something_there(self) -> None:
        plan = plan_of()
        existing = {
            name: Existing(topic.partitions, topic.replication, {**topic.config, "max.message.bytes": "1", STAMP: "x"})
            for name, topic in plan.items()
        }

        found = compared(tuple(plan.values()), existing, local=True)

        assert {STAMP} == {one.field for one in found.unfit}
