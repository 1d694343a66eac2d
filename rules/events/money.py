"""Charges and what becomes of them (收费). Amounts are yuan, exact to the fen."""

from decimal import Decimal
from typing import Annotated

from rules.events.envelope import Event, Text
from rules.events.words import AccountClass, PayMethod, said

Yuan = Decimal | None


class FeeAssessed(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="fee.assessed"):
    """应缴: what the agency says is due."""

    assess_no: Annotated[Text, said("核费单号")] = None
    fee_item_code: Annotated[Text, said("收费项目编码")] = None
    standard_id: Annotated[Text, said("收费标准编号")] = None
    quantity: Annotated[Decimal | None, said("计费数量", unit="按标准的计量单位")] = None
    amount_due: Annotated[Yuan, said("应缴金额", unit="元", gd="GDSF")] = None
    payer: Annotated[Text, said("缴款人标识摘要")] = None


class FeePaid(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="fee.paid"):
    """缴费: money changed hands."""

    pay_no: Annotated[Text, said("缴款单号", gb="6.9.4 缴款单号")] = None
    assess_no: Annotated[Text, said("核费单号")] = None
    fee_item_code: Annotated[Text, said("收费项目编码")] = None
    fee_name: Annotated[Text, said("收费项目名称")] = None
    standard_id: Annotated[Text, said("收费标准编号")] = None
    quantity: Annotated[Decimal | None, said("计费数量", unit="按标准的计量单位")] = None
    amount: Annotated[Yuan, said("收费金额", unit="元", gb="6.9.4 收费金额", gd="SFJE")] = None
    payer: Annotated[Text, said("缴款人标识摘要", gb="6.9.4 缴款人")] = None
    payee_code: Annotated[Text, said("收款单位代码", gb="6.9.4 收费单位")] = None
    payee_unit: Annotated[Text, said("收款单位名称", gb="6.9.4 收费单位")] = None
    payee_account_class: Annotated[AccountClass | None, said("收款账户类别")] = None
    method: Annotated[PayMethod | None, said("缴款方式")] = None
    collector: Annotated[Text, said("收费人员编号", gb="6.9.4 收费人员")] = None
    service: Annotated[bool, said("第三方服务或寄递费")] = False


class FeeReversed(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="fee.reversed"):
    """冲正: the payment is undone, as if never made."""

    pay_no: Annotated[Text, said("缴款单号")] = None
    reason: Annotated[Text, said("冲正原因")] = None


class FeeWaived(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="fee.waived"):
    """减免."""

    assess_no: Annotated[Text, said("核费单号")] = None
    fee_item_code: Annotated[Text, said("收费项目编码")] = None
    basis: Annotated[Text, said("减免依据")] = None
    waiver_id: Annotated[Text, said("减免规定编号")] = None
    amount: Annotated[Yuan, said("减免金额", unit="元")] = None


class FeeRefunded(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="fee.refunded"):
    """退费."""

    pay_no: Annotated[Text, said("缴款单号")] = None
    amount: Annotated[Yuan, said("退费金额", unit="元")] = None
    basis: Annotated[Text, said("退费依据")] = None


class ReceiptIssued(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="receipt.issued"):
    """票据."""

    receipt_no: Annotated[Text, said("票据号")] = None
    pay_no: Annotated[Text, said("缴款单号")] = None


class DepositMade(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="deposit.made"):
    """现金缴存: window cash was paid in to the treasury or fiscal account."""

    pay_no: Annotated[Text, said("缴款单号")] = None
    account_class: Annotated[AccountClass | None, said("缴入账户类别")] = None
    amount: Annotated[Yuan, said("缴存金额", unit="元")] = None
