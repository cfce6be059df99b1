"""Cell types: what each column takes, and what it says to what it does not take."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from matching.errors import ChainMatchError
from matching.records.enterprise import Enterprise
from matching.records.reading import Reading
from matching.supply.records import CapacityOffer, Contract, ProcurementNeed
from matching.words import Words

NEED = {"enterprise": "甲", "title": "泵"}
OFFER = {"enterprise": "乙", "product": "铸造"}


def need(reading: Reading | None = None, **cells: Any) -> ProcurementNeed:
    """Validate a need's cells as a sheet would."""
    return ProcurementNeed.model_validate({**NEED, **cells}, context=reading or Reading())


def offer(reading: Reading | None = None, **cells: Any) -> CapacityOffer:
    """Validate an offer's cells as a sheet would."""
    return CapacityOffer.model_validate({**OFFER, **cells}, context=reading or Reading())


def reason(record: type[Any], **cells: Any) -> Words:
    """Give the sentence of the one wrong cell."""
    with pytest.raises(ValidationError) as caught:
        record.model_validate(cells, context=Reading())
    (item,) = caught.value.errors()
    cause = item["ctx"]["error"]
    assert isinstance(cause, ChainMatchError)
    return cause.words


def test_a_record_made_in_a_program_takes_plain_values() -> None:
    """Money is CNY, days are days; nothing else is needed."""
    made = ProcurementNeed(
        enterprise="甲", title="泵", budget_cny=5000.0, duration_days=30, hard_certs=("ISO9001",)
    )
    assert (made.budget_cny, made.duration_days, made.hard_certs, made.unit) == (
        5000.0,
        30,
        ("ISO9001",),
        None,
    )
    assert (
        CapacityOffer(enterprise="乙", product="x", capacity=3, capacity_unit="t").capacity_basis
        == "declared"
    )
    assert ProcurementNeed(enterprise="甲", title="泵", region="点军区").adcode == "420504"


def test_a_unit_in_a_quantity_needs_a_sheet_to_be_told() -> None:
    """Outside a sheet nothing would keep the unit, so it is asked for by itself."""
    with pytest.raises(ValidationError, match="请分开给出"):
        ProcurementNeed.model_validate({**NEED, "quantity": "12台"})


@pytest.mark.parametrize(
    ("cells", "quantity", "unit"),
    [
        ({"quantity": 12}, 12, None),
        ({"quantity": "12台"}, 12, "tai"),
        ({"quantity": 5, "unit": "吨"}, 5, "t"),
        ({"quantity": "3公斤", "unit": "吨"}, 3, "kg"),
        ({"quantity": 5, "price_max": "4500元/吨"}, 5, "t"),
    ],
)
def test_quantities_find_their_unit(cells: dict[str, Any], quantity: float, unit: str | None) -> None:
    """In the cell, in the unit's own column, or behind the price."""
    made = need(Reading(cells=cells), **cells)
    assert (made.quantity, made.unit) == (quantity, unit)


def test_prices_count_per_unit_of_the_record() -> None:
    """2元/公斤 is 2000 per tonne; a price per piece of something weighed is an error."""
    assert need(quantity="5吨", price_max="2元/公斤").price_max == 2000
    assert offer(capacity="5吨/月", price="2元/公斤").price == 2000
    assert offer(price=4500).price == 4500
    words = reason(CapacityOffer, **OFFER, capacity="5吨/月", price="3000元/台")
    assert words.zh == "price的单位与数量的单位不是一类（t、台）"


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("12 台/月", "", (12, "tai", "month")),
        (300, "万元/季", (3_000_000, "CNY", "quarter")),
        ("500吨", "", (500, "t", None)),
        ("2吨/天", "", (60, "t", "month")),
        ("100吨/半年", "", (200, "t", "year")),
        (7, "", (7, None, None)),
    ],
)
def test_capacities_per_period(cell: Any, unit: str, expected: tuple[Any, ...]) -> None:
    """Days and half years are turned into months and years, money into CNY."""
    made = offer(Reading(units={"capacity": unit}), capacity=cell)
    assert (made.capacity, made.capacity_unit, made.period) == expected


