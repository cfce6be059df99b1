"""The first wall: what is refused by a look at the bytes."""

from __future__ import annotations

from time import perf_counter

import pytest

from api.problems import TooLargeError
from api.settings import Settings
from api.uploads.guard import guard, safe_name
from api.uploads.limits import UploadLimits
from matching import FileError
from tests.sheets import bombs

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("远.xlsx", bombs.book(bombs.sheet(bombs.far_cell())), "表格范围到 XFD1048576，过大（最多50000行"),
        ("长.xlsx", bombs.book(bombs.sheet(bombs.far_cell("A50001"))), "表格范围到 J50001"),
        ("宽.xlsx", bombs.book(bombs.sheet(bombs.far_cell("ALM2"))), "表格范围到 ALM2，过大（最多"),
        ("炸弹.xlsx", bombs.zip_bomb(101 * 2**20), "解压后超过100MB"),
        ("紧.xlsx", bombs.zip_bomb(90 * 2**20), "150倍"),
        ("半.xlsx", bombs.book(bombs.sheet())[:900], "文件已损坏或不完整"),
        ("加密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "加密的工作簿"),
        ("扫描.xlsx", b"%PDF-1.7", "PDF文件"),
        ("空.xlsx", b"", "文件是空的"),
        ("字.xlsx", "你好".encode(), "内容不是表格的文件"),
    ],
)
def test_refused_at_once(name: str, content: bytes, message: str) -> None:
    """No process is started for it; the sentence names the file as the sender does."""
    began = perf_counter()
    with pytest.raises(FileError, match=message) as caught:
        guard(name, content, UploadLimits())
    assert perf_counter() - began < 1
    assert caught.value.where == name


@pytest.mark.parametrize("reference", ["A50000", "ALL2"])
def test_the_last_row_and_column_that_are_let_past(reference: str) -> None:
    guard("表.xlsx", bombs.book(bombs.sheet(bombs.far_cell(reference))), UploadLimits(cells=10**9))


def test_bytes_are_held_exactly() -> None:
    """A page answers this with a status of its own."""
    guard("表.csv", b"a" * 2**20, UploadLimits(size=2**20))
    with pytest.raises(TooLargeError, match="文件超过1MB，未读取") as caught:
        guard("表.csv", b"a" * (2**20 + 1), UploadLimits(size=2**20))
    assert (caught.value.status, caught.value.where) == (413, "表.csv")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("采购需求.xlsx", "采购需求.xlsx"),
        ("C:\\桌面\\需求 (1).xls", "需求 (1).xls"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("甲\u3000乙\u202e\x00\n.csv", "甲 乙   .csv"),
        ("长" * 300 + ".xlsx", "长" * 50 + ".xlsx"),
        ("坏\ud800.csv", "坏 .csv"),
        ('<b>"|?*.csv', "b.csv"),
        ("..", "list"),
        ("", "list"),
    ],
)
def test_names_of_files(name: str, safe: str) -> None:
    """What is left stays in its folder, can be made on every system and says what the sender called it."""
    assert safe_name(name) == safe
    assert len(safe.encode()) <= 255


def test_limits_are_what_an_operator_set() -> None:
    own = Settings(largest_upload=5, upload_seconds=7.5, upload_memory=2**30)
    limits = UploadLimits.of(own)
    assert (limits.size, limits.seconds, limits.memory) == (5, 7.5, 2**30)
    assert (limits.bounds.file, limits.bounds.rows) == (5, limits.rows)
