"""Write the oldest workbook format (.xls) by hand: one sheet of texts and numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


ERROR = {"#DIV/0!": 7, "#REF!": 23}


def xls(rows: Sequence[Sequence[str | float | None]], hidden: Sequence[int] = ()) -> bytes:
    """Give the bytes of an .xls whose one sheet holds rows from A1 (BIFF8 in a compound file).

    Texts such as #REF! become errors; ``hidden`` are row numbers.
    """
    return _compound(_stream(rows, hidden))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _stream(rows: Sequence[Sequence[str | float | None]], hidden: Sequence[int]) -> bytes:
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    name = "Sheet1".encode("utf-16-le")
    tail = struct.pack("<BBBB", 0, 0, len(name) // 2, 1) + name
    end = _record(0x0A, b"")
    start = len(begin) + 4 + 4 + len(tail) + len(end)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    width = max(len(row) for row in rows)
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number in hidden:
        sheet += _record(0x208, struct.pack("<HHHHHHHH", number - 1, 0, width, 255, 0, 0, 0x20, 15))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if cell in ERROR:
                sheet += _record(0x205, place + bytes((ERROR[str(cell)], 1)))
            elif isinstance(cell, str):
                text = cell.encode("utf-16-le")
                sheet += _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
            elif cell is not None:
                sheet += _record(0x203, place + struct.pack("<d", cell))
    return begin + _record(0x85, struct.pack("<I", start) + tail) + end + sheet + end


def _compound(stream: bytes) -> bytes:
    """Wrap a stream named Workbook; padded to 4096 bytes, below which it would need small sectors."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    chain = [*range(3, count + 2), END]
    table = struct.pack("<128I", FAT, END, *chain, *[FREE] * (126 - count))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    directory = (
        _entry("Root Entry", 5, 1, END, 0)
        + _entry("Workbook", 2, FREE, 2, len(stream))
        + 2 * _entry("", 0, FREE, 0, 0)
    )
    return head + table + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + (b"\0\0" if name else b"")
    numbers = struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return text.ljust(64, b"\0") + numbers + bytes(36) + struct.pack("<IQ", start, size)
