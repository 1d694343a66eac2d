import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from rules.catalog.calendar_build import work_calendar
from rules.catalog.lint import lint
from rules.catalog.lint.people import is_unified_code
from rules.catalog.loading import Documents, Severity, load_documents
from rules.catalog.models.base import Unit
from rules.catalog.models.fees import PerUnit, Tiers
from rules.catalog.models.matters import Matter, MatterVersion
from rules.events.words import HandlingMode, PauseKind, ProjectType, Result
from tests.rules.catalog.known import STANDS

QUARTER = (date(2026, 1, 1), date(2026, 4, 1))


@pytest.fixture(scope="module")
def city() -> Documents:
    return load_documents("shili")


def versions(city: Documents) -> Iterable[tuple[Matter, MatterVersion]]:
    return [(matter, version) for matter in city.matters for version in matter.versions]


def shapes(matter: Matter, version: MatterVersion) -> set[str]:
    """What is particular about a version of a matter."""
    found = {
        "licence without a limit of its own": matter.task_type == "01" and version.statutory is None,
        "licence with a limit of a special law": matter.task_type == "01" and version.statutory is not None,
        "joint": version.handling is HandlingMode.JOINT,
        "concentrated": version.handling is HandlingMode.CONCENTRATED,
        "unified": version.handling is HandlingMode.UNIFIED,
        "instant": version.project_type is ProjectType.INSTANT,
        "automatic approval": version.auto_approve,
        "law by reference": version.law_by_reference and matter.task_type != "01",
        "tacit consent": version.tacit_consent,
        "hall only": version.hall_only,
        "extension of its own": version.extension is not None,
        "receipt limit of its own": version.receipt is not None,
        "with fees": version.is_fee,
        "without fees": not version.is_fee,
        "parallel stages that join": any(len(stage.after) > 1 for stage in version.flow),
        "conditional stage": any(stage.when is not None for stage in version.flow),
        "automatic stage": any(stage.auto for stage in version.flow),
        "separation": bool(version.separate),
        "limit beyond the last calendar": version.promise is not None
        and version.promise.unit is Unit.MONTH
        and version.promise.n > 9,
        "exempt": bool(version.exempt),
    }
    return {name for name, holds in found.items() if holds}


def in_quarter(day: date | None) -> bool:
    return day is not None and QUARTER[0] < day < QUARTER[1]


class TestSoundness:
    def test_the_linter_finds_no_error(self, city: Documents) -> None:
        assert [] == [found for found in lint(city, STANDS) if found.severity is Severity.ERROR]

    def test_each_configuration_rule_has_something_to_tell(self, city: Documents) -> None:
        found = [one for one in lint(city, STANDS) if one.rule is not None]

        assert {"CF_LIMIT_SUM", "CF_PROMISE_WEAK"} == {one.rule for one in found}
        assert {"环节时限之和", "承诺时限 ", "既没有承诺"} == {
            start
            for one in found
            if one.rule == "CF_LIMIT_SUM"
            for start in ("环节时限之和", "承诺时限 ", "既没有承诺")
            if one.message.startswith(start)
        }

    def test_codes_are_well_formed_and_nobodys(self, city: Documents) -> None:
        assert all(is_unified_code(agency.org_code) for agency in city.agencies)
        assert {"9999"} == {(agency.region or "")[:4] for agency in city.agencies}
        assert {31} == {len(matter.code) for matter in city.matters}
        assert all(matter.code.startswith(matter.org_code) for matter in city.matters)

    def test_it_is_read_in_half_a_second(self) -> None:
        def once() -> float:
            began = time.process_time()
            load_documents("shili")
            return time.process_time() - began

        assert min(once() for _ in range(3)) < 0.5


class TestSize:
    def test_there_are_agencies_and_matters_enough(self, city: Documents) -> None:
        assert len(city.agencies) >= 12
        assert len(city.matters) >= 40

    def test_every_agency_has_matters_and_people_who_check_decide_and_receive(self, city: Documents) -> None:
        for agency in city.agencies:
            own = [officer for officer in city.officers if officer.org_code == agency.org_code]
            assert len(own) >= 3
            assert {"window", "check", "decide"} <= {role for officer in own for role in officer.roles}
            assert any(matter.org_code == agency.org_code for matter in city.matters)


