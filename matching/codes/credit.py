"""Unified social credit codes (统一社会信用代码)."""

from __future__ import annotations

import re

from matching.text import normalise

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def is_valid_uscc(text: str) -> bool:
    """Tell whether a unified social credit code has its 18 characters and its right check character.

    Small letters, full-width characters and blanks at the ends are no fault.
    Source: GB 32100-2015, check character modulo 31.
    """
    code = normalise(text).upper()
    if not _SHAPE.fullmatch(code):
        return False
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(code, _WEIGHTS, strict=False))
    return _ALPHABET[-total % 31] == code[17]
