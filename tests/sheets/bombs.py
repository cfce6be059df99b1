"""Workbooks built by hand, part by part, as no program writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from tests.sheets.writing import HEADER, need

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET, STRINGS = f"{OFFICE}/worksheet", f"{OFFICE}/sharedStrings"
PART, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


def archive(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts as they are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Name → (type, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'


def book_parts(sheet: str, *, kind: str = SHEET, target: str = "worksheets/sheet1.xml") -> dict[str, str]:
    """Give the least parts of a workbook of one sheet."""
    sheets = '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets>'
    named = {"r1": (kind, target), "r2": (STRINGS, "sharedStrings.xml")}
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"r1": (f"{OFFICE}/officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(named),
        PART: sheet,
    }


def sheet(rows: str = "", tail: str = "", dimension: str = "A1") -> str:
    """Give a sheet that holds the usual header, one need in order, and what else there is to be."""
    usual = "".join(
        f'<row r="{number}">{"".join(map(_text_cell, range(len(cells)), [number] * len(cells), cells))}</row>'
        for number, cells in ((1, HEADER), (2, need()))
    )
    data = f'<dimension ref="{dimension}"/><sheetData>{usual}{rows}</sheetData>'
    return f"<worksheet {MAIN}>{data}{tail}</worksheet>"


def _text_cell(column: int, row: int, value: object) -> str:
    place = f"{chr(65 + column)}{row}"
    return "" if value is None else f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def book(sheet: str, extra: Mapping[str, str | bytes] | None = None, **named: str) -> bytes:
    """Pack a workbook of one sheet, with further parts."""
    return archive({**book_parts(sheet, **named), **(extra or {})})


def far_cell(reference: str = "XFD1048576") -> str:
    """Give the row of one cell far out that holds a value."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'


def strings_bomb() -> bytes:
    """50 KB: one text of nine million characters, and twenty thousand cells that show it."""
    cells = "".join(f'<c r="{column}{{0}}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{row}">{cells.format(row)}</row>' for row in range(3, 2003))
    text = f"<sst {MAIN}><si><t>{'a' * 9_000_000}</t></si></sst>"
    return book(sheet(rows), {"xl/sharedStrings.xml": text})


def zip_bomb(size: int) -> bytes:
    """Give a workbook whose strings unpack to so many bytes."""
    return book(sheet(), {"xl/sharedStrings.xml": bytes(size)})


def lying(content: bytes, name: str, size: int) -> bytes:
    """Let the directory of an archive claim another size for a part."""
    changed = bytearray(content)
    entry = content.rindex(name.encode()) - 46
    struct.pack_into("<I", changed, entry + 24, size)
    return bytes(changed)
