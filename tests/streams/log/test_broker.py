from pathlib import Path

import pytest

from streams.log import Access, Folder, KafkaLog, LocalLog, LogError, Servers, open_log, parse_broker


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("kafka://one:9092", Servers(("one:9092",))),
        ("kafka://one:9093,two:9094", Servers(("one:9093", "two:9094"))),
        ("kafka://one:9093;kafka://two", Servers(("one:9093", "two:9092"))),
        ("local:///var/lib/log", Folder(Path("/var/lib/log"))),
        ("local://log", Folder(Path.cwd() / "log")),
    ],
)
def test_an_address_names_servers_or_a_folder(written: str, named: object) -> None:
    assert named == parse_broker(written)


@pytest.mark.parametrize("written", ["", "one:9092", "kafka://", "kafka://one:port", "kafka://:9092", "amqp://one"])
def test_any_other_address_is_refused_with_what_it_should_be(written: str) -> None:
    with pytest.raises(LogError, match=r"主机"):
        parse_broker(written)


def test_the_address_chooses_the_log(tmp_path: Path) -> None:
    assert isinstance(open_log("kafka://one:9092"), KafkaLog)
    assert isinstance(open_log(f"local://{tmp_path}"), LocalLog)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Access("SASL_SSL", user="us", password="secret"))  # noqa: S106 - a made-up one
