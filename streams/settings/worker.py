"""How a worker works, and when it stops rather than go on."""

from typing import Annotated

from pydantic import Field

from streams.settings.section import Section


class WorkerSettings(Section):
    """A worker (工作进程)."""

    batch_records: Annotated[int, Field(ge=1, le=100_000, description="一批最多几条事件")] = 4096
    sink_rows: Annotated[int, Field(ge=1, le=1_000_000, description="一次最多写入存储多少行")] = 50_000
    sink_wait_ms: Annotated[int, Field(ge=0, le=60_000, description="凑一批写入最多等多少毫秒")] = 100
    hot_cases: Annotated[int, Field(ge=1, description="最多多少办件以展开的形式留在内存，其余压缩存放")] = 50_000
    quarantine_ratio: Annotated[
        float, Field(gt=0, le=1, description="隔离的记录超过这一比例即停，免得把一次错误的上线全部放走")
    ] = 0.2
    quarantine_window: Annotated[int, Field(ge=10, description="比例按最近多少条算")] = 2000
    quarantine_run: Annotated[int, Field(ge=1, description="连续隔离多少条即停")] = 500
    stall_seconds: Annotated[int, Field(ge=5, le=3600, description="有记录在等而位点不动，多少秒后自行退出")] = 60
    drain_seconds: Annotated[int, Field(ge=1, le=600, description="收到退出信号后最多用多少秒收尾")] = 10
    session_seconds: Annotated[
        int, Field(ge=2, le=300, description="多少秒没有心跳，其分区即交给别的进程（Kafka）")
    ] = 15
