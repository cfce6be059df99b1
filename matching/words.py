"""Sentences and labels that exist in Chinese and in English."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One label or sentence in both languages; it may hold ``{fields}`` to be filled."""

    zh: str
    en: str

    def fill(self, **values: Any) -> Words:
        """Fill the ``{fields}``; a missing value (None, NaN, NaT) reads 未知 / unknown."""
        return Words(
            self.zh.format(**{name: Shown(value, "zh") for name, value in values.items()}),
            self.en.format(**{name: Shown(value, "en") for name, value in values.items()}),
        )

    def fill_from(self, facts: Callable[[str], Any]) -> Words:
        """Fill the ``{fields}`` by asking ``facts`` for each name that occurs."""
        return Words(
            self.zh.format_map(_Asking(facts, "zh")),
            self.en.format_map(_Asking(facts, "en")),
        )

    def fill_rows(self, columns: Callable[[str], Sequence[Any]], count: int) -> list[Words]:
        """Fill the ``{fields}`` of many rows at once; ``columns`` gives the values of each, dots included."""
        known: dict[tuple[str, str], _Column] = {}
        zh = _filled(self.zh, columns, count, 0, known)
        return list(map(Words, zh, _filled(self.en, columns, count, 1, known)))

    def say(self, language: Language = "zh") -> str:
        """Give the sentence in one language."""
        return self.zh if language == "zh" else self.en


UNKNOWN = Words("未知", "unknown")


def is_missing(value: object) -> bool:
    """Tell whether a value is unknown: None, NaN, NaT or empty text."""
    if value is None or value == "":
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NaTType", "NAType")


class _Asking(dict[str, "Shown"]):
    """The names of a sentence, each looked up only when it occurs."""

    def __init__(self, facts: Callable[[str], Any], language: Language) -> None:
        super().__init__()
        self.facts = facts
        self.language: Language = language

    def __missing__(self, name: str) -> Shown:
        return Shown(self.facts(name), self.language)


class Shown:
    """A value on its way into a sentence: formats like itself, reads 未知 when missing."""

    __slots__ = ("language", "value")

    def __init__(self, value: Any, language: Language) -> None:
        self.value = value
        self.language: Language = language

    def __format__(self, spec: str) -> str:
        return _shown(self.value, spec, self.language)

    def __getattr__(self, name: str) -> Shown:
        return Shown(getattr(self.value, name), self.language)

    def __str__(self) -> str:
        return format(self, "")


def _shown(value: Any, spec: str, language: Language) -> str:
    if is_missing(value):
        return UNKNOWN.say(language)
    if isinstance(value, Words):
        return value.say(language)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return format(value, spec)


#: how the values of a field read in Chinese and in English; most read alike
_Column = tuple[Sequence[str], Sequence[str]]


def _filled(
    text: str,
    columns: Callable[[str], Sequence[Any]],
    count: int,
    side: Literal[0, 1],
    known: dict[tuple[str, str], _Column],
) -> Iterable[str]:
    """Fill one language of a sentence column by column, many times as fast as row by row."""
    pieces = [(literal, name, spec or "") for literal, name, spec, _ in Formatter().parse(text)]
    fields = [(name, spec) for _, name, spec in pieces if name]
    if not fields:
        return [text.format()] * count
    for name, spec in fields:
        if (name, spec) not in known:
            known[name, spec] = _column(columns(name), spec)
    pattern = "".join(literal.replace("%", "%%") + ("%s" if name else "") for literal, name, _ in pieces)
    return map(pattern.__mod__, zip(*(known[field][side] for field in fields), strict=True))


def _column(values: Sequence[Any], spec: str) -> _Column:
    """Show the values of one field in both languages; numbers, which read alike, are shown once."""
    kinds = set(map(type, values))
    if kinds <= {int, float}:
        shown = ["" if value != value else format(value, spec) for value in values]  # NaN alone differs
        return [text or UNKNOWN.zh for text in shown], [text or UNKNOWN.en for text in shown]
    if kinds <= {str, Words, type(None)} and not spec:
        return (
            [(value.zh if type(value) is Words else value) or UNKNOWN.zh for value in values],
            [(value.en if type(value) is Words else value) or UNKNOWN.en for value in values],
        )
    zh, en = ([_shown(value, spec, language) for value in values] for language in ("zh", "en"))
    return zh, en
