from pathlib import Path

import pytest

from tests.rules.catalog.writing import linted


def of_profile(directory: Path, *lines: str) -> list[str]:
    """What is said of one profile with these lines, the first of them on line 6."""
    text = "\nprofiles:\n  - name: p\n    title: 方案\n    basis: 示1号\n" + "".join(f"    {line}\n" for line in lines)
    return linted(directory, profiles=text)


def setting(param: str, value: str, dates: str = "") -> list[str]:
    return ["params:", f"  {param}:", f"    - {{value: {value}, basis: 示2号{dates}}}"]


class TestParameters:
    def test_a_known_parameter_with_a_fitting_value_passes(self, tmp_path: Path) -> None:
        assert [] == of_profile(tmp_path, *setting("OT_PROMISE_OVERDUE.red_after", "5"))

    def test_an_unknown_rule_is_named_with_its_line(self, tmp_path: Path) -> None:
        found = of_profile(tmp_path, *setting("OT_PROMISE_SOONER.before", "1"))

        assert ["profiles.yaml:7 profiles[0].params.OT_PROMISE_SOONER.before 没有规则 OT_PROMISE_SOONER"] == found

    def test_an_unknown_parameter_says_which_there_are(self, tmp_path: Path) -> None:
        (found,) = of_profile(tmp_path, *setting("OT_REPLY_OVERDUE.days", "1"))

        assert found.startswith(
            "profiles.yaml:7 profiles[0].params.OT_REPLY_OVERDUE.days 规则 OT_REPLY_OVERDUE 没有参数 "
        )
        assert found.endswith(
            "OT_REPLY_OVERDUE.days，有 OT_REPLY_OVERDUE.appeal_days、OT_REPLY_OVERDUE.limit、OT_REPLY_OVERDUE.raises"
        )

    def test_a_rule_without_parameters_says_so(self, tmp_path: Path) -> None:
        (found,) = of_profile(tmp_path, *setting("SK_DECIDE_NOACCEPT.days", "1"))

        assert found.endswith("规则 SK_DECIDE_NOACCEPT 没有参数 SK_DECIDE_NOACCEPT.days，有 （无）")

    @pytest.mark.parametrize(
        ("param", "value"),
        [
            ("OT_PROMISE_OVERDUE.red_after", "三"),
            ("OT_PROMISE_OVERDUE.red_after", "1.5"),
            ("OT_PROMISE_OVERDUE.red_after", "true"),
            ("OT_PROMISE_OVERDUE.level", "橙"),
            ("OT_PROMISE_OVERDUE.cutoff", "noon"),
            ("OT_REPLY_OVERDUE.raises", "1"),
            ("OT_REPLY_OVERDUE.limit", "null"),
            ("SK_BACKFILL.share", "两成"),
        ],
    )
    def test_a_value_of_another_kind_is_refused_where_it_stands(self, tmp_path: Path, param: str, value: str) -> None:
        (found,) = of_profile(tmp_path, *setting(param, value))

        assert found.startswith(f"profiles.yaml:8 profiles[0].params.{param}[0].value 取值不合参数 {param}：")

    def test_the_configuration_rules_have_parameters_too(self, tmp_path: Path) -> None:
        assert [] == of_profile(tmp_path, *setting("CF_PROMISE_WEAK.share", "0.6"))

    def test_a_key_that_is_no_parameter_says_how_to_write_one(self, tmp_path: Path) -> None:
        (found,) = of_profile(tmp_path, *setting("red_after", "1"))

        assert found.endswith("「red_after」不是参数：写作 规则编号.参数名")

    def test_two_values_for_one_day_are_refused(self, tmp_path: Path) -> None:
        lines = setting("OT_PROMISE_OVERDUE.red_after", "5", ", until: 2026-03-02")
        (found,) = of_profile(tmp_path, *lines, "    - {value: 3, basis: 示3号, from: 2026-03-01}")

        assert found.startswith("profiles.yaml:9 profiles[0].params.OT_PROMISE_OVERDUE.red_after[1] ")
        assert found.endswith("参数 OT_PROMISE_OVERDUE.red_after 自 2026-03-01 起有两个取值：日期重叠")


