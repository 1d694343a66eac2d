"""What Kafka's clients are told: where the cluster is, how to speak with it, who logs in."""

import ssl
from typing import TYPE_CHECKING, Any

from streams.settings.broker import Broker
from streams.settings.errors import Problem, SettingsErrors
from streams.settings.secret import secret

if TYPE_CHECKING:
    from streams.log import Access, Log


def client_options(broker: Broker) -> dict[str, Any]:
    """Return the options that aiokafka's and kafka-python's clients share.

    ``bootstrap_servers``, ``security_protocol``, and as the protocol asks ``ssl_context``, ``sasl_mechanism``,
    ``sasl_plain_username``, ``sasl_plain_password``. SettingsErrors where a file cannot be read.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": list(broker.servers),
        "security_protocol": broker.protocol.value,
    }
    if broker.protocol.tls:
        options["ssl_context"] = tls_context(broker)
    if broker.protocol.sasl:
        options["sasl_mechanism"] = broker.mechanism.value
        options["sasl_plain_username"] = broker.username
        options["sasl_plain_password"] = secret(broker.password, broker.password_file, "broker.password")
    return options


def log_of(broker: Broker, *, read_only: bool = False) -> "Log":
    """Return the log of a broker, not yet started; ``read_only`` opens a local one beside the process that writes.

    SettingsErrors where a file the settings name cannot be read.
    """
    # Kafka's driver takes a while to load: who only reads settings does not wait for it.
    from streams.log import open_log

    return open_log(broker.url, access=access_of(broker), read_only=read_only and broker.is_local)


def access_of(broker: Broker) -> "Access | None":
    """Return how a secured Kafka is spoken with, None for a local log; SettingsErrors where a file cannot be read."""
    from streams.log import Access

    if broker.is_local:
        return None
    return Access(
        protocol=broker.protocol.value,
        tls=tls_context(broker) if broker.protocol.tls else None,
        mechanism=broker.mechanism.value,
        user=broker.username,
        password=secret(broker.password, broker.password_file, "broker.password"),
    )


def tls_context(broker: Broker) -> ssl.SSLContext:
    """Return the context of TLS: whom we trust, and who we are; SettingsErrors where a file cannot be used."""
    context = _trusting(broker)
    context.check_hostname = broker.check_hostname
    if broker.cert_file is not None:
        try:
            context.load_cert_chain(broker.cert_file, broker.key_file)
        except (OSError, ssl.SSLError) as error:
            raise SettingsErrors([_unusable(broker.cert_file, "broker.cert_file", error)]) from None
    return context


def _trusting(broker: Broker) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=broker.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SettingsErrors([_unusable(broker.ca_file, "broker.ca_file", error)]) from None


def _unusable(file: object, field: str, error: OSError) -> Problem:
    return Problem(str(file), field, f"不能用：{error.strerror or error}")
