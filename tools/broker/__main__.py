"""``python -m tools.broker --port P --dir D [--nodes N]``: a Kafka until SIGTERM or SIGINT.

``python -m tools.broker -- COMMAND…`` runs a command beside it, ``{servers}`` in its words being the broker's address,
and ends with the command's exit code.
"""

import argparse
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.broker.cluster import Cluster
from tools.broker.errors import BrokerFailed, BrokerUnavailable


def main() -> int:
    """Run until told to stop, or until the command has ended; 1 where Kafka cannot be had or does not start."""
    parser = argparse.ArgumentParser(prog="python -m tools.broker", description="在本机运行 Apache Kafka")
    parser.add_argument("--dir", type=Path, help="数据目录；再次启动即接着用（默认是临时目录）")
    parser.add_argument("--port", type=int, default=0, help="第一个节点的端口，默认任选")
    parser.add_argument("--nodes", type=int, default=1, help="节点数，仅在新建时有效")
    parser.add_argument("command", nargs="*", help="同时运行的命令，其中 {servers} 换成地址；命令结束即停")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if asked.dir is not None:
        return _run(asked.dir.resolve(), asked)
    with TemporaryDirectory(prefix="jiancha-kafka-") as folder:
        return _run(Path(folder), asked)


def _run(folder: Path, asked: argparse.Namespace) -> int:
    cluster = Cluster(folder, nodes=asked.nodes, port=asked.port)
    try:
        cluster.start()
        if asked.command:
            return _beside([word.replace("{servers}", cluster.servers) for word in asked.command])
        print(cluster.broker, flush=True)
        signal.pause()
    except (BrokerUnavailable, BrokerFailed) as err:
        print(err, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        cluster.stop()
    return 0


def _beside(command: list[str]) -> int:
    """Return the exit code of a command; Ctrl-C reaches it as well, and it is given the time to end."""
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    raise SystemExit(main())
