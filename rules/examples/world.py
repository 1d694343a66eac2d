"""The catalogue of an example: one matter, what it charges, its sources, on top of the nation's law."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.index import Catalog, Written
from rules.catalog.models.fees import FeeItem
from rules.catalog.models.head import Head
from rules.catalog.models.matters import Matter
from rules.catalog.models.people import Agency, Officer
from rules.catalog.models.profiles import Profile
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import Statute
from rules.params import Param

TASK = "M1"
ORG = "ORG1"
BASIS = "示例"
OF_MATTER = ("code", "name", "org_code", "task_type", "region")
A_MATTER: dict[str, Any] = {"code": TASK, "name": "示例事项", "org_code": ORG, "task_type": "01"}
A_VERSION: dict[str, Any] = {"version": 1, "basis": BASIS, "promise": {"n": 10}, "statutory": {"n": 20}}
"""An ordinary licence: promised in ten working days, twenty by law."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What an example says of the law: models, and parameter values by id."""

    matters: tuple[Matter, ...]
    fees: tuple[FeeItem, ...]
    sources: tuple[Source, ...]
    calendars: tuple[CalendarDoc, ...]
    params: Mapping[str, Any]
    agencies: tuple[Agency, ...] = ()

    def catalog(self, national: Written, params: Iterable[Param[Any]]) -> Catalog:
        """Return the catalogue of this law over the nation's statutes and calendar."""
        return Catalog(_Laid(self, national), params)


def world_of(
    *,
    matter: Mapping[str, Any] | None,
    fees: Sequence[Mapping[str, Any]] | None,
    params: Mapping[str, Any] | None,
    sources: Sequence[Mapping[str, Any]] | None,
    calendars: Sequence[Mapping[str, Any]] | None,
    agencies: Sequence[Mapping[str, Any]] | None = None,
) -> World:
    """Return the law of an example from its documents.

    ``matter`` holds what differs from the ordinary one (with ``versions`` where it changes with time); an empty
    ``matter: {code: null}`` stands for a catalogue without it. ``basis``, ``name`` and the like may be left out.
    """
    return World(
        matters=_matters(matter or {}),
        fees=tuple(FeeItem.model_validate(_fee(item)) for item in fees or ()),
        sources=tuple(Source.model_validate({"name": "示例来源", "basis": BASIS, **one}) for one in sources or ()),
        calendars=tuple(CalendarDoc.model_validate({"extends": "CN", **one}) for one in calendars or ()),
        params=params or {},
        agencies=tuple(Agency.model_validate({"name": "示例部门", "basis": BASIS, **one}) for one in agencies or ()),
    )


def _matters(written: Mapping[str, Any]) -> tuple[Matter, ...]:
    head = {**A_MATTER, **{name: value for name, value in written.items() if name in OF_MATTER}}
    if head["code"] is None:
        return ()
    common = {name: value for name, value in written.items() if name not in (*OF_MATTER, "versions")}
    versions = [
        {**A_VERSION, "version": number, **common, **own, "flow": _flow({**common, **own}.get("flow", ()))}
        for number, own in enumerate(written.get("versions", ({},)), 1)
    ]
    return (Matter.model_validate({**head, "versions": versions}),)


def _flow(stages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"name": f"环节{stage['code']}", **stage} for stage in stages]


def _fee(item: Mapping[str, Any]) -> dict[str, Any]:
    filled = {"name": f"收费{item['code']}", "basis": BASIS, **item}
    for part in ("standards", "waivers"):
        filled[part] = [{"basis": BASIS, **one} for one in item.get(part, ())]
    return filled


class _Laid:
    """The documents of an example laid over the nation's."""

    def __init__(self, world: World, national: Written) -> None:
        region = world.calendars[0].region if world.calendars else "CN"
        self.head = Head(name="example", title="示例", edition="1", calendar=region, profile="example")
        self.edition_digest = "example"
        self.statutes: tuple[Statute, ...] = national.statutes
        self.matters = world.matters
        self.fees = world.fees
        self.agencies = world.agencies
        self.officers: tuple[Officer, ...] = ()
        self.sources = world.sources
        settings = {name: [{"value": value, "basis": BASIS}] for name, value in world.params.items()}
        profile = {"name": "example", "title": "示例", "basis": BASIS, "params": settings}
        self.profiles: tuple[Profile, ...] = (Profile.model_validate(profile),)
        self.calendars = (*national.calendars, *world.calendars)
