"""What is said of a file that cannot be read, and what its sender should do."""

from __future__ import annotations

from pathlib import Path

from matching.errors import FileError
from matching.words import Words

ENCRYPTED = Words("加密的工作簿", "an encrypted workbook")


def save_as(path: Path, kind: Words) -> FileError:
    """Give the error of a file to be saved as .xlsx first."""
    return FileError(
        Words(
            f"这是{kind.zh}，无法读取：请用Excel或WPS打开后另存为 .xlsx（不加密）再提交",
            f"cannot be read ({kind.en}): open it in Excel or WPS and save it as .xlsx without a password",
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
