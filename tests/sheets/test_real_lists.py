"""The lists as an office holds them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from matching.sheets import checked_rows, read_listing, write_records, write_returned
from matching.supply.records import HISTORY, NEEDS, OFFERS

LISTS = pytest.mark.parametrize(
    ("name", "form", "count"),
    [("采购需求清单.xlsx", NEEDS, 467), ("供给能力清单.xlsx", OFFERS, 1000), ("历史业绩.xlsx", HISTORY, 893)],
)
FIELDS = {
    "需求编号": "need_id",
    "需求单位": "enterprise",
    "需求名称": "title",
    "所在地": "region",
    "预算_元": "budget_cny",
    "工期_天": "duration_days",
    "发布日期": "published_on",
    "是否接受联合体": "consortium_ok",
}
SAID = {None: "", True: "是", False: "否"}


def test_the_dirty_list_agrees_with_what_is_expected(real_data: Path) -> None:
    """Every row: its action, and the values of rows that are read."""
    listing = read_listing(real_data / "lists" / "脏数据需求清单.xlsx", NEEDS, accept_valid=True)
    with (real_data / "lists" / "脏数据_expected.csv").open(encoding="utf-8", newline="") as file:
        expected = {int(row["excel_row"]): row for row in csv.DictReader(file)}
    got = {row["row"]: row for row in checked_rows(listing)["rows"]}
    assert got.keys() == expected.keys()
    for number, row in expected.items():
        assert got[number]["action"] in (row["action"], row["also_ok"]), (number, got[number])
        if got[number]["action"] in ("accept", "warn"):
            assert _shown(got[number]["record"]) == {name: row[name] for name in FIELDS}, number


def test_only_hidden_and_merged_rows_differ_from_the_first_choice(real_data: Path) -> None:
    """They are read with a warning, which the expectations allow as well."""
    listing = read_listing(real_data / "lists" / "脏数据需求清单.xlsx", NEEDS, accept_valid=True)
    with (real_data / "lists" / "脏数据_expected.csv").open(encoding="utf-8", newline="") as file:
        first = {int(row["excel_row"]): row["action"] for row in csv.DictReader(file)}
    differ = [row.source.row for row in listing.rows if row.action != first[row.source.row]]
    assert differ == [66, 68, 69]


@LISTS
def test_clean_lists_read_without_a_word(real_data: Path, name: str, form: Any, count: int) -> None:
    """No row is rejected or doubted, no column unknown."""
    listing = read_listing(real_data / "lists" / name, form)
    assert (len(listing), listing.problems, listing.notes) == (count, (), ())


@LISTS
def test_clean_lists_come_back_when_written(
    real_data: Path, tmp_path: Path, name: str, form: Any, count: int
) -> None:
    """Written as a form and read again, each record is the same but for its place."""
    listing = read_listing(real_data / "lists" / name, form)
    again = read_listing(write_records(listing.records, form, tmp_path / name), form)
    plain = [[record.model_dump(exclude={"source"}) for record in each.records] for each in (listing, again)]
    assert len(plain[0]) == count
    assert plain[0] == plain[1]


def test_capacities_of_the_offers(real_data: Path) -> None:
    """Ten thousands of yuan a quarter are yuan, inferred where the remark says so; 180 are unknown."""
    frame = read_listing(real_data / "lists" / "供给能力清单.xlsx", OFFERS).frame()
    assert frame["capacity"].isna().sum() == 180
    assert set(frame["capacity_unit"].dropna()) == {"CNY"}
    assert set(frame["period"].dropna()) == {"quarter"}
    assert set(frame["capacity_basis"].dropna()) == {"inferred"}
    assert frame["capacity"].iloc[0] == 110_000_000.0


def test_the_dirty_list_goes_back_to_its_sender(real_data: Path, tmp_path: Path) -> None:
    """Text that looks like a formula stays a text, hidden rows stay hidden."""
    openpyxl = pytest.importorskip("openpyxl")
    listing = read_listing(real_data / "lists" / "脏数据需求清单.xlsx", NEEDS, accept_valid=True)
    (path,) = write_returned(listing, tmp_path / "退回.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert (sheet["M55"].value, sheet["M55"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert sheet.row_dimensions[66].hidden
    assert sheet["N3"].value == "问题"
    assert sheet["N41"].value.startswith("退回：L41 ")


def _shown(record: dict[str, Any]) -> dict[str, str]:
    values = {name: record[field] for name, field in FIELDS.items()}
    return {
        name: SAID[value]
        if value is None or isinstance(value, bool)
        else f"{value:.15g}"
        if isinstance(value, float)
        else str(value)
        for name, value in values.items()
    }
