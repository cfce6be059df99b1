"""Whether what a document states of an indicator reaches the level that a problem needs."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable

from matching.experts.cells import Indicator
from matching.text import normalise

#: how far behind its name a value may stand, without another value or the end of a clause between
_NEAR = r"[^0-9；;，,。]{0,8}?"
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt,
}  # fmt: skip


def reaches(indicator: Indicator, documents: Iterable[str]) -> bool | None:
    """Tell whether any document states a value that is enough; None where none states one in that unit.

    A document states a value where the indicator's name, a few words and a number with the unit follow.
    """
    holds = _HOLDS.get(indicator.operator)
    if holds is None or indicator.value is None:
        return None
    unit = normalise(indicator.unit)
    end = re.escape(unit) if unit else r"(?![\d.%\w])"
    pattern = re.compile(rf"{re.escape(normalise(indicator.name))}{_NEAR}(\d+(?:\.\d+)?)\s*{end}")
    stated = [float(found) for text in documents for found in pattern.findall(normalise(text))]
    return any(holds(value, indicator.value) for value in stated) if stated else None
