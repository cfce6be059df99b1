"""Small files that would take all memory or all time are refused by a look at them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from matching.errors import FileError
from matching.sheets import Bounds, read_listing, write_returned
from matching.sheets.bounds import MIB
from matching.sheets.oldbook import old_anatomies
from matching.supply.records import NEEDS
from tests.sheets import bombs
from tests.sheets.biff import xls
from tests.sheets.bombs import OTHER, PART, archive, book, book_parts, far_cell, lying, sheet
from tests.sheets.writing import HEADER, need, write_book

FAR = sheet(far_cell())


def refused(tmp_path: Path, content: bytes, bounds: Bounds | None = None, name: str = "表.xlsx") -> str:
    """Give the sentence of a file that is refused, which takes no time."""
    path = tmp_path / name
    path.write_bytes(content)
    began = perf_counter()
    with pytest.raises(FileError) as caught:
        read_listing(path, NEEDS, bounds=bounds or Bounds())
    assert perf_counter() - began < 2
    return caught.value.words.zh


def test_the_plain_workbook_is_read(tmp_path: Path) -> None:
    """What all of the others here are built on is in order."""
    (tmp_path / "表.xlsx").write_bytes(book(sheet()))
    (record,) = read_listing(tmp_path / "表.xlsx", NEEDS).records
    assert (record.title, record.budget_cny) == ("阀体毛坯", 500_000)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        '<c s="1" r="XFD1048576" t="b"><v>1</v></c>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<c r="xfd1048576"><v>1</v></c>',
        '<x:c r="XFD1048576"><x:v>1</x:v></x:c>',
        '<c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c>',
        '<c r="XFD1048576"><f>1+1</f></c>',
        '<c r="XFD1048576"><v/></c>',
        '<c r="XFD4000000000"><v>1</v></c>',
        '<c r="&#88;FD1048576"><v>1</v></c>',
        '<c r="XFC1048576"><v>1</v></c><c><v>1</v></c>',
    ],
)
def test_a_cell_far_out_however_it_is_written(tmp_path: Path, cell: str) -> None:
    rows = f'<row xmlns:x="{bombs.MAIN[7:-1]}" r="1048576">{cell}</row>'
    content = book(sheet(rows))
    assert len(content) < 5_000
    assert "过大" in refused(tmp_path, content)


@pytest.mark.parametrize(
    "parts",
    [
        book_parts(FAR, target="/xl/worksheets/sheet1.xml"),
        book_parts(FAR, target="Worksheets/SHEET1.xml"),
        book_parts(FAR, kind="http://example.org/Worksheet"),
        {**book_parts(sheet(), target="xl/worksheets/sheet1.xml"), f"xl/{PART}": sheet(), PART: FAR},
        {**book_parts(sheet()), OTHER: FAR},
    ],
    ids=["absolute", "other case", "other type", "two paths", "unnamed"],
)
def test_a_far_cell_in_a_part_that_only_some_readers_take_for_a_sheet(
    tmp_path: Path, parts: dict[str, str]
) -> None:
    """Whatever part a reader opens has been looked at."""
    assert "过大" in refused(tmp_path, archive(parts))


def test_a_sheet_with_a_name_twice(tmp_path: Path) -> None:
    """By its name one reader finds the first, another the second."""
    parts = book_parts(sheet())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="表" sheetId="2" r:id="r1"/></sheets>'
    )
    assert "已损坏" in refused(tmp_path, archive(parts))


def test_sizes_that_lie(tmp_path: Path) -> None:
    """The directory says ten bytes; the part unpacks to what it unpacks to."""
    content = bombs.zip_bomb(9 * MIB)
    assert "已损坏" in refused(tmp_path, lying(content, "xl/sharedStrings.xml", 10))
    assert "解压后超过200MB" in refused(tmp_path, lying(content, "xl/sharedStrings.xml", 2**31))


def test_archives_that_unpack_to_too_much(tmp_path: Path) -> None:
    """Beyond the limit, and below it but packed as no sheet can be."""
    assert "解压后超过200MB" in refused(tmp_path, bombs.zip_bomb(201 * MIB))
    assert "原大小的150倍" in refused(tmp_path, bombs.zip_bomb(90 * MIB))


def test_archives_that_no_program_writes(tmp_path: Path) -> None:
    parts = book_parts(sheet())
    twice = {**parts, PART.upper(): sheet()}
    many = {**parts, **{f"media/{number}": "" for number in range(5_000)}}
    for content in (archive(twice), archive(many), archive(parts, zipfile.ZIP_BZIP2), archive(parts)[:-30]):
        assert "已损坏" in refused(tmp_path, content)


def test_a_directory_of_sheets_that_is_itself_the_bomb(tmp_path: Path) -> None:
    """It is read whole, so it may not be large."""
    parts = book_parts(sheet())
    parts["xl/workbook.xml"] += f"<!--{' ' * 5 * MIB}-->"
    assert "已损坏" in refused(tmp_path, archive(parts))


def test_entities_that_unfold(tmp_path: Path) -> None:
    """A billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    cell = '<row r="3"><c r="A3" t="str"><v>&l9;</v></c></row>'
    assert "已损坏" in refused(tmp_path, book(f"<!DOCTYPE x [{laughs}]>{sheet(cell)}"))


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_rows_columns_and_cells_are_held_exactly(tmp_path: Path, kind: str) -> None:
    """Header and four rows of ten columns: fifty cells."""
    rows = [HEADER, *(need(需求编号=f"X-{number}") for number in range(4))]
    path = tmp_path / f"表.{kind}"
    if kind == "csv":
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
        path.write_text("\n".join(lines), encoding="utf-8")
    elif kind == "xls":
        path.write_bytes(xls(rows))
    else:
        write_book(path, [[*row[:-1], row[-1] or "无"] for row in rows])
    assert len(read_listing(path, NEEDS, bounds=Bounds(rows=5, columns=10, cells=50))) == 4
    for bounds in (Bounds(rows=4), Bounds(columns=9), Bounds(cells=49)):
        assert "表格范围到 J" in refused(tmp_path, path.read_bytes(), bounds, path.name)


