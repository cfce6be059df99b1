"""What a header cell says: its name and its unit, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from matching.codes import find_unit, split_period
from matching.errors import InputError
from matching.records import Form
from matching.text import normalise

_BRACKETS = re.compile(r"[(\[{【〔<]([^()\[\]{}【】〔〕<>]*)[)\]}】〕>]")
_TAIL = re.compile(r"(.+?)[/:,、_-]([^/:]+(?:/[^/:]+)?)$")
_MONEY_TAIL = re.compile(r"(.{2,}?)(亿元|百万元|万元|千元)$")
_OPTIONAL = re.compile(r"[*＊★]|必填项?|选填项?|可选")
_PER = re.compile(r"^(每?年|每?月|每?季度?|每?周|每?日|每?天)(?=[产供可])")
_DURATIONS = ("天", "日", "日历天", "工作日", "周", "月", "个月", "季", "季度", "年")
#: headers of a running number, which names nothing
ORDINALS = ("序号", "序", "次序", "行号", "no", "no.", "项次", "顺序号")


@dataclass(frozen=True, slots=True)
class HeadingText:
    """``full`` keeps what brackets hold, ``bare`` leaves it out; ``unit`` is one found in or behind it."""

    full: str
    bare: str
    unit: str = ""


@lru_cache(maxsize=4096)
def heading_text(text: str) -> HeadingText:
    """Read a header cell: "预算（单位：万元）*" is 预算 in 万元."""
    clean = re.sub(r"\s+", "", _OPTIONAL.sub("", normalise(text))).casefold()
    inner = [part for held in _BRACKETS.findall(clean) for part in re.split("[,;、]", held) if part]
    units = [unit for part in inner if (unit := _unit_in(part))]
    bare = _BRACKETS.sub("", clean)
    full = bare + "".join(part for part in inner if not _unit_in(part))
    if not units and (tail := _TAIL.match(bare) or _MONEY_TAIL.match(bare)) and (unit := _unit_in(tail[2])):
        return HeadingText(tail[1], tail[1], unit)
    return HeadingText(full, bare, units[0] if units else "")


def _unit_in(text: str) -> str:
    """Give the unit a text consists of ("单位:万元", "万元/季", "元/吨"), else nothing."""
    text = re.sub(r"^(计量|金额|货币)?单位[:：]?|^[:：/]", "", text)
    if not text or text in _DURATIONS:
        return text
    name, period = split_period(text)
    if not name:
        return text if period else ""
    return text if all(_is_unit(part) for part in name.split("/")) else ""


def _is_unit(text: str) -> bool:
    try:
        return bool(find_unit(text))
    except InputError:
        return False


@cache
def names_of(form: Form) -> dict[str, tuple[str, int]]:
    """Every header a form knows → (field, rank; 0 is the form's own)."""
    names: dict[str, tuple[str, int]] = {}
    for field, column in form.columns.items():
        for rank, header in enumerate(column.headers):
            read = heading_text(header)
            for name in (read.full, read.bare):
                names.setdefault(name, (field, rank))
    return names


def unit_with_period(read: HeadingText) -> str:
    """Give the unit of a header; 月产能(吨) is per month."""
    per = _PER.match(read.bare)
    if per is None or not read.unit or split_period(read.unit)[1]:
        return read.unit
    return f"{read.unit}/{per[1].removeprefix('每').replace('季度', '季').replace('日', '天')}"