@pytest.mark.parametrize(
    ("cell", "beside", "expected"),
    [
        (900, "吨/月", (900, "t", "month")),
        (900, "万元", (9_000_000, "CNY", None)),
        (900, "万元/季", (9_000_000, "CNY", "quarter")),
        ("900吨/年", "千克/月", (900, "t", "year")),
    ],
)
def test_the_unit_column_scales_a_bare_number(cell: Any, beside: str, expected: tuple[Any, ...]) -> None:
    """A unit column may name the period or 万元; what the capacity's own cell says wins."""
    cells = {"capacity": cell, "capacity_unit": beside}
    made = offer(Reading(cells=cells), **cells)
    assert (made.capacity, made.capacity_unit, made.period) == expected


def test_whose_word_a_capacity_is() -> None:
    """A remark says inferred; without one it is declared; without capacity it is nobody's."""
    assert offer(capacity=5).capacity_basis == "declared"
    assert offer(capacity=5, note="规模按历史合同推算").capacity_basis == "inferred"
    assert offer(capacity=5, capacity_basis="推算").capacity_basis == "inferred"
    assert offer(note="规模按历史合同推算").capacity_basis is None


def test_parts_are_in_the_unit_of_the_whole() -> None:
    """A minimum of 500 kg of a capacity in tonnes is half a tonne; a part exceeds no whole."""
    assert offer(capacity="5吨/月", moq="500公斤").moq == 0.5
    assert need(quantity="5吨", min_split="500公斤").min_split == 0.5
    assert reason(ProcurementNeed, **NEED, quantity=5, min_split=6).zh == "min_split大于数量"


def test_a_unit_of_a_part_without_a_whole_is_left_out() -> None:
    """Unknown stays unknown, and is said."""
    reading = Reading()
    assert offer(reading, moq="5吨").moq is None
    assert [note.zh for note in reading.notes["moq"]] == ["写明了单位，但数量的单位未知，未采用"]


def test_regions_tell_their_code() -> None:
    """The first region's code; several are joined."""
    reading = Reading(home="420500")
    made = need(reading, region="夷陵区、点军区")
    assert (made.region, made.adcode, len(reading.notes["region"])) == ("夷陵区|点军区", "420506", 1)
    assert offer(service_regions="全国").service_regions == ("全国",)
    assert offer(Reading(home="420500"), service_regions="市本级、当阳").service_regions == (
        "宜昌市",
        "当阳市",
    )


def test_certificates_keep_their_last_day() -> None:
    """A date in brackets is when it ends; without one that is unknown; none is named twice."""
    made = offer(certs="ISO9001（有效期至2027-05-01）；ISO14001；ISO9001")
    assert made.certs == (("ISO9001", date(2027, 5, 1)), ("ISO14001", None))


def test_delivery_periods_and_their_order() -> None:
    """One cell may hold both days; days in the wrong order are an error."""
    made = need(need_by="2026年1月5日至2月3日")
    assert (made.need_from, made.need_by) == (date(2026, 1, 5), date(2026, 2, 3))
    words = reason(ProcurementNeed, **NEED, need_by=date(2026, 1, 1), need_from=date(2026, 2, 1))
    assert words.zh == "need_from 2026-02-01 与另一日期先后颠倒（2026-01-01）"
    assert reason(CapacityOffer, **OFFER, valid_from="2026-02-01", valid_to="2026-01-01").en.startswith(
        "valid_to"
    )


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("priority", "高", 3),
        ("priority", "2", 2),
        ("max_suppliers", 3.0, 3),
        ("visibility", "不公开", "不公开"),
        ("exclude", "甲厂；乙厂、甲厂", ("甲厂", "乙厂")),
        ("need_id", 12.0, "12"),
        ("need_id", " Ａ-１ 2", "A-12"),
        ("category", "待定", None),
        ("industry", "C3443", "3443"),
        ("contact", 13800000000.0, "13800000000"),
    ],
)
def test_cells_of_needs(field: str, cell: Any, value: Any) -> None:
    """One example of each type."""
    assert getattr(need(**{field: cell}), field) == value


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("max_share_one_buyer", "40%", 0.4),
        ("max_share_one_buyer", 0.4, 0.4),
        ("running", 7.0, 7),
        ("size", "中型企业", "medium"),
        ("chain_role", "链主企业", "链主"),
        ("blacklisted", "否", False),
        ("price_tiers", "500:4300；100:4500元", ((100, 4500), (500, 4300))),
        ("price_tiers", "≥100吨：4500", ((100, 4500),)),
        ("period", "季度", "quarter"),
        ("max_km", "150公里", 150),
        ("uscc", "91420500MA48XXXX0X", None),
    ],
)
def test_cells_of_offers(field: str, cell: Any, value: Any) -> None:
    """One example of each type."""
    assert getattr(offer(**{field: cell}), field) == value


