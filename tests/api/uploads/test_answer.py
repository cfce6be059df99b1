"""What the process that reads an upload answers, asked without the process."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.schemas import Problem
from api.uploads import UploadLimits
from api.uploads.answer import ANSWER, ORDER, Findings, Order
from api.uploads.child import answer
from datasets.demo_lists import DEMO
from matching.records import Listing
from matching.sheets import read_listing
from matching.supply.records import NEEDS
from tests.api.uploads.lists import CSV
from tests.sheets import bombs
from tests.sheets.biff import xls
from tests.sheets.writing import HEADER, need

LISTS = {"needs": "采购需求", "offers": "产能清单", "history": "历史业绩", "enterprises": "企业名录"}


def answered(
    folder: Path, name: str, content: bytes, kind: str = "needs", limits: UploadLimits | None = None
) -> Findings | Problem:
    """Order and answer both pass through the JSON they are sent as."""
    order = Order("check", kind, folder, name, limits or UploadLimits())
    order.file.parent.mkdir()
    order.file.write_bytes(content)
    return ANSWER.validate_json(ANSWER.dump_json(answer(ORDER.validate_json(ORDER.dump_json(order)))))


def findings(folder: Path, name: str, content: bytes, kind: str = "needs") -> Findings:
    found = answered(folder, name, content, kind)
    assert isinstance(found, Findings), found
    return found


@pytest.mark.parametrize("kind", LISTS)
def test_every_kind_of_list(tmp_path: Path, kind: str) -> None:
    path = DEMO / f"{LISTS[kind]}.xlsx"
    found = findings(tmp_path, path.name, path.read_bytes(), kind)
    assert {row.action for row in found.rows} == {"accept"}
    assert all(row.enterprise and row.title for row in found.rows)
    assert all(bool(row.key) == (kind in ("needs", "offers")) for row in found.rows)


def test_records_are_whole(tmp_path: Path) -> None:
    """Every field comes back from plain data as it was read."""
    path = DEMO / "采购需求.xlsx"
    found = findings(tmp_path, path.name, path.read_bytes())
    records = [NEEDS.record.model_validate(row.record) for row in found.rows]
    assert Listing.of(NEEDS, records).frame().equals(read_listing(path, NEEDS).frame())


def test_protected_columns_are_kept(tmp_path: Path) -> None:
    """The store rebuilds the record from this; what leaves the service is another matter."""
    content = "需求单位,需求名称,联系人\n甲厂,阀门,张三 13800000000".encode()
    (row,) = findings(tmp_path, "表.csv", content).rows
    assert row.record is not None
    assert row.record["contact"] == "张三 13800000000"
    assert "source" not in row.record


def test_an_old_workbook(tmp_path: Path) -> None:
    """NUL in a text, which no database takes, is left out."""
    found = findings(tmp_path, "旧.xls", xls([HEADER, need(需求名称="阀\x00体")]))
    assert [(row.sheet, row.key, row.title) for row in found.rows] == [("Sheet1", "X-1", "阀体")]


def test_notes_on_headers_say_which_sheet(tmp_path: Path) -> None:
    found = findings(tmp_path, "表.csv", CSV.replace("备注".encode(), "甲乙丙丁".encode()))
    assert [(note.cell, note.value, note.fatal) for note in found.notes] == [("表!J1", "甲乙丙丁", False)]


def test_a_long_wrong_cell_is_cut_to_what_a_page_shows(tmp_path: Path) -> None:
    content = f"需求单位,需求名称,预算(万元)\n甲厂,阀门,{'九' * 500}".encode()
    (row,) = findings(tmp_path, "表.csv", content).rows
    assert row.problems[0].value == "九" * 200 + "…"


@pytest.mark.parametrize(
    ("name", "content", "kind", "code", "message", "where"),
    [
        ("需求.csv", CSV, "offers", "input", "缺少必需的列：需要“企业名称、能力描述”", "需求.csv:需求"),
        ("坏.xlsx", bombs.book(bombs.sheet()[:-30]), "needs", "file", "文件已损坏或不完整", "坏.xlsx"),
        ("行.csv", CSV + b'\n"' + b"x" * 3_000_000, "needs", "file", "文件已损坏或不完整", "行.csv"),
        ("头.csv", CSV.splitlines()[0], "needs", "input", "表头下面没有数据行", "头.csv"),
    ],
)
def test_errors_are_answers(
    tmp_path: Path, name: str, content: bytes, kind: str, code: str, message: str, where: str
) -> None:
    """The sentence is the reader's own; no folder of the service shows in it."""
    found = answered(tmp_path, name, content, kind)
    assert isinstance(found, Problem)
    assert (found.code, found.where) == (code, where)
    assert found.message.zh.startswith(message)
    assert str(tmp_path) not in found.message.zh + found.message.en


@pytest.mark.parametrize("rows", [3, 4])
def test_rows_are_held_exactly(tmp_path: Path, rows: int) -> None:
    """A header and three rows."""
    found = answered(tmp_path, "表.csv", CSV, limits=UploadLimits(rows=rows))
    assert isinstance(found, Findings) == (rows == 4)
