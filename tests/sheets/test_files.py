"""Files of all kinds: what is read, and what is said where nothing can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from matching.errors import FileError, InputError
from matching.sheets import read_listing
from matching.supply.records import NEEDS
from tests.sheets.biff import xls
from tests.sheets.writing import HEADER, fill_sheet, need, said, write_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(201 * 2**20))
    return content.getvalue()


def _archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("空.xlsx", lambda: b"", "文件是空的"),
        ("空.csv", lambda: b"\xef\xbb\xbf\r\n", "文件是空的"),
        ("文字.xlsx", lambda: b"hello", "这是内容不是表格的文件，无法读取.*另存为 .xlsx（不加密）"),
        ("扫描.pdf", lambda: b"%PDF-1.7", "这是PDF文件，无法读取"),
        ("照片.xlsx", lambda: b"\xff\xd8\xff\xe0", "这是图片，无法读取"),
        ("表.et", lambda: OLE, r"这是WPS表格（.et），无法读取"),
        ("表.numbers", lambda: b"PK", "Numbers表格"),
        ("加密.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "这是加密的工作簿，无法读取"),
        ("别的.xls", lambda: OLE, "这是其他Office文件"),
        ("坏.xls", lambda: OLE + "Workbook".encode("utf-16-le"), "文件已损坏"),
        ("网页.xls", lambda: b"<html><table></table></html>", "这是网页或XML导出的表格"),
        ("坏.xlsx", lambda: b"PK\x03\x04" + b"x" * 90, "文件已损坏"),
        ("文档.xlsx", lambda: _archive("word/document.xml"), "这是其他格式的文件"),
        ("残缺.xlsx", lambda: _archive("xl/workbook.xml"), "文件已损坏"),
        ("炸弹.xlsx", _bomb, "文件解压后超过200MB"),
        ("乱.csv", lambda: b"\xff\xff\xfe\x00\x81", "文字编码无法识别"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    tmp_path: Path, name: str, content: Callable[[], bytes], message: str
) -> None:
    """Each says what the file is and what to do."""
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(FileError, match=message) as caught:
        read_listing(path, NEEDS)
    assert caught.value.where == str(path)


def test_missing_files_and_empty_folders(tmp_path: Path) -> None:
    """A path that leads nowhere."""
    with pytest.raises(FileError, match="文件不存在"):
        read_listing(tmp_path / "没有.xlsx", NEEDS)
    with pytest.raises(FileError, match="文件夹中没有"):
        read_listing(tmp_path, NEEDS)
    with pytest.raises(FileError, match="没有给出文件"):
        read_listing([], NEEDS)


def test_a_damaged_archive(tmp_path: Path) -> None:
    """A cut file and one with a flipped bit."""
    whole = write_book(tmp_path / "好.xlsx", [HEADER, need()]).read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 255
    for content in (whole[: len(whole) // 2], bytes(flipped)):
        (tmp_path / "坏.xlsx").write_bytes(content)
        with pytest.raises(FileError, match="文件已损坏或不完整"):
            read_listing(tmp_path / "坏.xlsx", NEEDS)


def test_a_cell_far_out_is_refused_unless_it_is_only_a_format(tmp_path: Path) -> None:
    """One value at XFD1048576 would take all memory; a format there does no harm."""
    path = write_book(tmp_path / "远.xlsx", [HEADER, need()])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"].font = Font(bold=True)
    book.save(path)
    assert len(read_listing(path, NEEDS)) == 1
    book.active["XFD1048576"] = 1
    book.save(path)
    with pytest.raises(FileError, match="表格范围到 XFD1048576，过大"):
        read_listing(path, NEEDS)


def test_an_empty_sheet(tmp_path: Path) -> None:
    """Nothing in any sheet."""
    with pytest.raises(FileError, match="表格是空的"):
        read_listing(write_book(tmp_path / "空.xlsx", []), NEEDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files(tmp_path: Path, encoding: str, separator: str) -> None:
    """Whatever a text table was saved as, it reads the same."""
    lines = (("需求单位", "需求名称", "预算（万元）", "发布日期"), ("甲厂", "阀门", "5", "2025/10/9"))
    path = tmp_path / "清单.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    (record,) = read_listing(path, NEEDS).records
    assert (record.title, record.budget_cny, str(record.published_on)) == ("阀门", 50_000, "2025-10-09")


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """In the order of names; lock files and papers are passed over, a table that cannot be read is not."""
    write_book(tmp_path / "乙.xlsx", [HEADER, need(需求编号="2", 需求名称="泵")])
    write_book(tmp_path / "一.xlsx", [HEADER, need(需求编号="1")])
    (tmp_path / "~$一.xlsx").write_bytes(b"lock")
    (tmp_path / "说明.docx").write_bytes(b"PK")
    listing = read_listing(tmp_path, NEEDS)
    assert [record.need_id for record in listing.records] == ["1", "2"]
    assert [record.source.file for record in listing.records] == ["一.xlsx", "乙.xlsx"]
    (tmp_path / "丙.et").write_bytes(OLE)
    with pytest.raises(FileError, match="WPS表格"):
        read_listing(tmp_path, NEEDS)


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    """All sheets with the header are read, others passed over with a note, a broken list is not."""
    book = openpyxl.Workbook()
    fill_sheet(book.active, [("填表说明",), ("请逐项填写", "谢谢")])
    fill_sheet(book.create_sheet("一月"), [HEADER, need()])
    fill_sheet(book.create_sheet("二月"), [HEADER, need(需求编号="X-2", 需求名称="泵")])
    book["二月"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    listing = read_listing(tmp_path / "a.xlsx", NEEDS)
    assert [(record.source.sheet, record.source.row) for record in listing.records] == [
        ("一月", 2),
        ("二月", 2),
    ]
    assert [(note.sheet, note.reason.zh) for note in listing.notes] == [
        ("Sheet", "工作表没有识别到表头，已跳过"),
        ("二月", "隐藏的工作表也已读入"),
    ]
    fill_sheet(book.create_sheet("三月"), [[*HEADER[:2], *HEADER[3:]], ["X-3", "甲", None, None, 5]])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="三月：缺少必需的列：需要“需求名称”"):
        read_listing(tmp_path / "a.xlsx", NEEDS)


def test_a_workbook_named_xls_is_read_by_its_content(tmp_path: Path) -> None:
    """The ending may lie."""
    write_book(tmp_path / "a.xlsx", [HEADER, need()]).rename(tmp_path / "a.xls")
    assert len(read_listing(tmp_path / "a.xls", NEEDS)) == 1


def test_the_oldest_workbooks(tmp_path: Path) -> None:
    """An .xls is read by the same rules."""
    path = tmp_path / "旧.xls"
    path.write_bytes(
        xls(
            [
                ["2025年清单"],
                ["需求单位", "需求名称", "预算(万元)"],
                ["甲", "泵", 5.0],
                [],
                ["乙", "管", "待定"],
            ]
        )
    )
    listing = read_listing(path, NEEDS)
    assert [record.budget_cny for record in listing.records] == [50_000, None]
    assert [row.action for row in listing.rows] == ["accept", "skip", "warn"]


def test_errors_and_hidden_rows_of_the_oldest_workbooks(tmp_path: Path) -> None:
    """They are told as in the newer ones: an error is no empty cell."""
    path = tmp_path / "旧.xls"
    path.write_bytes(
        xls([["需求单位", "需求名称", "预算(万元)"], ["甲", "泵", "#DIV/0!"], ["乙", "管", 5.0]], hidden=[3])
    )
    assert said(read_listing(path, NEEDS, accept_valid=True)) == [
        (2, "reject", [("C2", "单元格为Excel错误值 #DIV/0!")]),
        (3, "warn", [("A3", "隐藏行也是数据，已读入，请核对")]),
    ]


def test_a_name_no_system_takes_is_no_traceback() -> None:
    with pytest.raises(FileError, match="文件"):
        read_listing("长" * 5000 + ".xlsx", NEEDS)
