"""Check an upload behind both walls, and give its sender's sheet back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Literal

from api.problems import BusyError
from api.schemas import ListKind
from api.uploads.answer import Order
from api.uploads.checked import CheckedList
from api.uploads.guard import guard, safe_name
from api.uploads.limits import UploadLimits
from api.uploads.running import run_child
from matching import Words

#: uploads read at once, each of which may take all of its memory; further ones wait
AT_ONCE = 2
_ROOM = BoundedSemaphore(AT_ONCE)


def check_upload(name: str, content: bytes, kind: ListKind, limits: UploadLimits) -> CheckedList:
    """Read an uploaded list with all that is wrong in it.

    Raises FileError or InputError for a file that is no such list, TooLargeError for one beyond a limit,
    BusyError where too many others are being checked.
    """
    with _ordered("check", name, content, kind, limits) as order:
        found = run_child(order)
    return CheckedList(
        kind=kind,
        title=Path(order.name).stem,
        file_name=order.name,
        content=content,
        sha256=sha256(content).hexdigest(),
        columns=found.columns,
        notes=found.notes,
        rows=found.rows,
    )


def returned_upload(name: str, content: bytes, kind: ListKind, limits: UploadLimits) -> bytes:
    """Give the sender's own sheet as .xlsx, its wrong cells coloured, the reasons in a last column."""
    with _ordered("return", name, content, kind, limits) as order:
        run_child(order)
        return order.returned.read_bytes()


@contextmanager
def _ordered(
    verb: Literal["check", "return"], name: str, content: bytes, kind: ListKind, limits: UploadLimits
) -> Iterator[Order]:
    """Let an upload past the first wall, and put it into a folder of its own once there is room."""
    name = safe_name(name)
    guard(name, content, limits)
    if not _ROOM.acquire(timeout=limits.seconds):
        raise BusyError(
            Words("正在检查的文件太多，请稍后再试", "too many files are being checked; try later")
        )
    try:
        with TemporaryDirectory(prefix="chainmatch-", ignore_cleanup_errors=True) as folder:
            order = Order(verb, kind, Path(folder), name, limits)
            order.file.parent.mkdir()
            order.file.write_bytes(content)
            yield order
    finally:
        _ROOM.release()
