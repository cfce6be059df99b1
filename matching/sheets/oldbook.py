"""What the values of an .xls sheet do not tell: hidden rows, cells that hold an error.

Source: MS-CFB (compound files) and MS-XLS (records BOUNDSHEET8, ROW, BOOLERR, FORMULA).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from matching.sheets.anatomy import Anatomy
from matching.sheets.bounds import Bounds
from matching.sheets.refusals import damaged
from matching.words import Words

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOUNDSHEET, _ROW, _BOOLERR, _FORMULA, _END, _DIMENSIONS = 0x85, 0x208, 0x205, 0x06, 0x0A, 0x200
#: records of one cell, and of several in a row
_SPANS = (0xBD, 0xBE)
_CELLS = (*_SPANS, _BOOLERR, _FORMULA, 0x201, 0x203, 0x204, 0x27E, 0xFD, 0xD6, 0x206, 0x406)
_LAST_SECTOR, _HIDDEN = 0xFFFFFFFA, 0x20


def old_anatomies(path: Path, content: bytes, bounds: Bounds) -> dict[str, Anatomy]:
    """Look at every worksheet of an .xls file, by name; FileError where one is too large or damaged."""
    try:
        stream = _workbook(content)
        found = {name: _anatomy(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise damaged(path) from error
    if not found:
        raise damaged(path)
    for anatomy in found.values():
        bounds.check_reach(anatomy.last_row, anatomy.last_column, path)
    return found


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records up to the end of the part that begins at ``start``."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        if kind == _END:
            return
        yield kind, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET:
            (start,), size, is_wide = struct.unpack_from("<I", body), body[6], body[7] & 1
            text = body[8 : 8 + size * (2 if is_wide else 1)]
            yield text.decode("utf-16-le" if is_wide else "latin-1"), start


def _anatomy(stream: bytes, start: int) -> Anatomy:
    found = Anatomy()
    if start >= len(stream):
        raise IndexError(start)
    for kind, body in _records(stream, start):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _HIDDEN:
            found.hidden.add(struct.unpack_from("<H", body)[0])
        if kind == _DIMENSIONS:
            _take_size(found, body)
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            # the records of several cells end with the column of the last one
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _SPANS else column
            found.last_row, found.last_column = max(found.last_row, row), max(found.last_column, column, last)
            error = _error(kind, body)
            if error is not None:
                reason = Words(f"单元格为Excel错误值 {error}", f"the cell holds the Excel error {error}")
                found.faults[row, column] = (error, reason)
    return found


def _take_size(found: Anatomy, body: bytes) -> None:
    """Believe what a sheet claims as its size, since the reader of values makes room for it."""
    first, last, left, right = struct.unpack_from("<IIHH" if len(body) >= 14 else "<HHHH", body)
    if first > last or left > right:
        raise IndexError(first)
    found.last_row, found.last_column = max(found.last_row, last - 1), max(found.last_column, right - 1)


def _error(kind: int, body: bytes) -> str | None:
    """Give the error a cell holds, typed in or as the result of its formula."""
    if kind == _BOOLERR and body[7]:
        return _ERRORS.get(body[6], "#ERROR!")
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#ERROR!")
    return None


def _workbook(content: bytes) -> bytes:
    """Give the stream Workbook of a compound file; nothing where it lies among the small ones."""
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in (9, 12):
        raise IndexError(shift)
    size = 1 << shift

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    table: list[int] = []
    for number in _table_sectors(content, size):
        table.extend(struct.unpack(f"<{size // 4}I", sector(number)))
    chain = partial(_chain, table, len(content) // size)
    directory = b"".join(map(sector, chain(struct.unpack_from("<I", content, 48)[0])))
    smallest = struct.unpack_from("<I", content, 56)[0]
    for at in range(0, len(directory), 128):
        name = directory[at : at + 64].decode("utf-16-le").partition("\0")[0]
        start, length = struct.unpack_from("<II", directory, at + 116)
        if name in ("Workbook", "Book") and length >= smallest:
            return b"".join(map(sector, chain(start)))[:length]
    return b""


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """Sectors of the allocation table: 109 in the header, further ones in a chain."""
    numbers = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        entries = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        numbers.extend(entries[:-1])
        following = entries[-1]
    return (number for number in numbers if number < _LAST_SECTOR)


def _chain(table: list[int], most: int, start: int) -> Iterator[int]:
    """Follow a chain of sectors, no further than there are sectors: a table can lead in a circle."""
    for _ in range(most):
        if start >= _LAST_SECTOR:
            return
        yield start
        start = table[start]
