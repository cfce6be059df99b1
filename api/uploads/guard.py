"""The first wall: what can be refused by a look at the bytes, without a reader of sheets."""

from __future__ import annotations

import re
from pathlib import Path

from api.problems import TooLargeError
from api.uploads.limits import UploadLimits
from matching import Words
from matching.sheets import kind_of

_SEPARATORS = re.compile(r"[/\\]")
_REFUSED = '<>:"|?*'
#: characters; four bytes each still make a name that every file system takes
_LONGEST_STEM, _LONGEST_ENDING = 50, 8


def guard(name: str, content: bytes, limits: UploadLimits) -> None:
    """Raise TooLargeError or FileError for an upload that need not be read to be refused."""
    if len(content) > limits.size:
        most = f"{limits.size / 2**20:.6g}"
        raise TooLargeError(
            Words(f"文件超过{most}MB，未读取", f"the file exceeds {most} MB and was not read"), name
        )
    kind_of(Path(name), content, limits.bounds)


def safe_name(name: str) -> str:
    """Give the last part of a file's name without what a file system or a page could stumble over."""
    last = _SEPARATORS.split(name)[-1]
    kept = (sign if sign.isprintable() else " " for sign in last if sign not in _REFUSED)
    path = Path("".join(kept).strip(" .") or "list")
    return path.stem[:_LONGEST_STEM] + path.suffix[:_LONGEST_ENDING]
