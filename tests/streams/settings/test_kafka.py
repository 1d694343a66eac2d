import ssl
from pathlib import Path

import pytest
from pydantic import SecretStr

from streams.settings import Broker, SettingsErrors
from streams.settings.broker import Protocol
from streams.settings.kafka import client_options


def test_plain_text_needs_no_more_than_the_addresses() -> None:
    assert {"bootstrap_servers": ["a:1", "[::1]:9092"], "security_protocol": "PLAINTEXT"} == client_options(
        Broker(url="kafka://a:1,[::1]")
    )


def test_a_user_logs_in_over_tls_with_the_password_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("geheim\nsecond line\n", encoding="utf-8")
    broker = Broker(url="kafka://a:1", protocol=Protocol.SASL_SSL, username="u", password_file=tmp_path / "password")

    options = client_options(broker)

    assert ("SCRAM-SHA-512", "u", "geheim") == (
        options["sasl_mechanism"],
        options["sasl_plain_username"],
        options["sasl_plain_password"],
    )
    assert ssl.CERT_REQUIRED is options["ssl_context"].verify_mode
    assert options["ssl_context"].check_hostname


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_a_password_file_that_says_nothing_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    broker = Broker(url="kafka://a:1", protocol=Protocol.SASL_SSL, username="u", password_file=file)

    with pytest.raises(SettingsErrors, match=str(file)):
        client_options(broker)


def test_certificates_that_are_none_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")

    with pytest.raises(SettingsErrors, match="ca_file"):
        client_options(Broker(url="kafka://a:1", protocol=Protocol.SSL, ca_file=tmp_path / "ca.pem"))
    with pytest.raises(SettingsErrors, match="cert_file"):
        client_options(Broker(url="kafka://a:1", protocol=Protocol.SSL, cert_file=tmp_path / "none.pem"))


def test_a_secret_is_written_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="只写一个"):
        Broker(
            url="kafka://a:1",
            protocol=Protocol.SASL_SSL,
            username="u",
            password=SecretStr("p"),
            password_file=tmp_path / "p",
        )
