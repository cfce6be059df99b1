"""Which files a side consists of, and what kind each is; what cannot be read gets a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from matching.errors import FileError
from matching.sheets.archive import look_through
from matching.sheets.bounds import BOUNDS, Bounds
from matching.sheets.refusals import ENCRYPTED, save_as
from matching.words import Words

Kind = Literal["xlsx", "xls", "csv"]
Paths = str | Path | Iterable[str | Path]

READABLE = (".xlsx", ".xlsm", ".xls", ".csv")
#: tables a folder may hold; one that cannot be read is an error, other files are passed over
TABLES = (*READABLE, ".et", ".ett", ".xlsb", ".ods", ".numbers")

_WORD, _PICTURE, _ARCHIVE = (
    Words("Word文档", "Word"),
    Words("图片", "a picture"),
    Words("压缩包", "an archive"),
)
_FOREIGN = {
    ".et": Words("WPS表格（.et）", "WPS .et"),
    ".ett": Words("WPS表格模板（.ett）", "WPS .ett"),
    ".wps": Words("WPS文字（.wps）", "WPS .wps"),
    ".xlsb": Words("Excel二进制工作簿（.xlsb）", ".xlsb"),
    ".ods": Words("ODS表格（.ods）", ".ods"),
    ".numbers": Words("Numbers表格（.numbers）", ".numbers"),
    ".ofd": Words("版式文件（.ofd）", ".ofd"),
    ".doc": _WORD,
    ".docx": _WORD,
}
_MAGIC = (
    (b"%PDF", Words("PDF文件", "PDF")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
)
_OLE = b"\xd0\xcf\x11\xe0"


def files_of(paths: Paths) -> tuple[Path, ...]:
    """Give the files of a side: a path, several, or folders (their tables by name); else FileError."""
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files = [file for path in given for file in _found(Path(path))]
    if not files:
        raise FileError(Words("没有给出文件", "no file was given"))
    return tuple(dict.fromkeys(files))


def _found(path: Path) -> list[Path]:
    try:
        return _files_under(path)
    except OSError as error:
        # a folder that may not be read, a name longer than the system takes
        raise FileError(Words("文件无法打开", "the file cannot be opened"), str(path)) from error


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


def content_of(path: Path, bounds: Bounds = BOUNDS) -> bytes:
    """Read a file whole; FileError where it is empty, too large or not readable."""
    try:
        bounds.check_file(path.stat().st_size, path)
        return path.read_bytes()
    except OSError as error:
        raise FileError(Words("文件无法打开", "the file cannot be opened"), str(path)) from error


def kind_of(path: Path, content: bytes, bounds: Bounds = BOUNDS) -> Kind:
    """Tell by the content what a file is; FileError, saying what to do, where it cannot be read.

    ``path`` need not lead anywhere: it gives the ending of the name, and the place in messages.
    """
    bounds.check_file(len(content), path)
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise FileError(Words("文件是空的", "the file is empty"), str(path))
    foreign = _FOREIGN.get(path.suffix.lower()) or next(
        (name for magic, name in _MAGIC if content.startswith(magic)), None
    )
    if foreign:
        raise save_as(path, foreign)
    if content.startswith(b"PK"):
        look_through(path, content, bounds)
        return "xlsx"
    if content.startswith(_OLE):
        return _check_ole(path, content)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise save_as(path, Words("网页或XML导出的表格", "a web page or XML"))
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise save_as(path, Words("内容不是表格的文件", "its content is no table"))
    return "csv"


def _check_ole(path: Path, content: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise save_as(path, ENCRYPTED)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise save_as(path, Words("其他Office文件", "another Office format"))
    return "xls"
