"""The exceptions of the library, each with a code, a Chinese and an English sentence, and where.

::

    ChainMatchError
    ├── InputError (ValueError)      what came in cannot be used
    │   ├── FileError                a file is missing, of a wrong kind, encrypted or too large
    │   ├── RowsError                cells of one or more sheets are wrong: all of them at once
    │   └── UnknownNameError         a name, unit or code that is not known: names the allowed ones
    ├── PolicyError (ValueError)     a weight, limit or switch out of its range
    ├── ArrayError (ValueError)      arrays handed to a kernel do not fit
    └── ConflictError                mandatory limits contradict each other: no plan exists
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from matching.words import Language, Words

#: most characters of a wrong value that a line shows
_SHOWN = 40


class ChainMatchError(Exception):
    """Base of all errors raised on purpose; ``words`` is the sentence, ``where`` the place."""

    code: ClassVar[str] = "error"

    def __init__(self, words: Words, where: str = "") -> None:
        super().__init__(words, where)
        self.words = words
        self.where = where

    def say(self, language: Language = "zh") -> str:
        """Give the sentence, led by its place where one is known."""
        colon = "：" if language == "zh" else ": "
        return f"{self.where}{colon}{self.words.say(language)}" if self.where else self.words.say(language)

    def __str__(self) -> str:
        return f"{self.say('zh')} | {self.words.en}"


class InputError(ChainMatchError, ValueError):
    """What came in cannot be used."""

    code = "input"


class FileError(InputError):
    """A file is missing, of a kind that cannot be read, encrypted, damaged or too large."""

    code = "file"


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One wrong or doubtful cell: where it stands, what it holds, and why that is a problem."""

    sheet: str
    cell: str
    value: str
    reason: Words
    fatal: bool = True

    def say(self, language: Language = "zh") -> str:
        """Give the problem in one line; a long value is cut short."""
        value = " ".join(self.value.split())
        value = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        return f"{self.sheet}!{self.cell} [{value}] {self.reason.say(language)}"


class RowsError(InputError):
    """Cells of one or more sheets are wrong; ``problems`` lists all of them."""

    code = "rows"

    def __init__(self, problems: Sequence[CellProblem], where: str = "") -> None:
        count = len(problems)
        super().__init__(Words(f"表中有 {count} 处错误", f"{count} errors in the sheet"), where)
        self.problems = tuple(problems)

    def say(self, language: Language = "zh") -> str:
        """Give one line per wrong cell under a heading."""
        lines = (f"  {problem.say(language)}" for problem in self.problems)
        return "\n".join([super().say(language), *lines])


class UnknownNameError(InputError):
    """A name that is not known; the message names the allowed ones."""

    code = "unknown_name"

    def __init__(self, kind: Words, got: object, allowed: Iterable[str], where: str = "") -> None:
        known = ", ".join(allowed)
        super().__init__(
            Words(
                f"{kind.zh}“{got}”不在允许范围内；允许：{known}",
                f"unknown {kind.en} {got!r}; allowed: {known}",
            ),
            where,
        )


class PolicyError(ChainMatchError, ValueError):
    """A weight, limit or switch of a policy is out of its range."""

    code = "policy"


class ArrayError(ChainMatchError, ValueError):
    """Arrays handed to a kernel do not fit: length, type, range or missing values."""

    code = "array"


class ConflictError(ChainMatchError):
    """Mandatory limits and hand decisions contradict each other.

    ``conflict`` names a minimal set of them; ``changes`` of limits and ``released`` decisions (need, offer),
    applied together, leave a plan; ``options`` say for each limit of the set how far it alone would have to
    give way.
    """

    code = "conflict"

    def __init__(
        self,
        words: Words,
        conflict: Sequence[str] = (),
        where: str = "",
        *,
        changes: Sequence[Any] = (),
        released: Sequence[tuple[str, str]] = (),
        options: Sequence[Words] = (),
    ) -> None:
        super().__init__(words, where)
        self.conflict = tuple(conflict)
        self.changes = tuple(changes)
        self.released = tuple(released)
        self.options = tuple(options)

    def say(self, language: Language = "zh") -> str:
        """Give what clashes and what works, then one line per limit that could give way alone."""
        lines = (f"  {option.say(language)}" for option in self.options)
        heading = Words("其中任一限制单独放宽：", "or any one of these limits alone:").say(language)
        return "\n".join([super().say(language), *((heading, *lines) if len(self.options) > 1 else ())])
