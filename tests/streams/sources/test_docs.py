"""``docs/mapping.md`` is the reference: what it shows works, and what there is stands in it."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from rules.events.decode import TYPE_NAMES
from streams.sources import open_source
from streams.sources.guangdong.model import GuangdongCodes, GuangdongSpec
from streams.sources.mapping import model
from streams.sources.mapping.functions import Functions
from streams.sources.mapping.targets import envelope_fields
from streams.sources.national.model import NationalCodes, NationalSpec
from streams.sources.stamps import Stamps
from tests.streams.sources.reading import read_text

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "mapping.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
MAPPINGS = [text for kind, text in BLOCKS if kind == "yaml"]
MODELS: list[type[BaseModel]] = [
    *(model.Mapping, model.Source, model.ValueMap, model.CaseSpec, model.Times, model.Numbers, model.Table),
    *(model.Given, model.EventSpec, GuangdongSpec, GuangdongCodes, NationalSpec, NationalCodes),
]


@pytest.mark.parametrize("text", MAPPINGS)
def test_every_mapping_shown_can_be_used(text: str, tmp_path: Path) -> None:
    name = "up_pro_accept.csv" if "national" in text else "log.csv"
    (tmp_path / name).touch()
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")

    items = list(open_source([str(tmp_path / name)], tmp_path / "m.yaml", latest=None))

    assert len(items) <= 1


def test_the_first_mapping_gives_what_is_said_of_it(tmp_path: Path) -> None:
    (table,) = [text for kind, text in BLOCKS if kind == "csv"]

    found = read_text(tmp_path, MAPPINGS[0], "log.csv", table)

    assert ["case.accepted", "stage.completed", "stage.completed", "stage.completed", "case.closed"] == [
        event.__struct_config__.tag for event in found.events
    ]
    assert [()] == list({event.defects for event in found.events})


@pytest.mark.parametrize("of", MODELS, ids=lambda of: of.__name__)
def test_every_key_is_explained(of: type[BaseModel]) -> None:
    assert [] == [name for name in of.model_fields if not re.search(rf"\b{name}\b", PAGE)]


def test_every_function_is_explained() -> None:
    from zoneinfo import ZoneInfo

    named = Functions(Stamps(ZoneInfo("UTC"))).named()

    assert [] == [name for name in named if not re.search(rf"\b{name}\b", PAGE)]


def test_every_field_of_the_envelope_is_named() -> None:
    by_the_mapping = {"event_id", "occurred_at", "case_id"}

    assert [] == [name for name in envelope_fields().keys() - by_the_mapping if name not in PAGE]


def test_every_event_type_it_speaks_of_is_there() -> None:
    spoken = set(re.findall(r"`((?:case|stage|pause|fee|decision|extension|supplement|result)\.\w+)`", PAGE))

    assert spoken - {"case.id", "case.records", "case.scattered"} <= set(TYPE_NAMES)
