"""Plain numbers, quantities with units, Chinese numerals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import CellError, chinese_number, parse_number, parse_quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("一百二十", 120),
        ("三百二", 320),
        ("三百零二", 302),
        ("一万五", 15_000),
        ("一万零五百", 10_500),
        ("两千零五", 2_005),
        ("三点五万", 35_000),
        ("二〇二五", 2_025),
        ("壹佰贰拾", 120),
        ("一亿二千万", 120_000_000),
    ],
)
def test_chinese_number(text: str, value: float) -> None:
    """Numerals read as they are spoken."""
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "百", "万", "三四十", "几十", "12"])
def test_no_chinese_number(text: str) -> None:
    """A bare place, a vague numeral and digits are none."""
    assert chinese_number(text) is None


def _spoken(number: int) -> str:
    """Write a number below a hundred million the plain way."""
    digits, places = "零一二三四五六七八九", (("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
    if number < 10:
        return digits[number]
    mark, size = next(place for place in places if number >= place[1])
    head, rest = divmod(number, size)
    gap = "零" if rest and rest < size // 10 else ""
    return _spoken(head) + mark + gap + (_spoken(rest) if rest else "")


@given(st.integers(0, 10**8 - 1))
def test_chinese_number_reads_back_what_was_written(number: int) -> None:
    """Every number below a hundred million survives being written out."""
    assert chinese_number(_spoken(number)) == number


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,250.50", 1250.5),
        ("１２", 12),
        ("三百", 300),
        ("12个", 12),
        ("40%", 0.4),
        (7, 7),
        (np.float64(2.5), 2.5),
        (np.int64(3), 3),
    ],
)
def test_number(cell: object, value: float) -> None:
    """Plain numbers in any spelling; counters are passed over."""
    assert parse_number(cell).value == value


@pytest.mark.parametrize("cell", [True, "3台", "abc", "1e99"])
def test_number_refuses(cell: object) -> None:
    """A truth value, a unit and absurd sizes are no plain number."""
    with pytest.raises(CellError):
        parse_number(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "quantity"),
    [
        ("12 台/月", None, (12, "台/月")),
        ("5,000件", None, (5_000, "件")),
        ("3.5万只", None, (35_000, "只")),
        ("3.5万 只/年", None, (35_000, "只/年")),
        ("月产100吨", None, (100, "吨/月")),
        ("每月12", "台", (12, "台/月")),
        ("100吨每月", None, (100, "吨/月")),
        ("不超过20吨", None, (20, "吨")),
        (500, "台", (500, "台")),
        ("500", "万只", (5_000_000, "只")),
        ("2万", "万只", (20_000, "只")),
        ("3台(套)", None, (3, "台(套)")),
        ("5千克", None, (5, "千克")),
        ("1000m3/h", None, (1_000, "m3/h")),
        ("一批", None, (1, "批")),
        (500, None, (500, None)),
    ],
)
def test_quantity(cell: object, unit: str | None, quantity: tuple[float, str | None]) -> None:
    """A quantity comes with its unit; the cell's own unit goes before the header's."""
    parsed = parse_quantity(cell, unit)
    assert (parsed.value, parsed.notes) == (quantity, ())


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        ("约20吨", 20, "“约20吨”为约数，请核实"),
        ("100余台", 100, "“100余台”为约数，请核实"),
        ("20-30吨", 30, "数量为区间，按上限"),
        ("≥20吨", 20, "数量只给出下限，按下限计"),
    ],
)
def test_quantity_with_a_note(cell: str, value: float, note: str) -> None:
    """Hedges and ranges are read and said."""
    parsed = parse_quantity(cell)
    assert parsed.value is not None
    assert (parsed.value[0], [words.zh for words in parsed.notes]) == (value, [note])


@pytest.mark.parametrize("cell", ["若干", "3×5台", "2套+3台", "10%", "30-20吨", "kg", True])
def test_quantity_refuses(cell: object) -> None:
    """Sums, products, rates and vague words are no quantity."""
    with pytest.raises(CellError):
        parse_quantity(cell)


@pytest.mark.parametrize("cell", ["-3台", -5.0, -1])
def test_a_quantity_below_zero_is_told_as_such(cell: object) -> None:
    with pytest.raises(CellError, match="数量不能为负"):
        parse_quantity(cell)


def test_a_whole_number_is_shown_as_its_sheet_shows_it() -> None:
    with pytest.raises(CellError, match="“1000000000000000000”不是数量"):
        parse_quantity(1e18)
