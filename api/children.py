"""What holds for every child process of the service: it ends with its parent and keeps within limits."""

from __future__ import annotations

import atexit
import math
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

ORPHANED = 70
#: pages of memory a process has in use; its first number is the address space
_STATUS = Path("/proc/self/statm")


def end_with_parent(tidy: Callable[[], object] = bool) -> None:
    """Leave, after ``tidy``, once the parent's end of this process's input closes: whatever ended it."""
    leaving = Lock()
    # a process that ends by itself meanwhile lets it finish
    atexit.register(leaving.acquire)
    Thread(target=_wait, args=(leaving, tidy), daemon=True).start()


def _wait(leaving: Lock, tidy: Callable[[], object]) -> None:
    # not through sys.stdin, whose lock would be held when the process ends by itself
    while os.read(0, 1):
        pass
    leaving.acquire()
    tidy()
    os._exit(ORPHANED)


def limit_memory(most: int) -> None:
    """Hold this process to so many bytes of memory in all, where the system can."""
    if sys.platform != "win32":
        import resource

        _limit(resource.RLIMIT_AS, most, most)


def limit_process(memory: int, seconds: float) -> None:
    """Hold this process to so many further bytes of memory, and seconds of work in all, where the system can.

    What is loaded already does not count: how much that is differs by platform and number of cores.
    """
    if sys.platform == "win32":
        return
    import resource

    limit_memory(_address_space() + memory)
    work = math.ceil(seconds)
    # at the soft limit the system says why it ends the process, at the hard one it does not
    _limit(resource.RLIMIT_CPU, work, work + 1)
    _limit(resource.RLIMIT_FSIZE, memory, memory)
    _limit(resource.RLIMIT_CORE, 0, 0)


def _limit(kind: int, soft: int, hard: int) -> None:
    import resource

    # the system's own limit may be lower, and some systems know no limit of this kind
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    try:
        return int(_STATUS.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
