"""A small law that every rule of the first tier can judge by."""

from functools import cache

from rules.catalog.index import Catalog
from rules.catalog.models.fees import FeesDoc
from rules.catalog.models.matters import MattersDoc
from rules.catalog.models.people import AgenciesDoc
from rules.catalog.models.sources import SourcesDoc
from rules.registry import PARAMS
from tests.rules.examples.national import National, national_law

MATTER = "11999900MB0000001X2000101001000"
INSTANT = "11999900MB0000001X2000101002000"
ORG = "11999900MB0000001X"
SOURCE = "city"
VERTICAL = "vertical"
BEATING = "beating"

_MATTERS = {
    "matters": [
        {
            "code": MATTER,
            "name": "建筑工程施工许可",
            "org_code": ORG,
            "task_type": "01",
            "versions": [
                {
                    "version": 1,
                    "basis": "建筑法 8",
                    "promise": {"n": 7},
                    "is_fee": True,
                    "fee_items": ["F1", "F2"],
                    "separate": [["S1", "S2"]],
                    "flow": [
                        {"code": "S1", "name": "审查", "limit": {"n": 3}, "roles": ["check"]},
                        {"code": "S2", "name": "决定", "after": ["S1"], "decisive": True, "roles": ["decide"]},
                        {"code": "S3", "name": "制证", "after": ["S2"], "mandatory": False},
                    ],
                }
            ],
        },
        {
            "code": INSTANT,
            "name": "备案",
            "org_code": ORG,
            "task_type": "20",
            "versions": [{"version": 1, "basis": "示例", "project_type": "1", "promise": {"n": 1}}],
        },
    ]
}
_FEES = {
    "fees": [
        {
            "code": "F1",
            "name": "占道费",
            "basis": "示例价〔2024〕1号",
            "standards": [
                {"id": "F1-1", "basis": "示例价〔2024〕1号", "tariff": {"form": "fixed", "amount": "120.00"}},
            ],
        },
        {
            "code": "F2",
            "name": "工本费",
            "basis": "示例价〔2020〕2号",
            "until": "2026-02-01",
            "cancelled_by": "示例财〔2026〕3号",
            "standards": [{"id": "F2-1", "basis": "示例价〔2020〕2号", "tariff": {"form": "fixed", "amount": "10.00"}}],
        },
    ]
}
_AGENCIES = {"agencies": [{"org_code": ORG, "name": "住建局", "basis": "三定方案", "data_source": SOURCE}]}
_SOURCES = {
    "sources": [
        {"id": SOURCE, "name": "市平台", "basis": "示例数〔2024〕4号"},
        {"id": VERTICAL, "name": "垂管系统", "basis": "示例数〔2024〕4号", "backfill_exempt": True},
        {"id": BEATING, "name": "心跳系统", "basis": "示例数〔2024〕4号", "heartbeat_minutes": 30},
    ]
}


@cache
def catalog() -> Catalog:
    """The catalogue of these tests."""
    nation = national_law()
    written = National(
        head=nation.head,
        statutes=nation.statutes,
        calendars=nation.calendars,
        matters=MattersDoc.model_validate(_MATTERS).matters,
        fees=FeesDoc.model_validate(_FEES).fees,
        agencies=AgenciesDoc.model_validate(_AGENCIES).agencies,
        sources=SourcesDoc.model_validate(_SOURCES).sources,
    )
    return Catalog(written, PARAMS.values())
