"""Reviews, complaints, intermediaries (好差评、投诉、中介)."""

from decimal import Decimal
from typing import Annotated

from rules.events.envelope import Event, Text
from rules.events.words import said


class AgentEngaged(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="agent.engaged"):
    """中介委托."""

    agent_code: Annotated[Text, said("中介机构代码")] = None
    service: Annotated[Text, said("中介服务", gb="6.1 中介服务")] = None
    fee: Annotated[Decimal | None, said("中介收费", unit="元")] = None
    chosen_by: Annotated[Text, said("选定方")] = None


class ReviewSubmitted(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="review.submitted"):
    """好差评; ``satisfaction_code`` is mapped per source to A.8, where 1 is best."""

    channel: Annotated[Text, said("评价渠道", gb="6.6")] = None
    satisfaction_code: Annotated[int | None, said("满意度代码", gb="A.8，1 最好")] = None
    text: Annotated[Text, said("文字评价", gb="6.6")] = None


class Complaint(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """投诉 link: the seven links share these fields."""

    complaint_no: Annotated[Text, said("投诉编号", gb="6.7")] = None
    about_org: Annotated[Text, said("被投诉单位", gb="6.7")] = None
    promised_limit: Annotated[int | None, said("承诺时限", unit="工作日", gb="6.7")] = None
    extension: Annotated[int | None, said("延期时限", unit="工作日", gb="6.7")] = None
    approver: Annotated[Text, said("延期批准人")] = None
    result: Annotated[Text, said("办理结果", gb="6.7 反馈")] = None


class ComplaintOpened(Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.opened"):
    """投诉接待（收到）."""


class ComplaintAccepted(Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.accepted"):
    """投诉受理."""


class ComplaintRegistered(
    Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.registered"
):
    """投诉登记: starts the complaint clock."""


class ComplaintSubmitted(Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.submitted"):
    """投诉呈批."""


class ComplaintHandled(Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.handled"):
    """投诉办理."""


class ComplaintAnswered(Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.answered"):
    """投诉报结、答复: stops the complaint clock."""


class ComplaintArchived(Complaint, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="complaint.archived"):
    """投诉归档."""
