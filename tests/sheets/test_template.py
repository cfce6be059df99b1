"""Empty forms, and lists of records written as forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import InputError
from matching.records.enterprise import ENTERPRISES
from matching.sheets import read_listing, write_records, write_template
from matching.supply.records import HISTORY, NEEDS, OFFERS, CapacityOffer, Contract, ProcurementNeed

FORMS = pytest.mark.parametrize("form", [NEEDS, OFFERS, HISTORY, ENTERPRISES], ids=lambda form: form.kind)


@FORMS
def test_an_empty_form_holds_no_record(tmp_path: Path, form: Any) -> None:
    """Its example row is not read."""
    with pytest.raises(InputError, match="表头下面没有数据行"):
        read_listing(write_template(form, tmp_path / "空表.xlsx"), form)


@FORMS
def test_the_example_row_is_itself_in_order(tmp_path: Path, form: Any) -> None:
    """With its mark taken off, the example reads without any problem, and every column is known."""
    path = write_template(form, tmp_path / "样表.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["A4"] = 1
    book.save(path)
    listing = read_listing(path, form)
    assert [row.action for row in listing.rows] == ["accept"]
    assert (listing.notes, listing.problems) == ((), ())
    assert set(listing.headers.values()) - {""} == set(form.columns)


def test_the_example_of_an_offer_is_a_firm_one_would_deal_with(tmp_path: Path) -> None:
    """Senders copy the example: neither blacklisted nor a large firm with the title of a small one."""
    path = write_template(OFFERS, tmp_path / "样表.xlsx")
    heads, example = openpyxl.load_workbook(path).active.iter_rows(min_row=3, max_row=4, values_only=True)
    shown = dict(zip(heads, example, strict=True))
    assert (shown["是否失信"], shown["企业规模"], shown["链上角色"]) == ("否", "小型", "配套")


def test_a_form_says_how_to_fill_it_in(tmp_path: Path) -> None:
    """Required columns are marked red with *, comments and drop-downs help, dates have their format."""
    sheet = openpyxl.load_workbook(write_template(NEEDS, tmp_path / "样表.xlsx")).active
    heads = {cell.value: cell for cell in sheet[3]}
    assert heads["需求单位*"].font.color.rgb == "FFC00000"
    assert heads["需求单位*"].comment.text.startswith("必填")
    assert "预算(万元)" in heads
    assert "可填：是、否" in heads["是否接受联合体"].comment.text
    letter = heads["是否接受联合体"].column_letter
    assert any(f"{letter}4" in str(rule.sqref) for rule in sheet.data_validations.dataValidation)
    assert sheet.column_dimensions[heads["发布日期"].column_letter].number_format == "yyyy-mm-dd"


def test_all_fields_come_back(tmp_path: Path) -> None:
    """Each kind of field survives being written and read."""
    need = ProcurementNeed(
        need_id="X-1",
        enterprise="甲公司",
        title="阀体",
        content="=A1 铸件",
        industry="3391",
        quantity=120.5,
        unit="t",
        splittable=True,
        min_split=5,
        max_suppliers=3,
        need_by=date(2026, 3, 1),
        need_from=date(2026, 2, 1),
        region="夷陵区|点军区",
        adcode="420506",
        price_max=8123.45,
        budget_cny=1_234_567.89,
        duration_days=90,
        hard_certs=("ISO9001",),
        exclude=("乙公司", "丙公司"),
        priority=3,
        visibility="隐去单位名称",
        consortium_ok=False,
        published_on=date(2026, 1, 5),
        contact="张三 1",
    )
    assert _back(tmp_path, NEEDS, need) == need
    offer = CapacityOffer(
        offer_id="C-1",
        enterprise="乙公司",
        product="铸造",
        capacity=3e6,
        capacity_unit="CNY",
        period="quarter",
        capacity_basis="inferred",
        note="规模按历史合同推算",
        price_tiers=((100.0, 8000.0), (500.0, 7800.5)),
        lead_days=30,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        service_regions=("宜昌市", "荆州市"),
        max_km=150,
        certs=(("ISO9001", date(2027, 5, 1)), ("ISO14001", None)),
        running=4,
        size="small",
        chain_role="配套",
        blacklisted=False,
        max_share_one_buyer=0.4,
    )
    assert _back(tmp_path, OFFERS, offer) == offer
    contract = Contract(enterprise="丙", title="桥", amount_cny=0.1 + 0.2, outcome="shortlisted")
    assert _back(tmp_path, HISTORY, contract) == contract


WORDS = st.text("甲乙丙丁戊阀泵管铸件加工0123456789", min_size=2, max_size=12).map(lambda text: f"厂{text}")


@given(
    st.builds(
        ProcurementNeed,
        need_id=st.none() | st.from_regex(r"[A-Z]{2}-[0-9]{3}", fullmatch=True),
        enterprise=WORDS,
        title=WORDS,
        content=st.none() | WORDS,
        quantity=st.none() | st.integers(1, 10**12).map(lambda steps: steps / 1000),
        budget_cny=st.none() | st.floats(1, 1e9).map(lambda amount: round(amount, 2)),
        duration_days=st.none() | st.integers(1, 2000),
        published_on=st.none() | st.dates(date(2015, 1, 1), date(2035, 1, 1)),
        consortium_ok=st.none() | st.booleans(),
        exclude=st.lists(WORDS, max_size=3, unique=True).map(tuple),
    )
)
def test_a_record_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, need: ProcurementNeed
) -> None:
    """What is written reads back as the same record; a sheet keeps fifteen digits."""
    assert _back(tmp_path_factory.mktemp("表"), NEEDS, need) == need


def _back(folder: Path, form: Any, record: Any) -> Any:
    (read,) = read_listing(write_records([record], form, folder / "表.xlsx"), form).records
    return read.model_copy(update={"source": record.source})