def test_bytes_are_held_exactly(tmp_path: Path) -> None:
    content = book(sheet())
    (tmp_path / "表.xlsx").write_bytes(content)
    assert len(read_listing(tmp_path / "表.xlsx", NEEDS, bounds=Bounds(file=len(content)))) == 1
    assert "文件超过" in refused(tmp_path, content, Bounds(file=len(content) - 1))


def test_a_text_table_is_left_at_its_first_line_too_many(tmp_path: Path) -> None:
    content = ("需求单位,需求名称\n" + "\n" * 3_000_000).encode()
    assert "表格范围到 B2001" in refused(tmp_path, content, Bounds(rows=2_000), "表.csv")


def test_an_old_workbook_whose_sectors_lead_in_a_circle() -> None:
    """A table of sectors that names itself 109 times is long; the file is not, and no more is read."""
    content = bytearray(xls([HEADER, need()]))
    content[76:512] = bytes(4 * 109)
    # the workbook's first sector, the third of the file, names itself as the next; its length is no help
    content[512 + 2 * 4 : 512 + 3 * 4] = (2).to_bytes(4, "little")
    directory = content.index("Workbook".encode("utf-16-le"))
    content[directory + 120 : directory + 124] = (2**31).to_bytes(4, "little")
    tracemalloc.start()
    with suppress(FileError):
        old_anatomies(Path("表.xls"), bytes(content), Bounds())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * MIB


def test_a_sheet_is_returned_however_far_its_formats_reach(tmp_path: Path) -> None:
    """Cells that hold nothing are not looked at one by one; merged ones by the billion are not made."""
    path = write_book(tmp_path / "表.xlsx", [HEADER, need(**{"预算(万元)": -1})])
    plain = load_workbook(path)
    plain.active["XFD1048576"].font = Font(bold=True)
    plain.save(path)
    merged = book(sheet(tail='<mergeCells><mergeCell ref="K5:XFD1048576"/></mergeCells>'))
    (tmp_path / "合并.xlsx").write_bytes(merged)
    for name in (path.name, "合并.xlsx"):
        listing = read_listing(tmp_path / name, NEEDS, accept_valid=True)
        began = perf_counter()
        (back,) = write_returned(listing, tmp_path / f"退回{name}")
        assert perf_counter() - began < 2
        assert load_workbook(io.BytesIO(back.read_bytes())).active.cell(1, len(HEADER) + 1).value == "问题"


def test_cells_merged_beside_the_header(tmp_path: Path) -> None:
    """They lie beyond the last column that holds anything, in a header of two lines."""
    path = write_book(
        tmp_path / "表.xlsx",
        [HEADER, [None] * len(HEADER), need()],
        merged=["A1:A2", "B1:B2", "C1:C2", "M1:O1"],
    )
    assert len(read_listing(path, NEEDS)) == 1
