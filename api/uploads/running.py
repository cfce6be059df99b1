"""Run the process that reads an upload, and say what became of it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

from api.problems import TooLargeError
from api.schemas import Problem
from api.settings import MIB, PREFIX
from api.uploads.answer import ANSWER, ORDER, Findings, Order
from matching import FileError, InputError, Words

log = logging.getLogger(__name__)
#: one thread each: more would only reserve memory
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)


def run_child(order: Order) -> Findings:
    """Give what the child found; raises what it raised, or TooLargeError where a limit ended it."""
    answer, errors = order.folder / "answer.json", order.folder / "errors.txt"
    try:
        code = _run(order, answer, errors)
    except subprocess.TimeoutExpired as error:
        raise _too_slow(order) from error
    if code == _OUT_OF_TIME:
        raise _too_slow(order)
    if code:
        log.warning("checking %r ended with %s: %s", order.name, code, _last_line(errors))
        raise _too_much(order)
    found = ANSWER.validate_json(answer.read_bytes())
    if isinstance(found, Problem):
        kind = FileError if found.code == FileError.code else InputError
        raise kind(Words(found.message.zh, found.message.en), found.where)
    return found


def _run(order: Order, answer: Path, errors: Path) -> int:
    """Run the child to its end, which is at most when its time is over; give its exit code."""
    command = [sys.executable, "-m", "api.uploads.child", ORDER.dump_json(order).decode()]
    with answer.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(
            command,
            # nothing is written to it: it closes when this process ends, and the child sees that
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            env=_environment(),
            start_new_session=True,
        )
        try:
            return process.wait(order.limits.seconds)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of a child that still runs."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdin:
        process.stdin.close()
    process.wait()


def _environment() -> dict[str, str]:
    """Hand on no setting of the service: the child needs none, and some are secret."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | _THREADS


def _last_line(errors: Path) -> str:
    lines = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _too_slow(order: Order) -> TooLargeError:
    most = f"{order.limits.seconds:g}"
    return TooLargeError(
        Words(
            f"检查超过{most}秒，已停止：请减少行列，或分成几份文件提交",
            f"checking took over {most} seconds and was stopped: send fewer rows, or several files",
        ),
        order.name,
    )


def _too_much(order: Order) -> TooLargeError:
    most = f"{order.limits.memory / MIB:.6g}"
    return TooLargeError(
        Words(
            f"检查中断：所需内存超过{most}MB，或文件内容异常；请另存为新的 .xlsx 后分成几份提交",
            f"checking broke off: it took over {most} MB of memory, or the file is out of the ordinary; "
            "save it as a new .xlsx and send it in parts",
        ),
        order.name,
    )
