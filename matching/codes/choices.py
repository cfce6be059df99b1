"""Closed lists of words that forms offer."""

from __future__ import annotations

from matching.codes.facts import table
from matching.errors import UnknownNameError
from matching.words import Words

CHOICE = Words("选项表", "list of choices")


def choices(name: str) -> tuple[str, ...]:
    """Give the allowed words of a list: IP, coop, stage, domain8, needtype, urgency, public."""
    known = {row["choice"]: tuple(row["values"].split("|")) for row in table("choices")}
    if name not in known:
        raise UnknownNameError(CHOICE, name, known)
    return known[name]
