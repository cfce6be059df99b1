"""Look through the archive that an .xlsx is before anything is made of it.

What a directory says is checked first; then every part is unpacked once, piece by piece, so that neither a
size that lies nor a part that only some readers take for a sheet gets past. Memory stays at one piece.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from matching.errors import FileError
from matching.sheets.bounds import Bounds
from matching.sheets.places import column_number
from matching.sheets.refusals import damaged, save_as
from matching.words import Words

_MOST_PARTS = 5_000
_ENTRY = b"PK\x01\x02"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, EOFError, ValueError, OverflowError, NotImplementedError),
)
_PIECE, _LONGEST_TAG = 1 << 17, 512
#: a cell that holds something; the lengths are bounded so that no text takes long to search
_CELL = re.compile(
    rb"""<(?:\w{1,20}:)?c\s[^<>]{0,200}?\br=["']([A-Za-z]{1,3})(\d{1,10})["'][^<>]{0,200}(?<!/)>(?!</)"""
)


def look_through(path: Path, content: bytes, bounds: Bounds) -> None:
    """Raise FileError for an archive that is no workbook, is damaged, or unpacks to more than may be read."""
    try:
        parts = _parts(content)
        bounds.check_unpacked(sum(part.file_size for part in parts), len(content), path)
        for part in parts:
            _look_at(content, part, path, bounds)
    except FileError:
        raise
    except _BROKEN as error:
        raise damaged(path) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise save_as(path, Words("其他格式的文件", "another format"))


def _parts(content: bytes) -> list[zipfile.ZipInfo]:
    """Read the directory; ValueError where two readers could find different things by it."""
    # counted before the directory is read: each entry of it would take many times its bytes
    if content.count(_ENTRY) > _MOST_PARTS:
        raise ValueError(_MOST_PARTS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise ValueError("a name twice")
    return parts


def _look_at(content: bytes, part: zipfile.ZipInfo, path: Path, bounds: Bounds) -> None:
    """Unpack one part to its true end: size and sum must be those of the directory, no cell too far out."""
    size = total = row = column = 0
    before = b""
    for piece in _unpacked(content, part):
        size, total = size + len(piece), zlib.crc32(piece, total)
        if size > part.file_size:
            raise ValueError(size)
        seen = before + piece
        for letters, number in _CELL.findall(seen):
            row, column = max(row, int(number) - 1), max(column, column_number(letters.decode().upper()))
        bounds.check_reach(row, column, path)
        before = seen[-_LONGEST_TAG:]
    if (size, total) != (part.file_size, part.CRC):
        raise ValueError(size)


def _unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    name, extra = struct.unpack_from("<HH", content, part.header_offset + 26)
    start = part.header_offset + 30 + name + extra
    end = start + part.compress_size
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or end > len(content):
        raise NotImplementedError(part.compress_type)
    packed = (content[at : min(at + _PIECE, end)] for at in range(start, end, _PIECE))
    yield from packed if part.compress_type == zipfile.ZIP_STORED else _inflated(packed)


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for waiting in packed:
        while waiting:
            yield unpacker.decompress(waiting, _PIECE)
            waiting = unpacker.unconsumed_tail
    yield unpacker.flush()
