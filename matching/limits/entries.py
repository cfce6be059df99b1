"""Entries of declared limits: as a policy file holds them, as a record does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from matching.errors import PolicyError
from matching.limits.checks import is_number, refuse
from matching.words import Words

Values = tuple[str | float | bool, ...]
Where = Mapping[str, Values]
#: the two sides that a pair has columns of
Side = Literal["need", "offer"]


def plain_of(value: Any) -> Any:
    """Give a value as a policy file holds it."""
    if isinstance(value, Mapping):
        return {name: plain_of(item) for name, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def check_some(name: str, told: Mapping[str, object]) -> None:
    """Raise PolicyError unless at least one of some entries is given."""
    if all(value is None or value == "" for value in told.values()):
        listed = "、".join(told)
        raise PolicyError(
            Words(f"{name}：须给出 {listed}", f"{name}: one of {', '.join(told)} must be given")
            if len(told) > 1
            else Words(f"{name}：须给出 {listed}", f"{name}: {listed} must be given")
        )


def read_where(where: object) -> dict[str, Values]:
    """Give the columns and values of ``where``."""
    if where is None:
        return {}
    if not isinstance(where, Mapping):
        raise refuse("where 应为一组“列 = [值]”", "where must be a table of columns with values", where)
    return {str(column): read_values(f"where {column}", values) for column, values in where.items()}


def check_side(where: Where, side: Side) -> None:
    """Raise PolicyError where ``where`` names a column that is not of one side."""
    wrong = [path for path in where if not path.startswith(f"{side}.")]
    if wrong:
        raise PolicyError(
            Words(
                f"此处 where 只能用 {side}. 开头的列，得到 {wrong[0]}",
                f"where may only use columns of {side} here, got {wrong[0]}",
            )
        )


def read_values(name: str, values: object) -> Values:
    """Give a list of values; raises PolicyError where it is none."""
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise refuse(f"{name} 应为值的列表", f"{name} must be a list of values", values)
    if not all(isinstance(value, (str, bool)) or is_number(value) for value in values):
        raise refuse(
            f"{name} 只能列文字、数或是否", f"{name} may list texts, numbers and truth values", values
        )
    return tuple(values)


def read_range(between: object) -> tuple[float, float]:
    """Give two numbers; raises PolicyError where they are none."""
    if not isinstance(between, Sequence) or len(between) != 2 or not all(map(is_number, between)):
        raise refuse("between 应为两个数 [起, 止]", "between must be two numbers [from, to]", between)
    return float(between[0]), float(between[1])
