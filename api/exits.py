"""Errors raised on purpose become sentences on stderr and an exit code; nothing else is caught.

0 a plan was written, 2 the input is bad, 3 mandatory limits contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from matching import ChainMatchError, ConflictError, InputError, Words
from matching.words import Language

BAD_INPUT, CONFLICT = 2, 3


class SeveralErrors(InputError):
    """More than one input cannot be used; each error keeps its own sentence."""

    code = "several"

    def __init__(self, errors: Sequence[ChainMatchError]) -> None:
        super().__init__(Words(f"{len(errors)} 项输入有误", f"{len(errors)} inputs are bad"))
        self.errors = tuple(errors)

    def say(self, language: Language = "zh") -> str:
        """Give all errors, one after the other."""
        return "\n".join(error.say(language) for error in self.errors)


@contextmanager
def exits(language: Language) -> Iterator[None]:
    """Say an error raised within on stderr, and leave with its exit code."""
    try:
        yield
    except ConflictError as error:
        typer.echo(error.say(language), err=True)
        raise typer.Exit(CONFLICT) from error
    except ChainMatchError as error:
        typer.echo(error.say(language), err=True)
        raise typer.Exit(BAD_INPUT) from error


def all_at_once(readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Read several inputs; where some fail, the errors of all of them are raised together."""
    values: dict[str, Any] = {}
    errors: list[ChainMatchError] = []
    for name, read in readers.items():
        try:
            values[name] = read()
        except ChainMatchError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)
    return values
