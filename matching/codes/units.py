"""Units of measure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from matching.codes.facts import table
from matching.errors import InputError, UnknownNameError
from matching.text import normalise
from matching.words import Words

UNIT = Words("单位", "unit")

PERIOD_DAYS: dict[str, int] = {"天": 1, "周": 7, "月": 30, "季": 90, "半年": 180, "年": 365}

_PERIODS = {
    **{period: period for period in PERIOD_DAYS},
    **dict.fromkeys(("日", "d", "day"), "天"),
    **dict.fromkeys(("星期", "礼拜"), "周"),
    **dict.fromkeys(("个月", "月份", "月度", "month"), "月"),
    **dict.fromkeys(("季度", "个季度"), "季"),
    **dict.fromkeys(("年度", "a", "year"), "年"),
}
_MULTIPLES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: quantities convert only within one ``kind``; ``factor`` times the quantity is in ``base``."""

    code: str
    kind: str
    factor: float
    base: str


@cache
def _by_name() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for row in table("units"):
        unit = Unit(row["code"], row["kind"], float(row["factor"]), row["base"])
        for name in (row["code"], *row["aliases"].split("|")):
            found.setdefault(_plain(name), unit)
    return found


@cache
def _by_folded_name() -> dict[str, Unit]:
    """Map names without regard to case, where that leaves only one unit."""
    names: dict[str, set[Unit]] = defaultdict(set)
    for name, unit in _by_name().items():
        names[name.casefold()].add(unit)
    return {name: units.pop() for name, units in names.items() if len(units) == 1}


def _plain(text: str) -> str:
    return "".join(normalise(text).split())


def find_unit(text: str) -> Unit:
    """Find a unit by code or alias (吨, 公斤, ㎡, 台(套)), also with 百, 千, 万 or 亿 before it (万台).

    Raises UnknownNameError naming the known ones.
    """
    plain = _plain(text)
    unit = _by_name().get(plain) or _by_folded_name().get(plain.casefold())
    if unit is not None:
        return unit
    inner = _by_name().get(plain[1:]) if plain[:1] in _MULTIPLES else None
    if inner is None:
        known = (row["aliases"].split("|")[0] or row["code"] for row in table("units"))
        raise UnknownNameError(UNIT, text, known)
    return replace(inner, code=plain[0] + inner.code, factor=inner.factor * _MULTIPLES[plain[0]])


def unit_name(text: str) -> str:
    """Give the name a unit is shown by: "t" → 吨, "piece" → 件, "CNY" → 元; raises UnknownNameError."""
    code = find_unit(text).code
    plain = code[1:] if code[:1] in _MULTIPLES else code
    names = {row["code"]: row["aliases"].split("|")[0] for row in table("units")}
    return code[: len(code) - len(plain)] + (names[plain] or plain)


def convert(quantity: float, unit: str | Unit, to: str | Unit) -> float:
    """Convert a quantity within one kind (2 吨 → 2000 kg); InputError across kinds (台 to 吨)."""
    source = unit if isinstance(unit, Unit) else find_unit(unit)
    target = to if isinstance(to, Unit) else find_unit(to)
    if source.kind != target.kind:
        raise InputError(
            Words(
                f"单位{source.code}（{source.kind}）不能换算为{target.code}（{target.kind}）",
                f"unit {source.code} ({source.kind}) does not convert to {target.code} ({target.kind})",
            )
        )
    return quantity if source.factor == target.factor else quantity * source.factor / target.factor


def split_period(text: str) -> tuple[str, str | None]:
    """Split "吨/月" into ("吨", "月"); the period is a key of PERIOD_DAYS, or None ("吨", "m3/h")."""
    plain = _plain(text).replace("每", "/")
    head, _, tail = plain.rpartition("/")
    period = _PERIODS.get(tail)
    return (head, period) if head and period else (plain, None)
