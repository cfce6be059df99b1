"""What is asked: candidates with their scores, demands and loads, checked before any solver runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Floats, Ints, integers, refuse

#: rows of a dense matrix that are turned into candidates in one go
_ROWS = 512


@dataclass(frozen=True, slots=True)
class Request:
    """Candidates by problem: those of problem i are ``expert[start[i]:start[i + 1]]``, in ascending order.

    ``start`` int64[N + 1], ``expert`` int32[C], ``score`` float64[C]; ``demand`` int64[N]; ``most``,
    ``least`` int64[M]: loads of an expert over all problems; ``upper``: what one problem takes of an expert.
    """

    start: Ints
    expert: Any
    score: Floats
    demand: Ints
    most: Ints
    least: Ints
    upper: int = 1

    @property
    def shape(self) -> tuple[int, int]:
        """Number of problems and of experts."""
        return len(self.demand), len(self.most)

    def problem_of(self, at: Ints) -> Ints:
        """Give the problem of each candidate."""
        return np.searchsorted(self.start, at, side="right").astype(np.int64) - 1

    def scores_of(self, problem: int, experts: Ints) -> Floats:
        """Give the scores of some candidates of one problem."""
        span = slice(int(self.start[problem]), int(self.start[problem + 1]))
        return self.score[span][np.searchsorted(self.expert[span], experts)]

    def candidates_of(self, problem: int) -> tuple[Ints, Floats]:
        """Give the candidates of one problem and their scores."""
        span = slice(int(self.start[problem]), int(self.start[problem + 1]))
        return self.expert[span].astype(np.int64), self.score[span]


def read_request(score: Any, demand: Any, max_load: Any, min_load: Any, forbidden: Any, bids: Any) -> Request:
    """Check what a caller handed in; raises ArrayError."""
    matrix = score if sparse.issparse(score) else np.asarray(score)
    if len(matrix.shape) != 2:
        raise refuse("score", "应为二维", f"must have two dimensions, got {len(matrix.shape)}")
    if matrix.dtype.kind not in "biuf":
        raise refuse(
            "score", f"应为数值，实际类型为 {matrix.dtype}", f"must hold numbers, got {matrix.dtype}"
        )
    problems, experts = matrix.shape
    allowed = _allowed(forbidden, matrix.shape)
    start, expert, values = (
        _from_sparse(sparse.csr_array(matrix), allowed)
        if sparse.issparse(matrix)
        else _from_dense(matrix, allowed)
    )
    if bids is not None:
        values = values + _bids(bids, matrix.shape)[_rows(start), expert]
    if not bool(np.isfinite(values).all()):
        raise refuse("score", "含有缺失值或无穷大", "holds a missing or an infinite value")
    wanted = _counts("demand", demand, problems)
    most = _counts("max_load", max_load, experts)
    least = _counts("min_load", 0 if min_load is None else min_load, experts)
    if bool((least > most).any()):
        raise refuse("min_load", "不得大于 max_load", "must not exceed max_load")
    return Request(start, expert, values, wanted, most, least)


def problems_of(request: Request) -> Ints:
    """Give the problem of every candidate."""
    return _rows(request.start)


def _counts(name: str, values: Any, length: int) -> Ints:
    if np.ndim(values) == 0:
        values = np.full(length, values)
    return integers(name, values, length, high=2**31 - 1)


def _allowed(forbidden: Any, shape: tuple[int, int]) -> Bools | None:
    if forbidden is None:
        return None
    told = np.asarray(forbidden.toarray() if sparse.issparse(forbidden) else forbidden)
    if told.shape != shape:
        raise refuse(
            "forbidden", f"形状应为 {shape}，实际为 {told.shape}", f"must be {shape}, got {told.shape}"
        )
    if told.dtype.kind not in "bi" or (told.dtype.kind == "i" and not np.isin(told, (0, 1)).all()):
        raise refuse("forbidden", "应为真假值", "must hold true and false")
    return np.asarray(~told.astype(bool))


def _bids(bids: Any, shape: tuple[int, int]) -> Floats:
    told = np.asarray(bids.toarray() if sparse.issparse(bids) else bids)
    if told.shape != shape:
        raise refuse("bids", f"形状应为 {shape}，实际为 {told.shape}", f"must be {shape}, got {told.shape}")
    return told.astype(np.float64)


def _rows(start: Ints) -> Ints:
    return np.repeat(np.arange(len(start) - 1), np.diff(start))


def _from_sparse(matrix: sparse.csr_array, allowed: Bools | None) -> tuple[Ints, Any, Floats]:
    """Take every stored entry, a stored 0 as well; of an entry stored twice the sum."""
    matrix = matrix.copy()
    matrix.sum_duplicates()
    start, expert = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)
    values = matrix.data.astype(np.float64)
    if allowed is None:
        return start, expert, values
    kept = allowed[_rows(start), expert]
    ends = np.concatenate([[0], np.cumsum(kept)])[start]
    return ends, expert[kept], values[kept]


def _from_dense(matrix: Any, allowed: Bools | None) -> tuple[Ints, Any, Floats]:
    problems, experts = matrix.shape
    if allowed is None:
        start = np.arange(problems + 1, dtype=np.int64) * experts
        return start, np.tile(np.arange(experts, dtype=np.int32), problems), matrix.astype(np.float64).ravel()
    start = np.concatenate([[0], np.cumsum(allowed.sum(axis=1))]).astype(np.int64)
    expert = np.empty(start[-1], np.int32)
    for row in range(0, problems, _ROWS):
        block = allowed[row : row + _ROWS]
        expert[start[row] : start[min(row + _ROWS, problems)]] = np.nonzero(block)[1]
    return start, expert, matrix[allowed].astype(np.float64)