class TestMatters:
    @pytest.mark.parametrize(
        ("shape", "least"),
        [
            ("licence without a limit of its own", 10),
            ("licence with a limit of a special law", 10),
            ("joint", 1),
            ("concentrated", 1),
            ("unified", 1),
            ("instant", 4),
            ("automatic approval", 2),
            ("law by reference", 1),
            ("tacit consent", 1),
            ("hall only", 2),
            ("extension of its own", 4),
            ("receipt limit of its own", 1),
            ("with fees", 8),
            ("without fees", 20),
            ("parallel stages that join", 4),
            ("conditional stage", 2),
            ("automatic stage", 3),
            ("separation", 20),
            ("limit beyond the last calendar", 1),
            ("exempt", 1),
        ],
    )
    def test_each_shape_of_matter_is_there(self, city: Documents, shape: str, least: int) -> None:
        assert sum(shape in shapes(matter, version) for matter, version in versions(city)) >= least

    def test_every_unit_is_promised_somewhere(self, city: Documents) -> None:
        assert set(Unit) == {version.promise.unit for _, version in versions(city) if version.promise is not None}

    def test_every_kind_of_task_a_case_may_be_is_there(self, city: Documents) -> None:
        assert {"01", "05", "07", "08", "09", "10", "20"} <= {matter.task_type for matter in city.matters}

    def test_limits_change_within_the_quarter(self, city: Documents) -> None:
        changed = [
            matter
            for matter in city.matters
            if any(in_quarter(version.from_) for version in matter.versions) and len(matter.versions) == 2
        ]

        assert len(changed) >= 5
        assert any(one.versions[0].promise != one.versions[1].promise for one in changed)
        assert any(len(one.versions[0].flow) != len(one.versions[1].flow) for one in changed)
        assert any(one.versions[0].project_type != one.versions[1].project_type for one in changed)
        assert any(one.versions[0].is_fee != one.versions[1].is_fee for one in changed)

    def test_lawful_pauses_are_foreseen(self, city: Documents) -> None:
        foreseen = {kind for _, version in versions(city) for kind in version.special_procedures}

        assert {PauseKind.HEARING, PauseKind.EXPERT_REVIEW, PauseKind.INSPECTION, PauseKind.TESTING} <= foreseen

    def test_every_basis_names_a_text(self, city: Documents) -> None:
        assert [] == [
            version.basis for _, version in versions(city) if not any(sign in version.basis for sign in "《〔第")
        ]


class TestFees:
    def test_every_form_of_tariff_is_there(self, city: Documents) -> None:
        forms = Counter(standard.tariff.form for item in city.fees for standard in item.standards)

        assert {"fixed", "range", "per_unit", "tiers"} == set(forms)

    def test_there_are_floors_caps_and_flat_and_measured_steps(self, city: Documents) -> None:
        tariffs = [standard.tariff for item in city.fees for standard in item.standards]

        assert any(isinstance(one, PerUnit) and one.min is not None and one.max is not None for one in tariffs)
        assert {True, False} == {tier.per_unit for one in tariffs if isinstance(one, Tiers) for tier in one.tiers}

    def test_an_item_is_cancelled_within_the_quarter(self, city: Documents) -> None:
        assert [date(2026, 2, 1)] == [
            item.until for item in city.fees if in_quarter(item.until) and item.cancelled_by is not None
        ]

    def test_standards_change_within_the_quarter(self, city: Documents) -> None:
        changes = [standard.from_ for item in city.fees for standard in item.standards if in_quarter(standard.from_)]

        assert len(changes) >= 3

    def test_items_have_aliases_parents_and_waivers_whole_and_in_part(self, city: Documents) -> None:
        assert any(item.aliases for item in city.fees)
        assert any(item.parent for item in city.fees)
        shares = {waiver.share for item in city.fees for waiver in item.waivers}
        assert {Decimal("0.5"), Decimal(1)} <= shares

    def test_a_matter_collects_an_item_of_another_agency(self, city: Documents) -> None:
        items = {item.code: item for item in city.fees}

        assert any(
            matter.org_code not in items[code].orgs for matter, version in versions(city) for code in version.fee_items
        )


class TestSources:
    def test_they_differ_in_how_they_report(self, city: Documents) -> None:
        assert any(source.delay_minutes == 30 for source in city.sources)
        assert any(source.delay_minutes > 600 and source.backfill_exempt for source in city.sources)
        assert any(source.heartbeat_minutes for source in city.sources)

    def test_one_digit_means_opposite_things(self, city: Documents) -> None:
        meanings = {source.results["1"] for source in city.sources if "1" in source.results}

        assert {Result.RETURNED, Result.DENIED} == meanings

    def test_an_outage_is_declared_in_february(self, city: Documents) -> None:
        (outage,) = [outage for source in city.sources for outage in source.outages]

        assert (2026, 2) == (outage.start.year, outage.start.month)

    def test_every_source_is_some_agencys(self, city: Documents) -> None:
        assert {source.id for source in city.sources} == {agency.data_source for agency in city.agencies}

    def test_some_agencies_report_every_day(self, city: Documents) -> None:
        assert {True, False} == {agency.reports_daily for agency in city.agencies}


class TestProfilesAndCalendar:
    def test_a_district_goes_by_another_profile(self, city: Documents) -> None:
        (district,) = [agency for agency in city.agencies if agency.region == "999902"]
        (own,) = [profile for profile in city.profiles if profile.name == "xincheng"]

        assert district.region in {applies.region for applies in own.applies}
        assert "percent" == own.extends

    def test_a_threshold_changes_within_the_quarter(self, city: Documents) -> None:
        (own,) = [profile for profile in city.profiles if profile.name == city.head.profile]

        assert any(in_quarter(setting.from_) for settings in own.params.values() for setting in settings)

    def test_the_city_works_when_the_nation_works(self, city: Documents) -> None:
        own, nation = (work_calendar(city.calendars, region) for region in (city.head.calendar, "CN"))
        days = range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())

        assert ("9999", nation.certain_through) == (own.region, own.certain_through)
        assert [nation.is_working(day) for day in days] == [own.is_working(day) for day in days]
