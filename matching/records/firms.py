"""Who is the same firm: by its credit code, else by its normalised name; near names only for confirmation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

from matching.codes import is_valid_uscc
from matching.errors import InputError
from matching.text import normalise
from matching.words import Words, is_missing

_NOISE = re.compile(r"[\s·.。,，、\"'“”‘’_-]+")
_LEGAL = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|总公司|公司|厂|集团)+$")
_PLACE = re.compile(r"^([\u4e00-\u9fff]{2,3}?)[省市县区]")
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十]+")
#: a pair of characters that more names share than this tells nothing about likeness
_COMMON = 60

IntArray = NDArray[np.int64]


def firm_name(name: str) -> str:
    """Normalise a firm's name: half-width brackets, no blanks; 有限公司 and 有限责任公司 stay apart."""
    return _NOISE.sub("", normalise(name)).casefold()


def firm_codes(names: Sequence[str], usccs: Sequence[str | None]) -> IntArray:
    """Number the firms behind rows, int64[n], 0..F-1; the order of the rows does not matter.

    Rows of one valid credit code are one firm, whatever their names; a row without a code belongs to the
    firm whose code its name goes with, where that is only one. Raises InputError for an empty name.
    """
    keys = _keys(names, usccs)
    return np.asarray(np.unique(np.asarray(keys, dtype=object), return_inverse=True)[1], np.int64)


def firm_notes(names: Sequence[str], usccs: Sequence[str | None]) -> tuple[Words, ...]:
    """Tell what to confirm: one code under several names, one name under several codes, near names."""
    spellings: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    for name, code in zip(names, map(_code, usccs), strict=True):
        if code:
            spellings[code].add(name.strip())
            codes[firm_name(name)].add(code)
    merged = [(code, sorted(found)) for code, found in spellings.items() if len({*map(firm_name, found)}) > 1]
    apart = [(name, sorted(found)) for name, found in codes.items() if len(found) > 1]
    return (
        *(
            Words(
                f"{code} 有不同名称：{'、'.join(found)}，视为同一企业",
                f"{code} has names {found}: taken as one firm",
            )
            for code, found in sorted(merged)
        ),
        *(
            Words(
                f"{name} 有不同信用代码：{'、'.join(found)}，视为不同企业",
                f"{name} has codes {found}: kept apart",
            )
            for name, found in sorted(apart)
        ),
        *(
            Words(
                f"“{one}”与“{other}”名称相近（{alike:g}%），请确认是否同一企业；未合并",
                f"{one} and {other} are near names ({alike:g}%): please confirm; kept apart",
            )
            for one, other, alike in near_names(names)
        ),
    )


def near_names(names: Sequence[str], threshold: float = 88.0) -> list[tuple[str, str, float]]:
    """List names so alike that they may be one firm: (a, b, similarity 0..100), likest first.

    For a person to confirm, never to merge by. Compared without legal form, blanks and the
    省/市 of a place; names that differ in a numeral (中铁一局, 中铁二局) are not near, nor are
    names that count as equal.
    """
    firms: dict[str, str] = {}
    for name in sorted(name for name in names if not is_missing(name)):
        firms.setdefault(firm_name(name), name)
    distinct, cores = list(firms.values()), [_core(key) for key in firms]
    one, other = _sharing(cores)
    scores = process.cpdist([cores[row] for row in one], [cores[row] for row in other], scorer=fuzz.ratio)
    near = [
        (distinct[a], distinct[b], round(float(score), 1))
        for a, b, score in zip(one, other, scores, strict=True)
        if score >= threshold and _NUMERAL.findall(cores[a]) == _NUMERAL.findall(cores[b])
    ]
    return sorted(near, key=lambda item: (-item[2], item[0], item[1]))


def _code(uscc: str | None) -> str:
    text = "" if uscc is None or is_missing(uscc) else str(uscc).strip().upper()
    return text if text and is_valid_uscc(text) else ""


def _keys(names: Sequence[str], usccs: Sequence[str | None]) -> list[str]:
    if any(is_missing(name) or not firm_name(str(name)) for name in names):
        raise InputError(Words("企业名称为空，无法识别企业", "a firm without a name cannot be identified"))
    codes, plain = [_code(uscc) for uscc in usccs], [firm_name(name) for name in names]
    codes_of: dict[str, set[str]] = defaultdict(set)
    for name, code in zip(plain, codes, strict=True):
        if code:
            codes_of[name].add(code)
    only = {name: next(iter(found)) for name, found in codes_of.items() if len(found) == 1}
    return [
        f"#{code or only[name]}" if code or name in only else name
        for name, code in zip(plain, codes, strict=True)
    ]


def _core(name: str) -> str:
    core = _LEGAL.sub("", _PLACE.sub(r"\1", name))
    return core if len(core) > 1 else name


def _sharing(cores: Sequence[str]) -> tuple[list[int], list[int]]:
    """Pairs of rows (a < b) that share a telling pair of characters, or are equal."""
    grams: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, core in enumerate(cores):
        found = {core, *(core[place : place + 2] for place in range(len(core) - 1))}
        rows.extend([row] * len(found))
        columns.extend(grams.setdefault(gram, len(grams)) for gram in sorted(found))
    shape = (len(cores), len(grams))
    table: sparse.csr_matrix = sparse.csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), shape=shape)
    counts = np.bincount(np.asarray(columns, np.int64), minlength=len(grams))
    table = table[:, np.flatnonzero((counts > 1) & (counts <= _COMMON))]
    pairs = sparse.coo_matrix(sparse.triu(table @ table.T, k=1))
    order = np.lexsort((pairs.col, pairs.row))
    return pairs.row[order].tolist(), pairs.col[order].tolist()
