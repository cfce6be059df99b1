"""What a plan is made of: files on one side, lists, policies and hand decisions on the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from api.exits import all_at_once
from api.progress import Tell
from matching import (
    FileError,
    Form,
    Listing,
    Pin,
    Plan,
    Policy,
    Practice,
    RowsError,
    Words,
    make_plan,
    read_pins,
    read_policy,
)
from matching.records.enterprise import ENTERPRISES
from matching.sheets import read_listing


@dataclass(frozen=True)
class Files:
    """Where the inputs of a plan stand; ``accept_valid`` goes on with the good rows of a bad list."""

    needs: Path
    offers: Path
    history: Path | None = None
    enterprises: Path | None = None
    policies: tuple[Path, ...] = ()
    pins: Path | None = None
    accept_valid: bool = False


@dataclass(frozen=True)
class Effort:
    """How hard the solver may try."""

    seconds: float | None = None
    gap: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Inputs:
    """Inputs of a plan as they were read; the first of the ``policies`` is the default one."""

    needs: Listing
    offers: Listing
    policies: tuple[Policy, ...]
    history: Listing | None = None
    enterprises: Listing | None = None
    pins: tuple[Pin, ...] = ()

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The lists there are."""
        lists = (self.needs, self.offers, self.history, self.enterprises)
        return tuple(item for item in lists if item is not None)

    def plan(self, policy: Policy, effort: Effort, progress: Tell | None = None) -> Plan:
        """Make the plan under one policy."""
        return make_plan(
            self.needs,
            self.offers,
            policy,
            history=self.history,
            enterprises=self.enterprises,
            pins=self.pins,
            seconds=effort.seconds,
            gap=effort.gap,
            seed=effort.seed,
            progress=progress,
        )


def read_inputs(practice: Practice, files: Files) -> Inputs:
    """Read all files of a plan; the errors of all of them are raised at once."""
    readers: dict[str, Callable[[], Any]] = {
        "needs": _listing(files.needs, practice.demand, files),
        "offers": _listing(files.offers, practice.supply, files),
        "policies": lambda: (Policy.of(practice), *(read_policy(path, practice) for path in files.policies)),
    }
    if files.history and practice.history:
        readers["history"] = _listing(files.history, practice.history, files)
    if files.enterprises:
        readers["enterprises"] = _listing(files.enterprises, ENTERPRISES, files)
    if files.pins:
        readers["pins"] = partial(read_pins, files.pins)
    return Inputs(**all_at_once(readers))


def _listing(path: Path, form: Form, files: Files) -> Callable[[], Listing]:
    def read() -> Listing:
        listing = read_listing(path, form, accept_valid=files.accept_valid)
        if not len(listing):
            raise RowsError([item for item in listing.problems if item.fatal], str(path))
        return listing

    return read


def check_output(path: Path | None, *inputs: Path | None) -> None:
    """Refuse, before any work is done, a workbook that could not be written in the end."""
    if path is None:
        return
    if path.suffix.lower() != ".xlsx":
        raise FileError(Words("输出文件名应以 .xlsx 结尾", "the output must end in .xlsx"), str(path))
    if not path.parent.is_dir():
        raise FileError(Words("输出文件夹不存在", "the output folder does not exist"), str(path))
    if path.resolve() in [item.resolve() for item in inputs if item]:
        raise FileError(Words("输出不能覆盖输入的清单", "the output must not replace an input"), str(path))
    try:
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        reason = Words(
            "不能改写：没有权限，或正在 Excel 中打开", "cannot be rewritten: no permission, or open in Excel"
        )
        raise FileError(reason, str(path)) from error
