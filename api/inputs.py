"""What a plan is made of: files on one side, lists, policies and hand decisions on the other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from api.exits import all_at_once
from api.progress import Tell
from matching import (
    Comparison,
    FileError,
    Form,
    InputError,
    Listing,
    Pin,
    Plan,
    Policy,
    Practice,
    RowsError,
    Vocabulary,
    Words,
    make_plan,
    read_pins,
    read_policy,
    read_vocabulary,
    run_scenarios,
)
from matching import plan as plans
from matching.records.enterprise import ENTERPRISES
from matching.sheets import read_listing

LEAST_SECONDS, LARGEST_SEED = 0.001, 2**31 - 1


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
    vocabulary: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Effort:
    """How hard the solver may try; a number out of its range raises InputError."""

    seconds: float | None = None
    gap: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        _check_range("--seconds", self.seconds, LEAST_SECONDS, math.inf)
        _check_range("--gap", self.gap, 0, 1)
        _check_range("--seed", self.seed, 0, LARGEST_SEED)


@dataclass(frozen=True)
class Inputs:
    """Inputs of a plan as they were read; the first of the ``policies`` is the default one."""

    needs: Listing
    offers: Listing
    policies: tuple[Policy, ...]
    history: Listing | None = None
    enterprises: Listing | None = None
    pins: tuple[Pin, ...] = ()
    vocabulary: Vocabulary | None = None

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The lists there are."""
        lists = (self.needs, self.offers, self.history, self.enterprises)
        return tuple(item for item in lists if item is not None)

    def compare(self, names: Sequence[str], effort: Effort, progress: Tell | None = None) -> Comparison:
        """Make the plans under all policies, by their names, side by side."""
        market = self.policies[0].practice.market(self.needs, self.offers, self.history, self.enterprises)
        if self.vocabulary is not None:
            market = market.replace(vocabulary=self.vocabulary)
        policies = dict(zip(names, self.policies, strict=True))
        trying = plans.Effort(effort.gap, effort.seconds, effort.seed, progress=progress)
        return run_scenarios(market, policies, pins=self.pins, effort=trying)

    def plan(self, policy: Policy, effort: Effort, progress: Tell | None = None) -> Plan:
        """Make the plan under one policy."""
        return make_plan(
            self.needs,
            self.offers,
            policy,
            history=self.history,
            enterprises=self.enterprises,
            pins=self.pins,
            vocabulary=self.vocabulary,
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
    if files.vocabulary:
        readers["vocabulary"] = partial(read_vocabulary, files.vocabulary)
    if files.pins:
        readers["pins"] = partial(read_pins, files.pins)
    inputs = Inputs(**all_at_once(readers))
    return replace(inputs, needs=practice.merged(inputs.needs, files.pins)) if files.pins else inputs


def _listing(path: Path, form: Form, files: Files) -> Callable[[], Listing]:
    def read() -> Listing:
        listing = read_listing(path, form, accept_valid=files.accept_valid)
        if not len(listing):
            raise RowsError([item for item in listing.problems if item.fatal], str(path))
        return listing

    return read


def _check_range(option: str, value: float | None, least: float, most: float) -> None:
    if value is not None and not least <= value <= most:
        zh, en = f"在{least:g}到{most}之间", f"from {least:g} to {most}"
        if most == math.inf:
            zh, en = f"不小于{least:g}", f"at least {least:g}"
        raise InputError(Words(f"应{zh}，得到 {value}", f"must be {en}, got {value}"), option)


def check_output(path: Path | None, *inputs: Path | None) -> None:
    """Refuse, before any work is done, a workbook that could not be written in the end."""
    if path is None:
        return
    if path.suffix.lower() != ".xlsx":
        raise FileError(Words("输出文件名应以 .xlsx 结尾", "the output must end in .xlsx"), str(path))
    if not path.parent.is_dir():
        raise FileError(Words("输出文件夹不存在", "the output folder does not exist"), str(path))
    target, given = path.resolve(), [item.resolve() for item in inputs if item]
    if target in given:
        raise FileError(Words("输出不能覆盖输入的文件", "the output must not replace an input"), str(path))
    if target.parent in given:
        # there it might replace a list, and the next run would read it as one
        reason = Words("输出请放在清单文件夹之外", "the output must stand outside the folder of the lists")
        raise FileError(reason, str(path))
    try:
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        reason = Words(
            "不能改写：没有权限，或正在 Excel 中打开", "cannot be rewritten: no permission, or open in Excel"
        )
        raise FileError(reason, str(path)) from error
