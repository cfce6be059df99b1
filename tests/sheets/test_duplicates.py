"""Rows that occur twice: skipped, rejected or suspected."""

from __future__ import annotations

from pathlib import Path

from matching.sheets import read_listing
from matching.supply.records import NEEDS
from tests.sheets.writing import HEADER, need, read_needs_of, said, write_book


def test_same_number_same_content_is_skipped(tmp_path: Path) -> None:
    """Written differently, the row is still the same."""
    listing = read_needs_of(tmp_path, need(), need(预算="50万元"))
    assert said(listing)[1] == (4, "skip", [("A4", "与第3行完全相同")])
    assert len(listing) == 1


def test_same_number_other_content_is_rejected(tmp_path: Path) -> None:
    """The first row stays, the second is named."""
    listing = read_needs_of(tmp_path, need(), need(需求名称="别的"))
    assert said(listing)[1] == (4, "reject", [("A4", "编号 X-1 在第3行已存在但内容不同")])


def test_other_number_same_content_is_suspected(tmp_path: Path) -> None:
    """Firm, title and budget alike under two numbers: read, with a warning."""
    listing = read_needs_of(tmp_path, need(), need(需求编号="X-9"), need(需求编号="X-8", 预算=None))
    assert said(listing)[1] == (4, "warn", [("A4", "需求单位、需求名称、预算与第3行相同，疑似重复")])
    assert [row.action for row in listing.rows] == ["accept", "warn", "accept"]


def test_the_number_of_a_wrong_row_counts(tmp_path: Path) -> None:
    """Two rows of one number are told apart even when the first is wrong."""
    listing = read_needs_of(tmp_path, need(预算=-1), need())
    assert said(listing)[1][2] == [("A4", "编号 X-1 在第3行已存在但内容不同")]


def test_numbers_are_compared_across_files(tmp_path: Path) -> None:
    """The earlier place is named with its file and sheet; messages name the file as well."""
    write_book(tmp_path / "一.xlsx", [HEADER, need()])
    write_book(tmp_path / "二.xlsx", [HEADER, need(需求名称="别的"), need(需求编号="X-2", 预算="待定")])
    listing = read_listing([tmp_path / "一.xlsx", tmp_path / "二.xlsx"], NEEDS, accept_valid=True)
    assert said(listing)[1] == (2, "reject", [("A2", "编号 X-1 在一.xlsx Sheet 第2行已存在但内容不同")])
    assert [row.source.file for row in listing.rows] == ["一.xlsx", "二.xlsx", "二.xlsx"]
    assert listing.problems[-1].sheet == "二.xlsx:Sheet"
