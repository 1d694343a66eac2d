"""``python -m tools.broker --port P --dir D [--nodes N]``: a Kafka until SIGTERM or SIGINT."""

import argparse
import signal
import sys
from pathlib import Path

from tools.broker.cluster import Cluster
from tools.broker.errors import BrokerFailed, BrokerUnavailable


def main() -> int:
    """Run until told to stop; 1 where Kafka cannot be had or does not start."""
    parser = argparse.ArgumentParser(prog="python -m tools.broker", description="在本机运行 Apache Kafka")
    parser.add_argument("--dir", type=Path, required=True, help="数据目录；再次启动即接着用")
    parser.add_argument("--port", type=int, default=0, help="第一个节点的端口，默认任选")
    parser.add_argument("--nodes", type=int, default=1, help="节点数，仅在新建时有效")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cluster = Cluster(asked.dir.resolve(), nodes=asked.nodes, port=asked.port)
    try:
        cluster.start()
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


if __name__ == "__main__":
    raise SystemExit(main())
