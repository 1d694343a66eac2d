"""Topics: their names, partitions and copies."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from streams.settings.section import Section


class Compression(StrEnum):
    """How records are packed (compression.type)."""

    PRODUCER = "producer"
    NONE = "uncompressed"
    GZIP = "gzip"
    LZ4 = "lz4"
    SNAPPY = "snappy"
    ZSTD = "zstd"


class TopicSettings(Section):
    """Topics (主题)."""

    prefix: Annotated[
        str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$", description="主题名的前缀：前缀.events、前缀.cards 等")
    ] = "jiancha"
    partitions: Annotated[int, Field(ge=1, le=1000, description="事件主题的分区数；定了不能再改")] = 8
    replication: Annotated[
        int | None, Field(ge=1, le=9, description="每个分区几份副本；不写：Kafka 3 份，本地 1 份")
    ] = None
    min_insync: Annotated[int | None, Field(ge=1, le=9, description="写成须有几份副本；不写：副本数减一，至少 1")] = (
        None
    )
    max_message_bytes: Annotated[
        int, Field(ge=1 << 16, le=1 << 27, description="一批记录最多多少字节（max.message.bytes）")
    ] = 8 << 20
    compression: Annotated[Compression, Field(description="压缩")] = Compression.PRODUCER