class TestTrigger:
    def test_the_first_colour_has_one_trigger(self, tmp_path: Path) -> None:
        (found,) = of_profile(tmp_path, *setting("OT_PROMISE_SOON.used_share", "0.9"))

        assert found.startswith(
            "profiles.yaml:7 profiles[0].params.OT_PROMISE_SOON.used_share 临期只能有一个触发条件，另一个写 null："
        )
        assert found.endswith("OT_PROMISE_SOON.before = 1、OT_PROMISE_SOON.used_share = 0.9")

    def test_the_other_trigger_may_be_switched_off_in_the_profile_below(self, tmp_path: Path) -> None:
        assert [] == of_profile(tmp_path, "extends: percent", *setting("OT_PROMISE_SOON.used_share", "0.8"))

    def test_a_trigger_added_later_is_found_on_its_day(self, tmp_path: Path) -> None:
        lines = setting("OT_PROMISE_SOON.used_share", "null", ", until: 2026-03-01")
        lines += ["    - {value: 0.9, basis: 示3号, from: 2026-03-01, until: 2026-04-01}"]
        lines += ["    - {value: null, basis: 示4号, from: 2026-04-01}"]

        (found,) = of_profile(tmp_path, *lines)

        assert "临期只能有一个触发条件" in found


class TestProfile:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("extends: q", "extends 没有阈值方案「q」"),
            ("extends: p", "extends extends 成环：p → p"),
            ("off: [OT_PROMISE_SOON, OT_NONE]", "off[1] 没有规则 OT_NONE"),
            ("scores: {yellow: -5, orange: -3}", "scores.orange 没有级别「orange」，有 notice、red、yellow"),
            ("applies: [{org: A9}]", "applies[0].org 部门 A9 没有登记（agencies）"),
            (
                "applies: [{}]",
                "applies[0] 没有写地区、部门或事项类型：要对全目录生效，请写在 catalog.yaml 的 profile",
            ),
        ],
    )
    def test_a_wrong_entry_is_named(self, tmp_path: Path, line: str, said: str) -> None:
        assert [f"profiles.yaml:6 profiles[0].{said}"] == of_profile(tmp_path, line)

    def test_profiles_that_extend_each_other_are_both_named(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            profiles="""
            profiles:
              - {name: p, title: 一, basis: 示1号, extends: q}
              - {name: q, title: 二, basis: 示1号, extends: p}
              - {name: r, title: 三, basis: 示1号, extends: p}
            """,
        )

        assert [
            "profiles.yaml:3 profiles[0].extends extends 成环：p → q → p",
            "profiles.yaml:4 profiles[1].extends extends 成环：q → p → q",
        ] == found

    def test_two_profiles_for_the_same_cases_are_refused(self, tmp_path: Path) -> None:
        found = linted(
            tmp_path,
            profiles="""
            profiles:
              - {name: p, title: 一, basis: 示1号, applies: [{region: 1}, {org: A1}]}
              - {name: q, title: 二, basis: 示1号, applies: [{region: 2}, {org: A1}]}
              - {name: r, title: 三, basis: 示1号, until: 2020-01-01, applies: [{region: 3}]}
              - {name: s, title: 四, basis: 示1号, from: 2020-01-01, applies: [{region: 3}]}
            """,
        )

        assert ["profiles.yaml:4 profiles[1].applies[1] 与方案「p」适用于同一地区、部门和事项类型"] == found

    def test_the_head_must_choose_a_profile_there_is(self, tmp_path: Path) -> None:
        found = linted(tmp_path, catalog="name: 试\ntitle: 试\nedition: 1\nprofile: 没有\n")

        assert ["catalog.yaml:4 profile 没有阈值方案「没有」，有 default、one_day、percent、two_colour"] == found
