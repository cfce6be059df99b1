"""Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal

_SPELLINGS = str.maketrans("〇壹贰叁肆伍陆柒捌玖两拾佰仟", "零一二三四五六七八九二十百千")
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_PLACES = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_WITH_POINT = re.compile(r"(.+)点([零一二三四五六七八九]+)([十百千]?[万亿]?)")

NUMERAL = "[零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖两拾佰仟十百千万亿点]+"


def numeral(text: str) -> Decimal | None:
    """Give the value of a Chinese numeral, None where it is none: 三百二 reads 320, 二〇二五 reads 2025."""
    text = text.translate(_SPELLINGS)
    if found := _WITH_POINT.fullmatch(text):
        return _with_point(found[1], found[2], found[3])
    return _whole(text)


def _with_point(head: str, decimals: str, scale: str) -> Decimal | None:
    whole, factor = _whole(head), _whole("一" + scale) if scale else Decimal(1)
    if whole is None or factor is None:
        return None
    return (whole + Decimal("0." + "".join(_DIGITS[digit] for digit in decimals))) * factor


def _whole(text: str) -> Decimal | None:
    if text and all(char in _DIGITS for char in text):
        return Decimal("".join(_DIGITS[char] for char in text))
    for mark, size in _PLACES:
        head, found, rest = text.rpartition(mark)
        if found:
            upper, lower = _upper(head, size), _lower(rest, size)
            return None if upper is None or lower is None else upper * size + lower
    return None


def _upper(head: str, size: int) -> Decimal | None:
    if not head.lstrip("零"):
        return Decimal(1) if size == 10 else None
    is_one_digit = len(head.lstrip("零")) == 1
    return _whole(head.lstrip("零")) if size >= 10**4 or is_one_digit else None


def _lower(rest: str, size: int) -> Decimal | None:
    """Give the value behind a place; a lone digit counts the next lower place (三百二 = 320)."""
    if rest in _DIGITS and size >= 100:
        return Decimal(_DIGITS[rest]) * size / 10
    plain = rest.lstrip("零")
    return _whole(plain) if plain else Decimal(0)
