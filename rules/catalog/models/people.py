"""Agencies (部门) and officers (经办人)."""

from datetime import date

from rules.catalog.models.base import Basis, Code, InForce, Model, Text


class Agency(InForce):
    """An agency (部门). ``reports_daily``: silence for a working day is a finding (DQ_SILENT_ORG)."""

    org_code: Code
    name: Text
    region: Code | None = None
    parent: Code | None = None
    reports_daily: bool = False
    data_source: Code | None = None
    go_live_at: date | None = None
    basis: Basis


class Officer(InForce):
    """An officer, the roles and matters he may handle (岗位授权); no matters listed: all of the agency's."""

    id: Code
    org_code: Code
    name: Text | None = None
    roles: tuple[Text, ...] = ()
    matters: tuple[Code, ...] = ()
    basis: Basis


class AgenciesDoc(Model):
    """A file of agencies."""

    agencies: tuple[Agency, ...]


class OfficersDoc(Model):
    """A file of officers."""

    officers: tuple[Officer, ...]
