import json

import pytest

from rules.events.kinds import KINDS, type_name
from tests.streams.cli.running import ran


def test_the_schema_describes_every_event_type(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "schema")

    titles = {part.get("title") for part in json.loads(done.out)["$defs"].values()}
    assert {type_name(kind.of) for kind in KINDS} <= titles
