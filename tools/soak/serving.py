"""A ClickHouse server of our own as a process: ``python -m tools.soak.serving --dir D --port P``.

It is the native protocol in front of the embedded engine that the tests of the store use; the engine outlives it.
"""

import argparse
import signal
import sys
from pathlib import Path

from sinks.clickhouse.engine import Engine
from sinks.clickhouse.store import upgrade
from tests.sinks.peer import Peer
from tools.soak.processes import READY


def main() -> int:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak.serving", description="在本机提供 ClickHouse 原生协议")
    parser.add_argument("--dir", type=Path, required=True, help="存储目录")
    parser.add_argument("--port", type=int, required=True, help="端口")
    asked = parser.parse_args()
    engine = Engine(asked.dir, create=True)
    upgrade(engine)
    with Peer(engine, port=asked.port):
        sys.stderr.write(f"{READY}：ClickHouse；127.0.0.1:{asked.port}\n")
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    engine.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