@pytest.mark.parametrize(
    ("record", "usual", "field", "cell", "words"),
    [
        (ProcurementNeed, NEED, "quantity", 0, "大于0"),
        (ProcurementNeed, NEED, "quantity", 1e13, "不超过"),
        (ProcurementNeed, NEED, "quantity", "5吨/月", "不应带周期"),
        (ProcurementNeed, NEED, "unit", "筐箩", "筐箩"),
        (ProcurementNeed, NEED, "priority", 0, "不小于1"),
        (ProcurementNeed, NEED, "max_suppliers", 2.5, "整数"),
        (ProcurementNeed, NEED, "max_suppliers", "高", "高"),
        (ProcurementNeed, NEED, "visibility", "随便", "允许：公开, 隐去单位名称, 定向, 不公开"),
        (ProcurementNeed, NEED, "industry", "9999", "9999"),
        (CapacityOffer, OFFER, "max_share_one_buyer", "140%", "不超过1"),
        (CapacityOffer, OFFER, "running", -1, "应为0到"),
        (CapacityOffer, OFFER, "period", "世纪", "月、季、年"),
        (CapacityOffer, OFFER, "price_tiers", "便宜", "100:4500"),
        (CapacityOffer, OFFER, "chain_role", "龙头", "链主, 骨干, 配套"),
        (Contract, NEED, "outcome", "流标", "中标 或 入围"),
        (Enterprise, {"enterprise": "甲"}, "position", "顶上", "上游, 中游, 下游"),
    ],
)
def test_wrong_cells_say_why(record: Any, usual: dict[str, str], field: str, cell: Any, words: str) -> None:
    """The sentence names what is allowed."""
    assert words in reason(record, **usual, **{field: cell}).zh


def test_a_lot_that_does_not_divide_the_quantity_is_left_out() -> None:
    """250 pieces in lots of 100 would come to 200 or 300: the lot is not used, and the row says so."""
    reading = Reading()
    row = {**NEED, "quantity": 250, "unit": "件"}
    assert ProcurementNeed.model_validate({**row, "lot_step": 50}, context=reading).lot_step == 50
    assert not reading.notes
    assert ProcurementNeed.model_validate({**row, "lot_step": 100}, context=reading).lot_step is None
    assert [words.zh for words in reading.notes["lot_step"]] == ["数量 250 不是lot_step 100 的整数倍，未采用"]


def test_the_shortlist_is_kept_apart() -> None:
    """未中标 holds the word 中标, and is none."""
    cells = {
        None: "won",
        "中标": "won",
        "第一中标候选人": "shortlisted",
        "入围": "shortlisted",
        "未中标": "shortlisted",
    }
    for cell, outcome in cells.items():
        assert Contract.model_validate({**NEED, "outcome": cell}, context=Reading()).outcome == outcome


def test_all_wrong_cells_of_a_row_are_found() -> None:
    """One error per wrong field, in the order of the fields."""
    with pytest.raises(ValidationError) as caught:
        need(enterprise=None, quantity=-1, budget_cny="三台", published_on="2025-13-01")
    assert [item["loc"][0] for item in caught.value.errors()] == [
        "enterprise",
        "quantity",
        "budget_cny",
        "published_on",
    ]
