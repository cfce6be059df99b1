"""Whatever stands in a table, reading it gives records or an error with a sentence, never anything else."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import ChainMatchError
from matching.records import Form
from matching.records.enterprise import ENTERPRISES
from matching.sheets import Heading, Table, checked_rows, read_listing, write_returned, write_workbook
from matching.supply.records import HISTORY, NEEDS, OFFERS
from tests.sheets.biff import xls
from tests.sheets.writing import HEADER, need, write_book

FORMS = (NEEDS, OFFERS, HISTORY, ENTERPRISES)
DIRT = (
    *(
        "待定",
        "/",
        "约五百",
        "500-300",
        "1,2,3",
        "=1+1",
        "#REF!",
        "2025年",
        "13月",
        "****年10月",
        "３台",
        "是/否",
        "㎡",
    ),
    *(
        "[请填写]",
        "\ufffd",
        "nan",
        "1e999",
        "９" * 40,
        "小计",
        "合计",
        "填表人：",
        "示例",
        "万元",
        "元/吨",
        "-",
        "()",
        "（",
    ),
    *(
        "全国",
        "市本级",
        "夷陵区、点军区",
        "ISO9001（有效期至",
        "100:4500；x",
        "百分之五",
        "40%",
        "壹佰万元整",
        "\u202e",
    ),
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(DIRT),
    st.text(max_size=12),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2199, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Form, list[list[Any]]]:
    """A form, and a table that begins with some of its headers."""
    form = draw(st.sampled_from(FORMS))
    names = [draw(st.sampled_from(column.headers)) for column in form.columns.values()]
    header = [
        *(form.columns[name].headers[0] for name in form.required),
        *draw(st.lists(st.sampled_from(names), max_size=9)),
    ]
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), min_size=1, max_size=5))
    return form, [header, *rows]


@given(tables())
@settings(max_examples=150)
def test_any_text_table_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[Form, list[list[Any]]]
) -> None:
    """Nothing but the library's own errors comes out; what was read can be shown and sent back."""
    form, rows = table
    path = tmp_path_factory.mktemp("csv") / "表.csv"
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    _read(path, form)


@given(tables())
@settings(max_examples=60)
def test_any_workbook_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[Form, list[list[Any]]]
) -> None:
    """The same for typed cells."""
    form, rows = table
    clean = [[_storable(cell) for cell in row] for row in rows]
    _read(write_book(tmp_path_factory.mktemp("xlsx") / "表.xlsx", clean), form)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=300)
def test_a_broken_file_is_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes exchanged anywhere in a workbook, or in one of its parts packed again."""
    folder = tmp_path_factory.mktemp("bytes")
    rows = [need(), need(需求编号="X-2", 预算="待定")]
    whole = write_workbook(
        folder / "好.xlsx", [Table("需求", [Heading(name) for name in HEADER], rows)]
    ).read_bytes()
    kind = data.draw(st.sampled_from(("zip", "part", "xls")))
    content = xls([["需求单位", "需求名称"], ["甲", "泵"]]) if kind == "xls" else whole
    path = folder / ("坏.xls" if kind == "xls" else "坏.xlsx")
    path.write_bytes(_repacked(content, data) if kind == "part" else _changed(content, data))
    _read(path, NEEDS)


def _changed(content: bytes, data: st.DataObject) -> bytes:
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed)


def _repacked(content: bytes, data: st.DataObject) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        victim = data.draw(st.sampled_from([name for name in old.namelist() if name.startswith("xl/")]))
        for name in old.namelist():
            new.writestr(name, _changed(old.read(name), data) if name == victim else old.read(name))
    return packed.getvalue()


def _read(path: Path, form: Form) -> None:
    try:
        listing = read_listing(path, form, accept_valid=True)
    except ChainMatchError:
        return
    plain = checked_rows(listing)["rows"]
    assert [row["row"] for row in plain] == list(range(plain[0]["row"], plain[0]["row"] + len(plain)))
    assert all(row["problems"] for row in plain if row["action"] != "accept")
    assert all((row["record"] is None) == (row["action"] in ("reject", "skip")) for row in plain)
    write_returned(listing, path.with_name("退回.xlsx"))


def _storable(cell: Any) -> Any:
    """Leave out the control characters no workbook holds."""
    return "".join(char for char in cell if char.isprintable()) if isinstance(cell, str) else cell
