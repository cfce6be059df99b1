"""Cells of how a product is made: hours per unit, months, and what they say about units beside them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from matching.records.reading import Reading
from matching.supply.records import CapacityOffer

HOURS = {"capacity": "2000工时/月"}


def read(**cells: Any) -> tuple[CapacityOffer, list[str]]:
    """Read one row as a sheet of 2026 would, with the notes it is given."""
    reading = Reading(cells=cells, year=2026)
    row = {"enterprise": "长江铸造", "product": "阀体", **cells}
    made = CapacityOffer.model_validate(row, context=reading)
    return made, [note.zh for some in reading.notes.values() for note in some]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0.5", (0.5, None)),
        (0.5, (0.5, None)),
        ("0.5工时/件", (0.5, "piece")),
        ("30分钟/件", (0.5, "piece")),
        ("2小时/吨", (2, "t")),
        ("2h每吨", (2, "t")),
        ("0.25工日/台", (2, "tai")),
        ("1.5小时", (1.5, None)),
    ],
)
def test_hours_per_unit(cell: Any, expected: tuple[float, str | None]) -> None:
    made, notes = read(**HOURS, unit_hours=cell)
    assert (made.unit_hours, made.product_unit) == expected
    assert not notes


@pytest.mark.parametrize("capacity", ["2000工时/月", "2000台时/月", "2000小时/月", "2000机时/月"])
def test_hours_of_machines_and_people_are_hours(capacity: str) -> None:
    made, _ = read(capacity=capacity, unit_hours="0.5工时/件")
    assert (made.capacity, made.capacity_unit, made.period) == (2000, "worker_hour", "month")


def test_price_and_minimum_order_are_of_the_product() -> None:
    made, _ = read(**HOURS, unit_hours="2小时/吨", price="80元/kg", moq="500kg", price_tiers="10:79000")
    assert (made.price, made.moq, made.price_tiers) == (80_000, 0.5, ((10, 79_000),))


def test_the_unit_of_the_product_may_stand_in_its_own_column_or_behind_the_price() -> None:
    assert read(**HOURS, unit_hours="0.5", product_unit="件")[0].product_unit == "piece"
    assert read(**HOURS, unit_hours="0.5", price="80元/件")[0].product_unit == "piece"
    made, _ = read(**HOURS, unit_hours="0.5", price="80", moq="20")
    assert (made.product_unit, made.price, made.moq) == (None, 80, 20)


def test_the_price_of_the_product_is_no_unit_of_its_capacity() -> None:
    """2000 of nobody knows what: not 2000 pieces a month because they cost 80 a piece."""
    assert read(capacity="2000", unit_hours="0.5", price="80元/件")[0].capacity_unit is None
    assert read(capacity="2000", price="80元/件")[0].capacity_unit == "piece"
    assert read(capacity="2000", unit_hours="待定", price="80元/件")[0].capacity_unit == "piece"


def test_hours_per_unit_beside_a_capacity_of_tonnes_are_left_out() -> None:
    made, notes = read(capacity="300吨/月", unit_hours="2小时/吨", moq="5")
    assert (made.unit_hours, made.product_unit, made.moq) == (None, None, 5)
    assert notes == ["产能不按工时计，unit_hours未采用"]


def test_a_unit_of_product_without_hours_is_left_out() -> None:
    made, notes = read(capacity="300吨/月", product_unit="件")
    assert made.product_unit is None
    assert notes == ["没有单位工时，product_unit未采用"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("0.5件/小时", "“件”不是工时"),
        ("0", "应大于0"),
        ("-1", "不能为负"),
        ("半小时", "不是unit_hours"),
        ("2小时/担", "不在允许范围内"),
    ],
)
def test_wrong_hours_are_refused(cell: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        read(**HOURS, unit_hours=cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03:300；2026-04:200",
        "2026-04：200; 2026-03：300",
        "2026年3月:300、2026年4月份:200",
        "202603:300，202604:200",
        "2026/3:300\n2026.4:200",
        (("2026-04", 200.0), ("2026-03", 300.0)),
    ],
)
def test_months(cell: Any) -> None:
    made, notes = read(monthly=cell, capacity_unit="吨")
    assert dict(made.monthly) == {"2026-03": 300, "2026-04": 200}
    assert [made.capacity, made.capacity_unit, made.period, made.capacity_basis, notes] == [
        *(None, "t", None, "declared", []),
    ]


def test_months_tell_their_unit() -> None:
    made, _ = read(monthly="2026-03:300吨/月；2026-04:200000千克；2026-05:1,200")
    assert dict(made.monthly) == {"2026-03": 300, "2026-04": 200, "2026-05": 1200}
    assert made.capacity_unit == "t"
    made, _ = read(monthly="2026-03:3万元；2026-04:5", capacity_unit="万元")
    assert (dict(made.monthly), made.capacity_unit) == ({"2026-03": 30_000, "2026-04": 50_000}, "CNY")


def test_a_month_without_a_year_is_of_the_lists_year() -> None:
    made, notes = read(monthly="3月:300吨")
    assert dict(made.monthly) == {"2026-03": 300}
    assert notes == ["缺少年份，按填报年度2026"]


def test_a_month_that_makes_nothing_is_told() -> None:
    assert dict(read(monthly="2026-03:0；2026-04:5")[0].monthly) == {"2026-03": 0, "2026-04": 5}


def test_the_word_month_beside_months_says_nothing_new() -> None:
    assert read(monthly="2026-03:3", capacity_unit="吨/月", period="月")[0].period is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"monthly": "2026-03:300；2026-3:200"}, "2026-03 写了不止一次"),
        ({"monthly": "2026-03:-3"}, "不能为负"),
        ({"monthly": "2026-13:3"}, "应写成“2026-03:300；2026-04:200”"),
        ({"monthly": "每月300吨"}, "应写成“2026-03:300；2026-04:200”"),
        ({"monthly": "2026-03:"}, "应写成“2026-03:300；2026-04:200”"),
        ({"monthly": "2026-03:3吨；2026-04:5台"}, "不能换算"),
        ({"monthly": "2026-03:300吨/年"}, "不应带周期"),
        ({"monthly": "1803-03:300"}, "超出范围"),
        ({"monthly": "2026-03:1e15"}, "应不超过"),
        ({"monthly": "2026-03:300", "capacity": "500吨"}, "只能填写一项"),
        ({"monthly": "2026-03:300", "period": "年"}, "已逐月写明产能"),
    ],
)
def test_wrong_months_are_refused(cells: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        read(**cells)


def test_a_record_comes_back_from_plain_data() -> None:
    made, _ = read(monthly="2026-03:300工时；2026-04:200", unit_hours="30分钟/件", line="一号线", moq="2打")
    assert CapacityOffer.model_validate_json(made.model_dump_json()) == made
