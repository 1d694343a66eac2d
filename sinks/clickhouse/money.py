"""Which figures of a finding say how much money a suspicious charge is about (可疑收费的金额)."""

from collections.abc import Mapping

WRONGLY_TAKEN, NOT_TAKEN, NOT_PAID_IN = "不该收的", "该收未收的", "未缴入国库的"
MONEY: Mapping[str, tuple[str, str, str]] = {
    "FE_CANCELLED": (WRONGLY_TAKEN, "实收", "已退"),
    "FE_OFF_CATALOG": (WRONGLY_TAKEN, "实收", "已退"),
    "FE_FREE_ITEM": (WRONGLY_TAKEN, "实收", "已退"),
    "FE_OVER_STANDARD": (WRONGLY_TAKEN, "超收", ""),
    "FE_DUPLICATE": (WRONGLY_TAKEN, "本次金额", ""),
    "FE_WAIVER_NOAUTH": (NOT_TAKEN, "少收", ""),
    "FE_OFF_TREASURY": (NOT_PAID_IN, "实收", "已缴存"),
}
"""By rule: what sort of money it is, and the figures it is the difference of, yuan."""
