"""Units of measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import PERIOD_DAYS, convert, find_unit, split_period, unit_name
from matching.codes.facts import table
from matching.errors import InputError, UnknownNameError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("吨", "t"),
        ("噸", "t"),
        ("KG", "kg"),
        ("公斤", "kg"),
        ("千克", "kg"),
        ("㎡", "m2"),
        ("m³", "m3"),
        ("台（套）", "tai"),
        ("kva", "kVA"),
        ("MM", "mm"),
        ("万吨", "wt"),
        ("元", "CNY"),
    ],
)
def test_unit(text: str, code: str) -> None:
    """Codes and aliases, in whatever width or case."""
    assert find_unit(text).code == code


def test_multiple_of_a_unit() -> None:
    """万台 is ten thousand 台."""
    assert convert(3, "万台", "台") == 30_000


@pytest.mark.parametrize(
    ("quantity", "unit", "to", "expected"),
    [
        (2, "吨", "kg", 2_000),
        (500, "公斤", "吨", 0.5),
        (1, "打", "件", 12),
        (3.5, "万件", "个", 35_000),
        (2, "万元", "元", 20_000),
    ],
)
def test_convert(quantity: float, unit: str, to: str, expected: float) -> None:
    """Within one kind a quantity converts."""
    assert convert(quantity, unit, to) == expected


def test_never_across_kinds() -> None:
    """台 never becomes 吨, and 套 never 台."""
    with pytest.raises(InputError, match=r"单位tai（count_machine）不能换算为t（mass）"):
        convert(3, "台", "吨")
    with pytest.raises(InputError, match="不能换算"):
        convert(3, "套", "台")


def test_unknown_unit_names_the_known_ones() -> None:
    """An unknown unit is refused with the list."""
    with pytest.raises(UnknownNameError, match="单位“担”不在允许范围内；允许：吨, 千克"):
        find_unit("担")


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("吨/月", ("吨", "月")),
        ("台/年", ("台", "年")),
        ("万元/季度", ("万元", "季")),
        ("件每天", ("件", "天")),
        ("吨", ("吨", None)),
        ("m3/h", ("m3/h", None)),
        ("吨/人", ("吨/人", None)),
    ],
)
def test_split_period(text: str, split: tuple[str, str | None]) -> None:
    """The period is one of the known ones, or none."""
    assert split_period(text) == split
    assert split[1] is None or split[1] in PERIOD_DAYS


@given(st.floats(0.001, 1e9), st.sampled_from([row["code"] for row in table("units")]))
def test_there_and_back(quantity: float, code: str) -> None:
    """Converting to the base and back gives the quantity again."""
    unit = find_unit(code)
    base = next(row["code"] for row in table("units") if row["kind"] == unit.kind)
    assert convert(convert(quantity, code, base), base, code) == pytest.approx(quantity, rel=1e-12)


@pytest.mark.parametrize(
    ("code", "name"),
    [("t", "吨"), ("piece", "件"), ("CNY", "元"), ("公斤", "千克"), ("万tai", "万台"), ("GT", "总吨")],
)
def test_units_are_shown_by_their_chinese_names(code: str, name: str) -> None:
    assert unit_name(code) == name
