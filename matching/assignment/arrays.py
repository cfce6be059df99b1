"""What arrays handed to a kernel must be; wrong ones raise before any solver runs."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.errors import ArrayError
from matching.words import Words

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

LIMIT = 2**62
_EXACT_FLOAT = 2.0**53


def refuse(name: str, zh: str, en: str) -> ArrayError:
    """Make the error for one array, its name leading."""
    return ArrayError(Words(f"数组 {name} {zh}", f"array {name} {en}"))


def integers(name: str, values: Any, length: int | None, *, low: int = 0, high: int = 2**63 - 1) -> Ints:
    """Give ``values`` as a fresh int64 array, or raise ``ArrayError`` saying what is wrong with it."""
    array = np.asarray(values)
    check_length(name, array, length)
    whole = _whole(name, array)
    if whole.size and int(whole.min()) < low:
        raise refuse(
            name, f"不得小于 {low}，实际为 {whole.min()}", f"must be at least {low}, got {whole.min()}"
        )
    if whole.size and int(whole.max()) > high:
        raise refuse(
            name, f"不得大于 {high}，实际为 {whole.max()}", f"must be at most {high}, got {whole.max()}"
        )
    return whole.astype(np.int64)


def positions(name: str, values: Any, length: int | None, size: int) -> Ints:
    """Give positions into an array of ``size`` entries."""
    return integers(name, values, length, high=size - 1)


def fractions(name: str, values: Any, length: int) -> Floats:
    """Give shares between 0 and 1."""
    array = np.asarray(values)
    check_length(name, array, length)
    if array.size and array.dtype.kind not in "biuf":
        raise refuse(name, "应为数值", "must hold numbers")
    shares = array.astype(np.float64)
    if not bool(np.all((shares >= 0) & (shares <= 1))):
        raise refuse(name, "应在 0 与 1 之间", "must lie between 0 and 1")
    return shares


def limits(name: str, values: Any, length: int, none: int) -> Ints:
    """Give row limits as int64; infinite or beyond 2⁶² means no limit on that side (``none``)."""
    if values is None:
        return np.full(length, none, dtype=np.int64)
    array = np.asarray(values)
    check_length(name, array, length)
    if array.dtype.kind == "f":
        array = np.where(np.isinf(array), np.sign(array) * float(LIMIT), array)
    return np.asarray(np.clip(_whole(name, array), -LIMIT, LIMIT), dtype=np.int64)


def check_length(name: str, array: NDArray[Any], length: int | None) -> None:
    """Raise unless ``array`` has one dimension and the expected length."""
    if array.ndim != 1:
        raise refuse(name, f"应为一维，实际为 {array.ndim} 维", f"must have one dimension, got {array.ndim}")
    if length is not None and len(array) != length:
        raise refuse(
            name, f"长度应为 {length}，实际为 {len(array)}", f"must have {length} entries, got {len(array)}"
        )


def _whole(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if array.size == 0:
        return array.astype(np.int64)
    if array.dtype.kind in "biu":
        return array.astype(np.int64) if array.dtype.kind == "b" else array
    if array.dtype.kind == "f":
        return _from_floats(name, array)
    if array.dtype.kind == "O" and all(isinstance(v, (int, np.integer)) for v in array):
        return _from_objects(name, array)
    raise refuse(name, f"应为整数，实际类型为 {array.dtype}", f"must hold whole numbers, got {array.dtype}")


def _from_floats(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if not bool(np.all(np.isfinite(array))):
        raise refuse(name, "含有缺失值或无穷大", "holds a missing or an infinite value")
    if not bool(np.all(array == np.floor(array))):
        raise refuse(name, "应为整数，实际含小数", "must hold whole numbers, got a fraction")
    # 2**62 itself is what ``limits`` writes for "none"; other floats this large are no longer exact
    if bool(np.any((np.abs(array) > _EXACT_FLOAT) & (np.abs(array) != float(LIMIT)))):
        raise refuse(name, "浮点数超过 2^53，不再精确", "holds floats beyond 2^53, which are not exact")
    return array.astype(np.int64)


def _from_objects(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if any(abs(int(v)) >= 2**63 for v in array):
        raise refuse(name, "超出 64 位整数范围", "exceeds the range of 64-bit integers")
    return array.astype(np.int64)
