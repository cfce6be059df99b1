"""Bad arrays raise a typed error that names the array, before any solver is loaded."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from matching.assignment import allocate
from matching.errors import ArrayError

GOOD: dict[str, Any] = {
    "need": [0, 1],
    "offer": [0, 1],
    "score": [3, 4],
    "demand": [5, 5],
    "capacity": [6, 6],
}

BAD = [
    ({"need": [0, 2]}, "need must be at most 1, got 2"),
    ({"need": [0, -1]}, "need must be at least 0, got -1"),
    ({"need": [[0, 1]]}, "need must have one dimension, got 2"),
    ({"offer": [0]}, "offer must have 2 entries, got 1"),
    ({"offer": [0, 9]}, "offer must be at most 1, got 9"),
    ({"need": [0, 0], "offer": [1, 1]}, "name pair 1 a second time"),
    ({"score": [1.5, 2]}, "score must hold whole numbers, got a fraction"),
    ({"score": [np.nan, 2]}, "score holds a missing or an infinite value"),
    ({"score": [2**62 + 1, 1]}, "score must be at most 4611686018427387904"),
    ({"score": [2**70, 1]}, "score exceeds the range of 64-bit integers"),
    ({"score": ["3", "4"]}, "score must hold whole numbers"),
    ({"score": [2.0**60, 1]}, r"score holds floats beyond 2\^53"),
    ({"demand": [-1, 5]}, "demand must be at least 0, got -1"),
    ({"capacity": [6, -6]}, "capacity must be at least 0, got -6"),
    ({"upper": [1]}, "upper must have 2 entries, got 1"),
    ({"upper": [1, -1]}, "upper must be at least 0"),
    ({"minimum": [1, None]}, "minimum must hold whole numbers"),
    ({"partner": [0]}, "partner must have 2 entries"),
    ({"partner": [0, -1]}, "partner must be at least 0"),
    ({"max_partners": [1, 2, 3]}, "max_partners must have 2 entries, got 3"),
    ({"max_share": [0.5, np.nan]}, "max_share must lie between 0 and 1"),
    ({"max_share": [0.5, 1.5]}, "max_share must lie between 0 and 1"),
    ({"max_share": ["a", "b"]}, "max_share must hold numbers"),
    ({"use": [1, -1]}, "use must be at least 0"),
    ({"setup": [-1, 0]}, "setup must be at least 0"),
    ({"opening": [0]}, "opening must have 2 entries"),
    ({"fixed": [0, -2]}, "fixed must be at least 0"),
    ({"max_deals": [1]}, "max_deals must have 2 entries, got 1"),
    ({"max_deals": [1, -2]}, "max_deals must be at least -1"),
    ({"min_partners": [-1, 0]}, "min_partners must be at least 0"),
    ({"rows": [[1, 2, 3]], "low": [0]}, "rows must have 2 columns, got 3"),
    ({"rows": [[1.5, 2]], "low": [0]}, "rows must hold whole numbers"),
    ({"rows": [[1, 2]], "low": [0, 1]}, "low must have 1 entries, got 2"),
    ({"rows": [[1, 2]], "high": [np.nan]}, "high holds a missing"),
    ({"rows": [[1, 2]], "penalty": [-2]}, "penalty must be at least -1"),
    ({"low": [1]}, "low must have 0 entries, got 1"),
    ({"gap": -0.1}, "gap must be a number of at least 0"),
    ({"gap": float("nan")}, "gap must be a number of at least 0"),
    ({"seconds": 0}, "seconds must be a number above 0"),
    ({"seed": -1}, "seed must be a whole number"),
    ({"score": [2**61, 2**61], "demand": [4, 4]}, r"score times quantity adds up to more than 2\^62"),
    (
        {"demand": [2**62, 2**62], "capacity": [2**62, 2**62]},
        r"demand times quantity adds up to more than 2\^62",
    ),
    ({"rows": [[2**61, 0]], "high": [1]}, r"row 0 may add up to more than 2\^62"),
    ({"rows": [[1, 0]], "low": [2**60], "penalty": [9]}, r"adds up to more than 2\^62"),
    ({"setup": [2**62, 1], "score": [2**61, 1]}, r"adds up to more than 2\^62"),
]


@pytest.mark.parametrize(("change", "message"), BAD)
def test_bad_arrays_raise_naming_the_array(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ArrayError, match=message) as caught:
        allocate(**(GOOD | change))
    assert isinstance(caught.value, ValueError)
    assert caught.value.say("zh").startswith("数组 ")


def test_errors_come_before_any_solver() -> None:
    code = (
        "import sys\nfrom matching.assignment import allocate\n"
        "try: allocate([0], [0], [1], demand=[-5], capacity=[1])\n"
        "except ValueError: raise SystemExit('ortools' in sys.modules)\nraise SystemExit(2)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_whole_floats_bools_and_lists_are_taken() -> None:
    found = allocate(
        np.array([0.0, 1.0]), [0, 1], np.array([3.0, 4.0]), demand=np.array([True, True]), capacity=(6, 6)
    )
    assert found.objective == 7


def test_huge_ceilings_stand_for_no_limit() -> None:
    """The largest int64 is a common way to say "as much as you like"; nothing overflows."""
    most = np.full(2, np.iinfo(np.int64).max)
    changes = {"capacity": most, "upper": most, "max_partners": most, "max_deals": most}
    assert allocate(**(GOOD | changes)).objective == 35


@pytest.mark.parametrize(
    "kind", [sparse.csr_array, sparse.csc_array, sparse.coo_array, sparse.csr_matrix, np.array]
)
def test_rows_of_any_matrix_kind(kind: Any) -> None:
    found = allocate(**(GOOD | {"rows": kind([[1, 1]]), "high": [4]}))
    assert found.objective == 16


def test_infinite_limits_of_rows_are_no_limits() -> None:
    changes = {"rows": [[1, 1]], "low": [-np.inf], "high": [np.inf]}
    assert allocate(**(GOOD | changes)).objective == 35
