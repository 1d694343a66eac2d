"""What a mapping of ``format: national`` may say."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from streams.sources.codes import Codes
from streams.sources.mapping.model import Foreign, Table, Times

TableName = Literal["accept", "process", "result", "special_procedure", "material", "fee"]
Operation = Literal["put", "delete"]
OPERATIONS: Mapping[str, Operation] = {"I": "put", "U": "put", "D": "delete"}
FORMS = ["iso", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d"]


class NationalCodes(Codes):
    """Code tables of one source, with those only these tables have."""

    operations: dict[str, Operation] = Field(default_factory=lambda: dict(OPERATIONS))
    """同步类型 cd_operation. A row with another code is put aside: it may be a deletion."""
    same_end: Literal["open", "ended"] = "open"
    """What a process row says whose end equals its start: that there is no end yet, or that it took no time."""
    open_ends: list[str] = Field(default_factory=list)
    """Texts of ``end_time`` that stand for a suspension still running; the column may not be empty."""
    extension_days_in: str | None = None
    """Column that names the days of an extension, in digits; the table has none of its own."""
    extension_unit: Literal["working_day", "natural_day"] = "working_day"


class NationalSpec(Foreign):
    """A source of national exchange tables.

    ``table`` says which table the files are; without it the file name does (``up_pro_accept...csv``).
    ``data_source`` is the source of rows that do not say. ``reported_column`` holds when a row arrived, null for none.
    ``version_column`` holds the data version. ``names`` gives columns their names in this source: ours to theirs.
    """

    format: Literal["national"]
    zone: str = "Asia/Shanghai"
    times: Times = Times(formats=FORMS)
    csv: Table = Table()
    table: TableName | None = None
    data_source: str = ""
    reported_column: str | None = "cd_time"
    version_column: str = "version"
    names: dict[str, str] = Field(default_factory=dict)
    empty: list[str] = Field(default_factory=lambda: ["", "NULL", "null", "\\N"])
    sources: Annotated[dict[str, NationalCodes], Field(min_length=1)]
