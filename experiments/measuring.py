"""CPU seconds of named stages, and the peak memory of a process of its own."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

Taken = ParamSpec("Taken")
Given = TypeVar("Given")

#: where Linux tells the highest memory a process has held
STATUS = Path("/proc/self/status")


@dataclass
class Stages:
    """CPU seconds by stage, in the order in which the stages began."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what runs inside under a name."""
        start = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start

    def move(self, part: float, source: str, target: str) -> None:
        """Count seconds measured inside one stage under another."""
        self.seconds[source] -= part
        self.seconds[target] = self.seconds.get(target, 0.0) + part


def cpu_seconds(action: Callable[[], object], repeats: int = 3) -> float:
    """Give the least CPU seconds that an action took, of some repeats."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return max(min(taken), 1e-9)


def peak_mib() -> float | None:
    """Give the highest memory this process has held, MiB; None where the system does not tell."""
    if STATUS.exists():
        lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) / 1024
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 1024


def in_own_process(action: Callable[Taken, Given], *arguments: Taken.args, **options: Taken.kwargs) -> Given:
    """Run a function in a fresh process, so that CPU seconds and memory are its own."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        return pool.submit(action, *arguments, **options).result()
