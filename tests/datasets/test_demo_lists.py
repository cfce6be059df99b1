"""The demo market: the files are what the tables say, and the tables fit together."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from datasets.demo_contracts import CONTRACTS
from datasets.demo_firms import FIRMS
from datasets.demo_lists import DEMO, Cell, Sheet, demo_sheets, write_demo_lists
from datasets.demo_needs import NEEDS
from datasets.demo_offers import OFFERS
from matching.codes import find_industry, find_region, is_valid_uscc

SHEETS = {sheet.name: sheet for sheet in demo_sheets()}


def stored(path: Path) -> list[list[Cell]]:
    """Cells of a workbook's only sheet, row by row, dates as dates."""
    (page,) = load_workbook(path).worksheets
    plain = [[cell.value for cell in row] for row in page.iter_rows()]
    return [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in plain]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_committed_file_holds_what_the_tables_say(sheet: Sheet) -> None:
    """Title, header, then every row; an unknown value is an empty cell."""
    title, header, *rows = stored(DEMO / f"{sheet.name}.xlsx")
    assert title[0] == sheet.title
    assert header == ["序号", *sheet.headers]
    expected = [[i, *(cell or None for cell in row)] for i, row in enumerate(sheet.rows, start=1)]
    assert rows == expected


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = write_demo_lists(tmp_path / "a"), write_demo_lists(tmp_path / "b")
    assert [path.name for path in first] == [
        "采购需求.xlsx",
        "产能清单.xlsx",
        "历史业绩.xlsx",
        "企业名录.xlsx",
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_every_row_names_a_firm_of_the_directory() -> None:
    """Buyers of past contracts may come from outside; nobody else does."""
    named = [need.firm for need in NEEDS] + [offer.firm for offer in OFFERS]
    named += [item.firm for item in CONTRACTS] + [need.exclude for need in NEEDS if need.exclude]
    assert [name for name in named if name not in FIRMS] == []


def test_numbers_name_one_row_each() -> None:
    assert [need.number for need in NEEDS] == [f"N-{i:03}" for i in range(1, len(NEEDS) + 1)]
    assert [offer.number for offer in OFFERS] == [f"O-{i:03}" for i in range(1, len(OFFERS) + 1)]


def test_credit_codes_are_valid_and_none_occurs_twice() -> None:
    codes = [firm.uscc for firm in FIRMS.values()]
    assert [code for code in codes if not is_valid_uscc(code)] == []
    assert len(set(codes)) == len(codes)


def test_names_and_codes_cannot_be_mistaken_for_real_firms() -> None:
    """Each name holds its invented word, each code the body that no registry hands out."""
    for short, firm in FIRMS.items():
        assert short[0] == "例"
        assert "例" in firm.name
        assert firm.uscc[8:13] == "DEM00"


def test_towns_and_industries_are_known() -> None:
    assert {firm.name for firm in FIRMS.values() if find_region(firm.town) is None} == set()
    codes = [firm.industry for firm in FIRMS.values()] + [need.industry for need in NEEDS]
    assert [code for code in codes if find_industry(code).level != 4] == []


def test_dates_stand_after_the_lists_were_made() -> None:
    assert [need.number for need in NEEDS if need.need_by and need.need_by < date(2027, 1, 1)] == []
    assert max(item.signed for item in CONTRACTS) < date(2026, 12, 1)
