"""What the models refuse, said in Chinese with the value that was written."""

from collections.abc import Mapping
from typing import Any

LONGEST = 60

Context = Mapping[str, Any]

SAID: Mapping[str, str] = {
    "missing": "缺少必填项",
    "extra_forbidden": "没有这个键，写错了或不在此处",
    "value_error": "{error}",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "union_tag_not_found": "缺少 {discriminator}，不知是哪一种",
    "union_tag_invalid": "{discriminator} 只能是 {expected_tags}",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "int_parsing_size": "整数过大",
    "decimal_type": "应是数字，不带单位、千分号",
    "decimal_parsing": "应是数字，不带单位、千分号",
    "decimal_max_places": "小数不超过 {decimal_places} 位",
    "decimal_max_digits": "总位数不超过 {max_digits} 位",
    "decimal_whole_digits": "整数部分不超过 {whole_digits} 位",
    "finite_number": "应是有限的数",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "string_type": "应是文字（数字作文字时加引号）",
    "string_too_short": "不得为空",
    "string_pattern_mismatch": "不合写法 {pattern}",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "tuple_type": "应是列表",
    "dict_type": "应是「键: 值」的一组",
    "model_type": "应是「键: 值」的一组",
    "model_attributes_type": "应是「键: 值」的一组",
    "timezone_aware": "缺时区：写作 2026-02-10T08:00:00+08:00",
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "不是日期，或没有这一天：写作 2026-01-31",
    ),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid"),
        "不是时刻，或没有这一刻：写作 2026-02-10T08:00:00+08:00",
    ),
}
SHOWN_WITHOUT_VALUE = frozenset({"missing", "extra_forbidden", "value_error", "union_tag_not_found"})


def wording(kind: str, context: Context, value: object, words: str) -> str:
    """The message for one refusal: its kind and context, the value refused, and the model's own words."""
    text = SAID[kind].format_map(context).replace(" or ", "、").replace(", ", "、") if kind in SAID else words
    return text if kind in SHOWN_WITHOUT_VALUE else f"{shown(value)}：{text}"


def shown(value: object) -> str:
    """A value as it is quoted in a message, cut if long."""
    match value:
        case None:
            text = "空"
        case bool():
            text = str(value).lower()
        case dict():
            text = "一组键值"
        case list() | tuple():
            text = "列表"
        case _:
            text = str(value)
    return f"「{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}」"
