"""The configuration rules: what an agency wrote about its own limits, told to the owner of the matter as a notice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rules.catalog.lint.measures import conversion, in_text, is_longer, longest_path, total, working_days
from rules.catalog.lint.profiles import values_at
from rules.catalog.lint.specs import Known, ParamSpec
from rules.catalog.loading import Documents, Kind, Problem, Severity
from rules.catalog.models.base import Limit
from rules.catalog.models.matters import Matter, MatterVersion
from rules.catalog.models.statutes import StatuteId
from rules.events.words import HandlingMode, ProjectType
from rules.params import Param, ParamKind

LICENCE = "01"

SHARE = Param(
    "CF_PROMISE_WEAK.share",
    "承诺时限与法定时限之比",
    ParamKind.NUMBER,
    default=Decimal("0.5"),
    basis="地方效能规定：承诺件时限至少压缩一半；取值为本项目约定",
)
WORKDAYS = Param(
    "CF_PROMISE_WEAK.workdays",
    "一般事项承诺时限",
    ParamKind.DAYS,
    default=7,
    unit="工作日",
    basis="地方效能规定：一般事项不超过七个工作日；取值为本项目约定",
)
SHORT = Param(
    "CF_PROMISE_WEAK.short",
    "不再要求压缩的法定时限",
    ParamKind.DAYS,
    default=5,
    unit="工作日",
    basis="本项目约定：法定时限本已很短",
)


@dataclass(frozen=True, slots=True)
class ConfigurationRule:
    """A rule about what is written, not about a case; its findings are notices of the linter."""

    id: str
    name: str
    basis: str
    params: Sequence[ParamSpec] = ()


LIMIT_SUM = ConfigurationRule(
    "CF_LIMIT_SUM",
    "时限配置违规",
    "《行政许可法》第四十二条、第八十二条；各环节时限沿最长路径之和不超过承诺时限，承诺时限不超过法定时限",
)
PROMISE_WEAK = ConfigurationRule(
    "CF_PROMISE_WEAK",
    "承诺压缩不足",
    "地方效能规定：承诺件时限在法定时限内至少压缩一半，一般事项不超过七个工作日；取值为本项目约定",
    (SHARE, WORKDAYS, SHORT),
)
CONFIGURATION_RULES = (LIMIT_SUM, PROMISE_WEAK)


def configuration_findings(documents: Documents, known: Known) -> Iterator[Problem]:
    """The notices about the limits of all matters: the sum for every version, the promise for the last."""
    for index, matter in enumerate(documents.matters):
        last = max(matter.versions, key=lambda version: version.from_)
        for at, version in enumerate(matter.versions):
            found = list(_sum(documents, matter, version))
            if version is last:
                found += _weak(documents, known, matter, version)
            for rule, field, message, arithmetic in found:
                path = ("versions", at, *((field,) if field in version.model_fields_set else ()))
                problem = documents.origin(Kind.MATTERS, index).problem(path, message, Severity.NOTICE)
                yield replace(
                    problem,
                    rule=rule.id,
                    subject=f"{matter.code}@{version.version}",
                    arithmetic=(f"{matter.name}（第 {version.version} 版）", *arithmetic),
                    basis=f"{rule.basis}；{version.basis}",
                )


_Finding = tuple[ConfigurationRule, str, str, tuple[str, ...]]


def _sum(documents: Documents, matter: Matter, version: MatterVersion) -> Iterator[_Finding]:
    """Stages longer than the promise, a promise longer than the law, no limit at all."""
    statutory, promise = _statutory(documents, matter, version), version.promise
    if statutory is None and promise is None:
        if version.project_type is not ProjectType.INSTANT:
            yield LIMIT_SUM, "promise", "既没有承诺时限，也没有法定时限", ("承诺时限：无", "法定时限：无")
        return
    if statutory is not None and promise is not None and is_longer(promise, statutory):
        lines = (f"承诺 {promise} > 法定 {statutory}", *conversion((promise, statutory)))
        yield LIMIT_SUM, "promise", f"承诺时限 {promise} 长于法定时限 {statutory}", lines
    cap = promise or statutory
    try:
        path = longest_path(version.flow)
    except ValueError:
        return  # a cycle is an error of its own
    limits = [stage.limit for stage in path if stage.limit is not None]
    if cap is None or sum(map(working_days, limits), Fraction(0)) <= working_days(cap):
        return
    name = "承诺" if promise else "法定"
    terms = " + ".join(f"{stage.name} {stage.limit}" for stage in path)
    branch = "（含附条件的环节）" if any(stage.when for stage in path) else ""
    lines = (f"{terms} = {total(limits)} > {name} {cap}{branch}", *conversion((*limits, cap)))
    yield LIMIT_SUM, "flow", f"环节时限之和 {total(limits)} 超过{name}时限 {cap}{branch}", lines


def _weak(documents: Documents, known: Known, matter: Matter, version: MatterVersion) -> Iterator[_Finding]:
    """A promise that hardly shortens the law's limit, or is long for an ordinary matter."""
    statutory, promise = _statutory(documents, matter, version), version.promise
    if promise is None or version.project_type is ProjectType.INSTANT:
        return
    values = values_at(documents, known, documents.head.profile, version.from_)
    share, days, short = (Fraction(values[param.id]) for param in (SHARE, WORKDAYS, SHORT))
    promised = working_days(promise)
    said: list[str] = []
    compared = [promise]
    if statutory is not None and working_days(statutory) > short:
        used = promised / working_days(statutory)
        if used > share:
            said.append(f"承诺 {promise} ÷ 法定 {statutory} = {in_text(used * 100)}% > {in_text(share * 100)}%")
            compared.append(statutory)
    is_ordinary = version.handling is HandlingMode.SINGLE and not version.special_procedures
    if is_ordinary and promised > days:
        said.append(f"一般事项承诺 {promise} > {in_text(days)}个工作日")
        compared.append(Limit(n=int(days)))
    if said:
        yield PROMISE_WEAK, "promise", "承诺时限压缩不足：" + "；".join(said), (*said, *conversion(compared))


def _statutory(documents: Documents, matter: Matter, version: MatterVersion) -> Limit | None:
    """The version's own limit, else that of 行政许可法 42 where the law applies."""
    if version.statutory is not None:
        return version.statutory
    if matter.task_type != LICENCE and not version.law_by_reference:
        return None
    which = StatuteId.STATUTORY if version.handling is HandlingMode.SINGLE else StatuteId.JOINT
    day = version.from_.toordinal()
    dated = [statute for statute in documents.statutes if statute.id is which]
    # A version older than the law (2004-07-01) is held against the first text there is.
    return next((s.limit for s in dated if s.covers(day)), dated[0].limit if dated else None)
