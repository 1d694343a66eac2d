"""What a mapping of ``format: guangdong`` may say."""

from typing import Annotated, Literal

from pydantic import Field

from streams.sources.codes import Codes
from streams.sources.mapping.model import Foreign, Times

AcceptState = Literal["accepted", "not_accepted"]
FORMS = ["iso", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y%m%d%H%M%S", "%Y-%m-%d"]
"""Stamps as these exchanges write them, with and without leading zeros."""


class GuangdongCodes(Codes):
    """Code tables of one source, with the one only these messages have."""

    accept_states: dict[str, AcceptState] = Field(default_factory=dict)
    """受理状态代码 SLZTDM. A message 2 with another code is put aside: what happened is not known."""


class GuangdongSpec(Foreign):
    """A source of Guangdong-type messages.

    ``message_field`` holds the number (0 to 9) or the class name of the message.
    ``source_field`` names the data source of a record; ``data_source`` is it where the record does not say.
    ``reported_field`` holds when the record arrived; without one it arrived when it happened.
    ``names`` gives fields their names in this source: ours to theirs.
    """

    format: Literal["guangdong"]
    zone: str = "Asia/Shanghai"
    times: Times = Times(formats=FORMS)
    message_field: str = "XXLX"
    source_field: str | None = None
    data_source: str
    reported_field: str | None = None
    names: dict[str, str] = Field(default_factory=dict)
    list_separators: str = ";；、\n"
    supplement_complete: bool = True
    """Whether message 8 means that all that was asked for is there; it has no field that says so."""
    charges: bool = True
    """Whether the amounts of messages 2 and 4 are charges of their own, beside being totals."""
    sources: Annotated[dict[str, GuangdongCodes], Field(min_length=1)]
