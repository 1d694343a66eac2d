"""Common parts of what screens are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Model(BaseModel):
    """A frozen model; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that people read; never empty."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
"""A name in addresses: lower case, digits, hyphens."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
"""A name in SQL: of a column, a parameter, a variable."""
