"""Which files a side consists of, and what kind each is; what cannot be read gets a sentence."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from matching.errors import FileError
from matching.words import Words

Kind = Literal["xlsx", "xls", "csv"]
Paths = str | Path | Iterable[str | Path]

READABLE = (".xlsx", ".xlsm", ".xls", ".csv")
#: tables a folder may hold; one that cannot be read is an error, other files are passed over
TABLES = (*READABLE, ".et", ".ett", ".xlsb", ".ods", ".numbers")
LARGEST_FILE, LARGEST_UNPACKED = 100 * 2**20, 200 * 2**20

_FOREIGN = {
    ".et": "WPS表格（.et）",
    ".ett": "WPS表格模板（.ett）",
    ".wps": "WPS文字（.wps）",
    ".xlsb": "Excel二进制工作簿（.xlsb）",
    ".ods": "ODS表格（.ods）",
    ".numbers": "Numbers表格（.numbers）",
    ".doc": "Word文档",
    ".docx": "Word文档",
    ".ofd": "版式文件（.ofd）",
}
_MAGIC = (
    (b"%PDF", "PDF文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
)
_OLE = b"\xd0\xcf\x11\xe0"


def files_of(paths: Paths) -> tuple[Path, ...]:
    """Give the files of a side: a path, several, or folders (their tables by name); else FileError."""
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files = [file for path in given for file in _files_under(Path(path))]
    if not files:
        raise FileError(Words("没有给出文件", "no file was given"))
    return tuple(dict.fromkeys(files))


def _files_under(path: Path) -> list[Path]:
    if not path.exists():
        raise FileError(Words("文件不存在", "there is no such file"), str(path))
    if not path.is_dir():
        return [path]
    tables = [
        file for file in sorted(path.iterdir()) if file.suffix.lower() in TABLES and file.name[0] not in "~."
    ]
    if not tables:
        raise FileError(
            Words("文件夹中没有 .xlsx、.xls 或 .csv 文件", "the folder holds no .xlsx, .xls or .csv file"),
            str(path),
        )
    return tables


def short_names(files: Sequence[Path]) -> list[str]:
    """Give each file's name, with its folder where two are alike."""
    names = [file.name for file in files]
    return [file.name if names.count(file.name) == 1 else f"{file.parent.name}/{file.name}" for file in files]


def content_of(path: Path) -> bytes:
    """Read a file whole; FileError where it is empty, too large or not readable."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileError(
                Words(f"文件超过{LARGEST_FILE >> 20}MB", f"the file exceeds {LARGEST_FILE >> 20} MB"),
                str(path),
            )
        content = path.read_bytes()
    except OSError as error:
        raise FileError(Words("文件无法打开", "the file cannot be opened"), str(path)) from error
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise FileError(Words("文件是空的", "the file is empty"), str(path))
    return content


def kind_of(path: Path, content: bytes) -> Kind:
    """Tell by the content what a file is; FileError, saying what to do, where it cannot be read."""
    foreign = _FOREIGN.get(path.suffix.lower()) or next(
        (name for magic, name in _MAGIC if content.startswith(magic)), None
    )
    if foreign:
        raise save_as(path, foreign)
    if content.startswith(b"PK"):
        return _check_zip(path)
    if content.startswith(_OLE):
        return _check_ole(path, content)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise save_as(path, "网页或XML导出的表格")
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise save_as(path, f"{path.suffix or '无扩展名'}文件（内容不是表格）")
    return "csv"


def save_as(path: Path, kind: str) -> FileError:
    """Give the error of a file to be saved as .xlsx first."""
    return FileError(
        Words(
            f"这是{kind}，无法读取：请用Excel或WPS打开后另存为 .xlsx（不加密）再提交",
            f"cannot be read ({kind}): open it in Excel or WPS and save it as .xlsx without a password",
        ),
        str(path),
    )


def damaged(path: Path) -> FileError:
    """Give the error of a file that is broken."""
    return FileError(
        Words(
            "文件已损坏或不完整：请重新导出，另存为 .xlsx（不加密）再提交",
            "the file is damaged or incomplete: export it again as .xlsx without a password",
        ),
        str(path),
    )


def _check_zip(path: Path) -> Kind:
    """Look into a zip before anything unpacks it: its sizes, its sums, and that it is a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise FileError(
                    Words(
                        f"文件解压后超过{LARGEST_UNPACKED >> 20}MB，未读取",
                        f"the file unpacks to more than {LARGEST_UNPACKED >> 20} MB and was not read",
                    ),
                    str(path),
                )
            broken = archive.testzip()
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as e:
        raise damaged(path) from e
    if broken is not None:
        raise damaged(path)
    if "xl/workbook.xml" not in names:
        raise save_as(path, "其他格式的文件")
    return "xlsx"


def _check_ole(path: Path, content: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise save_as(path, "加密的工作簿")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise save_as(path, "其他Office文件")
    return "xls"
