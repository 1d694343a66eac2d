"""``jiancha worker`` and ``jiancha run``: the live edge, running until it is told to stop."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Command
from streams.cli.settled import broker_option, config_option, settled, usable
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from streams.settings import Settings


@click.command(
    cls=Command,
    help="""在线监察的工作进程：读事件、判定、出示信号（supervise），写入存储（sink）。

可在多台机器上各起若干个，同一前缀的进程自动分担分区。SIGTERM 使其收尾后退出。""",
)
@config_option
@broker_option
@click.option("--role", "roles", multiple=True, metavar="角色", help="supervise 或 sink，可写多次（默认两者）")
def worker(config: str | None, broker: str | None, roles: tuple[str, ...]) -> None:
    """Run a worker until it is stopped."""
    given: dict[str, Any] = {}
    if broker is not None:
        given["broker"] = broker
    if roles:
        given["roles"] = ",".join(roles)
    serve(settled(config, given).settings)


@click.command(
    name="run",
    cls=Command,
    help="""单机运行：日志、判定、存储都在一个进程里，只需要 Python 包。

日志在 jiancha-log，存储在 jiancha-store（设置可改）。健康状态与指标在 http://127.0.0.1:8765。""",
)
@config_option
@click.option("--port", metavar="端口", type=int, help="健康状态、指标的端口（默认 8765）")
def run(config: str | None, port: int | None) -> None:
    """Run everything in one process until it is stopped."""
    given: dict[str, Any] = {} if port is None else {"http.port": port}
    settings = settled(config, given).settings
    if not settings.broker.is_local or not settings.store.is_folder:
        raise Trouble("jiancha run 用本地日志和本地存储；连接 Kafka 或 ClickHouse 请用 jiancha worker")
    serve(settings)


def serve(settings: "Settings") -> None:
    """Run a service; what breaks it is its last line."""
    from sinks.clickhouse.errors import StoreError
    from streams.live.guard import TooManyAside
    from streams.log import LogError
    from streams.worker.service import Service
    from streams.worker.stall import Stalled

    handler = logging.StreamHandler()
    handler.addFilter(_is_news)
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s", handlers=[handler]
    )

    async def go() -> None:
        service = Service(settings)
        running = asyncio.create_task(service.run())
        waiting = asyncio.create_task(service.ready.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if service.ready.is_set() and service.endpoint is not None:
            roles = "、".join(role.value for role in settings.roles)
            click.echo(f"就绪：{roles}；http://{service.endpoint.host}:{service.endpoint.port}/health/ready", err=True)
            if service.board is not None:
                click.echo(f"看板：http://{service.endpoint.host}:{service.endpoint.port}/", err=True)
            if service.store_port:
                click.echo(f"存储（ClickHouse HTTP，只读）：http://{settings.http.host}:{service.store_port}", err=True)
        waiting.cancel()
        await running

    with usable():
        try:
            _run(go())
        except (LogError, StoreError, TooManyAside, Stalled, OSError) as error:
            raise Trouble(str(error)) from None


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a line of the log says anything: what ended a service is said once, as the last line.

    What the log or the store refused meanwhile is one line: where in this program it came up helps nobody.
    """
    from sinks.clickhouse.errors import StoreError
    from streams.log import LogError

    if record.exc_info and isinstance(record.exc_info[1], LogError | StoreError):
        record.exc_info = None
    return "Crashed reason=" not in str(record.msg)


def _run(main: Any) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main)
