import subprocess
import sys

import pytest

from tools.broker import Cluster

pytestmark = pytest.mark.slow

REACHED = """
import socket, sys
host, port = sys.argv[1].split(":")
socket.create_connection((host, int(port))).close()
sys.exit(7)
"""


def test_a_command_runs_beside_a_broker_of_its_own_and_its_exit_code_is_the_answer(kafka_broker: Cluster) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.broker", "--", sys.executable, "-c", REACHED, "{servers}"],
        capture_output=True,
        check=False,
        timeout=90,
    )

    assert kafka_broker.servers, "a Kafka can be had here"
    assert (7, b"", b"") == (done.returncode, done.stdout, done.stderr)
