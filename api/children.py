"""What holds for every child process of the service: it ends with its parent and keeps within limits."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

ORPHANED = 70
#: pages of memory a process has in use; its first number is the address space
_STATUS = Path("/proc/self/statm")


def end_with_parent(tidy: Callable[[], object] = bool) -> None:
    """Leave, after ``tidy``, once the parent's end of this process's input closes: whatever ended it."""
    Thread(target=_wait, args=(tidy,), daemon=True).start()


def _wait(tidy: Callable[[], object]) -> None:
    # not through sys.stdin, whose lock would be held when the process ends by itself
    while os.read(0, 1):
        pass
    tidy()
    os._exit(ORPHANED)


def limit_process(memory: int, seconds: float) -> None:
    """Hold this process to so many further bytes of memory, and seconds of work in all, where the system can.

    What is loaded already does not count: how much that is differs by platform and number of cores.
    """
    if sys.platform == "win32":
        return
    import resource

    most, work = _address_space() + memory, math.ceil(seconds)
    for kind, soft, hard in (
        (resource.RLIMIT_AS, most, most),
        # at the soft limit the system says why it ends the process, at the hard one it does not
        (resource.RLIMIT_CPU, work, work + 1),
        (resource.RLIMIT_FSIZE, memory, memory),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        # the system's own limit may be lower, and some systems know no limit of this kind
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    try:
        return int(_STATUS.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
