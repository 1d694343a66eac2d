"""What the log's stamps mean: the time it is, a faster time for demonstrations, or the time a feeder says."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import AwareDatetime, Field, model_validator

from streams.settings.section import Section


class ClockKind(StrEnum):
    """Which clock holds (时钟)."""

    REAL = "real"
    """Stamps are what they say."""
    SCALED = "scaled"
    """Stamps of the broker run faster: a day in ten seconds."""
    REHEARSAL = "rehearsal"
    """The feeder stamps the records, and inserts the ticks."""


class ClockSettings(Section):
    """The clock (时钟), the same for all workers of a log."""

    short: ClassVar[str | None] = "kind"

    kind: Annotated[ClockKind, Field(description="real 真实；scaled 加快；rehearsal 演练：由送入的人盖时间")] = (
        ClockKind.REAL
    )
    epoch_real: Annotated[AwareDatetime | None, Field(description="加快：从哪一真实时刻起")] = None
    epoch_sim: Annotated[AwareDatetime | None, Field(description="加快：那一刻当作何时")] = None
    factor: Annotated[Decimal, Field(gt=0, le=10_000_000, description="加快多少倍；8640 是十秒一天")] = Decimal(1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given: tuple[datetime | None, ...] = (self.epoch_real, self.epoch_sim)
        if self.kind is ClockKind.SCALED and None in given:
            raise ValueError("scaled 须有 epoch_real 和 epoch_sim，各进程写得一样")
        if self.kind is not ClockKind.SCALED and (given != (None, None) or self.factor != 1):
            raise ValueError("epoch_real、epoch_sim、factor 只用于 scaled")
        return self
