"""Names of cells, such as H15, and the places they stand for, counted from 0."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")


def place_of(reference: str) -> tuple[int, int]:
    """Turn "H15" into (14, 7); ValueError where it is no reference."""
    found = _REFERENCE.match(reference)
    if found is None:
        raise ValueError(reference)
    return int(found[2]) - 1, column_number(found[1])


def column_number(letters: str) -> int:
    """Turn "A" into 0, "AA" into 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """Turn 0 into "A", 26 into "AA"."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Turn (14, 7) into "H15"."""
    return f"{column_letters(column)}{row + 1}"
