"""Threshold profiles (阈值方案): they may name only rules and parameters there are, with values of their kind."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rules.catalog.lint.chains import cycle_through
from rules.catalog.lint.spans import overlaps
from rules.catalog.lint.specs import Known
from rules.catalog.loading import Documents, Kind, Origin, Problem, Severity
from rules.catalog.models.profiles import Profile
from rules.events.words import Level

SOON_TRIGGERS = ("OT_PROMISE_SOON.before", "OT_PROMISE_SOON.used_share")
"""The first colour has one trigger: days before the due date, or the share of the limit used, not both."""


def profile_problems(documents: Documents, known: Known) -> Iterator[Problem]:
    """What is wrong with the profiles, and with the head's choice of one."""
    profiles = {profile.name: profile for profile in documents.profiles}
    chosen = documents.head.profile
    if chosen is not None and chosen not in profiles:
        message = f"没有阈值方案「{chosen}」，有 {'、'.join(sorted(profiles)) or '（无）'}"
        yield documents.origin(Kind.HEAD).problem(("profile",), message)
    codes = {agency.org_code for agency in documents.agencies}
    for index, profile in enumerate(documents.profiles):
        origin = documents.origin(Kind.PROFILES, index)
        yield from _settings(profile, known, origin)
        yield from _extension(profile, profiles, origin)
        yield from _scope(profile, codes, origin)
        yield from _one_trigger(documents, known, profile, origin)
    yield from _rivals(documents)


def _settings(profile: Profile, known: Known, origin: Origin) -> Iterator[Problem]:
    for name, settings in profile.params.items():
        spec = known.params.get(name)
        if spec is None:
            yield origin.problem(("params", name), _unknown(name, known))
            continue
        for index, setting in enumerate(settings):
            try:
                spec.read(setting.value)
            except ValueError as refused:
                yield origin.problem(("params", name, index, "value"), f"取值不合参数 {name}：{refused}")
        for found in overlaps(settings):
            yield origin.problem(("params", name, found.at), f"参数 {name} 自 {found.day} 起有两个取值：日期重叠")
    for index, rule in enumerate(profile.off):
        if rule not in known.rules:
            yield origin.problem(("off", index), f"没有规则 {rule}")
    levels = {level.code for level in Level}
    for name in profile.scores:
        if name not in levels:
            yield origin.problem(("scores", name), f"没有级别「{name}」，有 {'、'.join(sorted(levels))}")


def _unknown(name: str, known: Known) -> str:
    rule, dot, _ = name.partition(".")
    if not dot:
        return f"「{name}」不是参数：写作 规则编号.参数名"
    if rule not in known.rules:
        return f"没有规则 {rule}"
    own = sorted(param for param in known.params if param.startswith(f"{rule}."))
    return f"规则 {rule} 没有参数 {name}，有 {'、'.join(own) or '（无）'}"


def _extension(profile: Profile, profiles: Mapping[str, Profile], origin: Origin) -> Iterator[Problem]:
    if profile.extends is not None and profile.extends not in profiles:
        yield origin.problem(("extends",), f"没有阈值方案「{profile.extends}」")
    cycle = cycle_through(profile.name, lambda name: profiles[name].extends if name in profiles else None)
    if cycle is not None:
        yield origin.problem(("extends",), f"extends 成环：{cycle}")


def _scope(profile: Profile, agencies: set[str], origin: Origin) -> Iterator[Problem]:
    for index, applies in enumerate(profile.applies):
        if applies.org is not None and applies.org not in agencies:
            yield origin.problem(("applies", index, "org"), f"部门 {applies.org} 没有登记（agencies）")
        if applies.region is None and applies.org is None and applies.task_type is None:
            message = "没有写地区、部门或事项类型：要对全目录生效，请写在 catalog.yaml 的 profile"
            yield origin.problem(("applies", index), message)


def _one_trigger(documents: Documents, known: Known, profile: Profile, origin: Origin) -> Iterator[Problem]:
    if not all(name in known.params for name in SOON_TRIGGERS):
        return
    days = {date.max, *(setting.from_ for name in SOON_TRIGGERS for setting in profile.params.get(name, ()))}
    for day in sorted(days):
        values = values_at(documents, known, profile.name, day)
        if all(values[name] is not None for name in SOON_TRIGGERS):
            here = next((("params", name) for name in SOON_TRIGGERS if name in profile.params), ())
            both = "、".join(f"{name} = {values[name]}" for name in SOON_TRIGGERS)
            yield origin.problem(here, f"临期只能有一个触发条件，另一个写 null：{both}")
            return


def _rivals(documents: Documents) -> Iterator[Problem]:
    """Two profiles for the same region, agency and type at once: which one holds would be chance."""
    taken: list[tuple[tuple[str | None, ...], Profile]] = []
    for index, profile in enumerate(documents.profiles):
        for at, applies in enumerate(profile.applies):
            key = (applies.region, applies.org, applies.task_type)
            rivals = [other.name for known, other in taken if known == key and any(overlaps((profile, other)))]
            if rivals:
                message = f"与方案「{rivals[0]}」适用于同一地区、部门和事项类型"
                yield documents.origin(Kind.PROFILES, index).problem(("applies", at), message, Severity.ERROR)
            taken.append((key, profile))


def values_at(documents: Documents, known: Known, name: str | None, day: date) -> Mapping[str, Any]:
    """Every parameter's value on a day under a profile and those it extends; defaults where none says otherwise.

    A value that the parameter refuses counts as not written: it is a problem of its own.
    """
    profiles = {profile.name: profile for profile in documents.profiles}
    values: dict[str, Any] = {param.id: param.default for param in known.params.values()}
    chain: list[Profile] = []
    following = profiles.get(name) if name else None
    while following is not None and following not in chain:
        chain.append(following)
        following = profiles.get(following.extends) if following.extends else None
    for profile in reversed(chain):
        for param, settings in profile.params.items():
            for setting in settings:
                if param in known.params and setting.covers(day.toordinal()):
                    try:
                        values[param] = known.params[param].read(setting.value)
                    except ValueError:
                        continue
    return values
