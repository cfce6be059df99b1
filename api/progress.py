"""Progress on stderr: a bar on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from matching import Words
from matching.words import Language

Tell = Callable[[Words, float], None]


@contextmanager
def progress_bar(language: Language) -> Iterator[Tell | None]:
    """Give what ``make_plan`` calls with a stage and the share done; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    looks = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*looks, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1.0)

        def tell(stage: Words, share: float) -> None:
            # stages count their own share; a bar that runs backwards looks like a fault
            done = max(share, progress.tasks[0].completed)
            progress.update(task, description=stage.say(language), completed=done)

        yield tell
