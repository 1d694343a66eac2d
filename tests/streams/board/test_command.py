"""``jiancha board``: a store that nobody writes, looked at until told to stop."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.streams.cli.running import ran

COMMAND = (sys.executable, "-c", "import sys; from streams.cli import main; sys.exit(main())", "board")


@pytest.mark.slow
@pytest.mark.parametrize("ends_by", [signal.SIGTERM, signal.SIGINT])
def test_a_store_is_served_until_told_to_stop_and_is_free_afterwards(room: Path, ends_by: signal.Signals) -> None:
    command = [*COMMAND, "--store", str(room / "store"), "--port", "0"]

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())
        assert address is not None
        with urlopen(f"{address[0]}data/overview/overdue", timeout=60) as answer:  # noqa: S310 - of this machine
            rows = json.load(answer)["data"]
        process.send_signal(ends_by)
        code = process.wait(timeout=60)

    assert (0, 1) == (code, len(rows))


def test_where_there_is_no_store_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "board", "--store", tmp_path)

    assert 2 == result.code
    assert "没有存储" in result.err


def test_a_server_is_looked_at_with_grafana(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "board", "--store", "clickhouse://somewhere/jiancha")

    assert 2 == result.code
    assert "Grafana" in result.err
