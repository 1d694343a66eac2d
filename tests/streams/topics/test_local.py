import asyncio
from pathlib import Path

import pytest

from streams.log import LocalLog
from streams.settings import Settings, load_settings
from streams.topics import TopicsUnfit, applied, checked, ensure_topics, planned


def settings_in(folder: Path, **environment: str) -> Settings:
    return load_settings({"JIANCHA_BROKER": f"local://{folder}", **environment}).settings


def test_all_topics_are_made_once(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "log")

    before = asyncio.run(checked(settings))
    first, second = asyncio.run(applied(settings)), asyncio.run(applied(settings))

    assert planned(settings) == before.missing == first.missing
    assert ((), ()) == (second.missing, second.unfit)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    asyncio.run(checked(settings_in(tmp_path / "log")))

    assert not (tmp_path / "log").exists()


def test_other_partitions_are_refused_with_the_difference_and_nothing_is_made(tmp_path: Path) -> None:
    async def with_one_topic() -> None:
        log = LocalLog(tmp_path / "log")
        await log.start()
        await log.create_topic("jiancha.events", 3, {"cleanup.policy": "delete"})
        await log.stop()

    asyncio.run(with_one_topic())
    settings = settings_in(tmp_path / "log")

    with pytest.raises(TopicsUnfit) as caught:
        asyncio.run(ensure_topics(settings))

    assert [
        ("jiancha.events", "partitions", "8", "3"),
        ("jiancha.events", "message.timestamp.type", "LogAppendTime", "未设"),
    ] == [tuple(one) for one in caught.value.differences]
    assert 6 == len(asyncio.run(checked(settings)).missing)


def test_a_rehearsal_does_not_begin_on_a_log_that_stamps_itself(tmp_path: Path) -> None:
    asyncio.run(ensure_topics(settings_in(tmp_path / "log")))

    with pytest.raises(TopicsUnfit, match="CreateTime"):
        asyncio.run(ensure_topics(settings_in(tmp_path / "log", JIANCHA_CLOCK="rehearsal")))


def test_topics_are_looked_at_beside_a_writer(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "log")
    asyncio.run(applied(settings))

    async def beside() -> bool:
        log = LocalLog(tmp_path / "log")
        await log.start()
        try:
            return (await checked(settings)).fits
        finally:
            await log.stop()

    assert asyncio.run(beside())
