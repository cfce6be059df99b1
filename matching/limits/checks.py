"""What the values of a policy must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from numbers import Real
from typing import TypeVar

from matching.errors import ChainMatchError, PolicyError, UnknownNameError
from matching.words import Words

T = TypeVar("T")

#: largest whole number a policy may hold; more than any market has
MOST = 1_000_000_000
#: largest amount a limit may name: money of any plan, and exact as a float
MOST_AMOUNT = 1e15


def is_number(value: object) -> bool:
    """Tell whether a value of a policy is a number; a truth value is none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def try_all(steps: Iterable[Callable[[], T]]) -> list[T]:
    """Take all steps and give what they give; raises the one error, or one PolicyError that says all."""
    given, wrong = list[T](), list[ChainMatchError]()
    for step in steps:
        try:
            given.append(step())
        except ChainMatchError as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        zh, en = "；".join(error.say("zh") for error in wrong), "; ".join(error.say("en") for error in wrong)
        raise PolicyError(Words(zh, en))
    return given


def check_whole(name: str, value: object, least: int = 1, most: int = MOST) -> None:
    """Raise PolicyError unless a value is a whole number from ``least`` to ``most``."""
    if not (isinstance(value, int) and not isinstance(value, bool) and least <= value <= most):
        raise refuse(
            f"{name} 应为{least}到{most}的整数", f"{name} must be an integer from {least} to {most}", value
        )


def check_share(name: str, value: object, *, zero: bool = False) -> None:
    """Raise PolicyError unless a value is a share up to 1, and above 0 unless ``zero`` may be."""
    if not (is_number(value) and 0 <= value <= 1 and (zero or value)):  # type: ignore[operator]
        raise refuse(
            f"{name} 应在0与1之间" if zero else f"{name} 应大于0且不超过1",
            f"{name} must lie between 0 and 1" if zero else f"{name} must be above 0 and at most 1",
            value,
        )


def check_amount(name: str, value: object) -> None:
    """Raise PolicyError unless a value is an amount of at least 0."""
    if not (is_number(value) and 0 <= value <= MOST_AMOUNT):  # type: ignore[operator]
        raise refuse(
            f"{name} 应为0到{MOST_AMOUNT:g}的数", f"{name} must be a number from 0 to {MOST_AMOUNT:g}", value
        )


def check_known(kind: Words, name: object, known: Iterable[str]) -> None:
    """Raise UnknownNameError, naming the known ones, unless a name is among them."""
    known = list(known)
    if name not in known:
        raise UnknownNameError(kind, name, known)


def refuse(zh: str, en: str, value: object) -> PolicyError:
    """Make the error for one value: what it should be, and what it is."""
    return PolicyError(Words(f"{zh}，得到 {value!r}", f"{en}, got {value!r}"))
