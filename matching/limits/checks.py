"""What the values of a policy must be."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real

from matching.errors import PolicyError, UnknownNameError
from matching.words import Words

#: largest whole number a policy may hold; more than any market has
MOST = 1_000_000_000
#: largest amount a limit may name: money of any plan, and exact as a float
MOST_AMOUNT = 1e15


def is_number(value: object) -> bool:
    """Tell whether a value of a policy is a number; a truth value is none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def check_whole(name: str, value: object, least: int = 1) -> None:
    """Raise PolicyError unless a value is a whole number from ``least`` to MOST."""
    if not (isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST):
        raise refuse(
            f"{name} 应为{least}到{MOST}的整数", f"{name} must be an integer from {least} to {MOST}", value
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
