"""Industries of GB/T 4754-2017."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.codes.facts import table
from matching.errors import UnknownNameError
from matching.text import normalise
from matching.words import Words

INDUSTRY = Words("行业", "industry")

_CODE = re.compile(r"([A-T])?(\d{2,4})?(?:[\s:-]*(\D.*))?")


@dataclass(frozen=True, slots=True)
class Industry:
    """One entry: level 1 section (a letter), 2 division, 3 group, 4 class; ``note`` says what it covers."""

    code: str
    name: str
    level: int
    parent: str
    section: str
    note: str


@cache
def industries() -> tuple[Industry, ...]:
    """Give all entries in the order of the standard."""
    return tuple(
        Industry(row["code"], row["name"], int(row["level"]), row["parent"], row["section"], row["note"])
        for row in table("industries")
    )


@cache
def _by_code() -> dict[str, Industry]:
    return {industry.code: industry for industry in industries()}


@cache
def _by_name() -> dict[str, Industry]:
    """Map each name to its entry; of equal names the widest entry that has digits."""
    found: dict[str, Industry] = {}
    for industry in sorted(industries(), key=lambda entry: (entry.level == 1, entry.level)):
        found.setdefault(normalise(industry.name), industry)
    return found


def find_industry(text: str) -> Industry:
    """Find an industry by code ("3443", "C3443", "34", "C"), exact name, or both together.

    Raises UnknownNameError for anything else, also for a code under a letter or name that is not its own.
    """
    plain = normalise(text)
    named = _by_name().get(plain)
    if named is not None:
        return named
    found = _CODE.fullmatch(plain)
    letter, digits, name = found.groups() if found else (None, None, None)
    entry = _by_code().get(digits or letter or "")
    fits = entry and letter in (None, entry.section) and name in (None, normalise(entry.name))
    if entry is None or not fits:
        raise UnknownNameError(INDUSTRY, text, _allowed(plain))
    return entry


def _allowed(plain: str) -> list[str]:
    """Give the names nearest to a text, or how a code looks."""
    from rapidfuzz import fuzz, process

    near = process.extract(plain, list(_by_name()), scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    codes = [f"{name}({_by_name()[name].code})" for name, _, _ in near]
    return [*codes, "GB/T 4754-2017 代码（如 3443、C3443、34）"]


def is_compatible(a: str, b: str) -> bool:
    """Tell whether one code is the other or contains it (34 and 3443, C and 34); unknown ("") fits all."""
    if not a or not b:
        return True
    wide, narrow = sorted((a, b), key=len)
    if wide.isalpha():
        entry = _by_code().get(narrow)
        return wide == narrow or (entry is not None and entry.section == wide)
    return narrow.startswith(wide)


def common_digits(a: Sequence[str], b: Sequence[str]) -> NDArray[np.int8]:
    """Count the leading digits two columns of codes share: int8[n] of 0..4, -1 where one is unknown."""
    left, right = _letters(a), _letters(b)
    same = (left == right) & (left != "") & np.char.isdigit(left)
    count = np.cumprod(same, axis=1).sum(axis=1)
    return np.where((left[:, 0] == "") | (right[:, 0] == ""), -1, count).astype(np.int8)


def are_compatible(a: Sequence[str], b: Sequence[str]) -> NDArray[np.bool_]:
    """Give ``is_compatible`` for two columns of numeric codes, row by row: bool[n]."""
    shared = common_digits(a, b)
    shorter = np.minimum(np.char.str_len(np.asarray(a, "U4")), np.char.str_len(np.asarray(b, "U4")))
    return np.asarray((shared < 0) | (shared == shorter))


def _letters(codes: Sequence[str]) -> NDArray[np.str_]:
    return np.asarray(codes, "U4").reshape(-1, 1).view("U1")
