"""Candidates who must take part: each earns so much that a plan is better with him; taken off again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.assignment.arrays import Ints
from matching.assignment.teams.request import Request

#: points for a fixed candidate in many problems, as parts of the best that one team could earn: the less
#: is enough, the nearer the ceiling
_PARTS = (1 / 8, 1, 64)


def insisted(request: Request, *, small: bool) -> Iterator[tuple[Request, int, bool]]:
    """Give the request with points for whoever is fixed, those points, and whether one model is to solve it.

    Of a small one the very first are more than all else together, so that a best plan which leaves somebody
    out proves that no plan has all in; of many problems so many would blur the prices.
    """
    most, least = _span(request)
    if small:
        yield _earning(request, 1 + most + least), 1 + most + least, True
    for part in _PARTS if request.fixed.any() else (0,):
        bonus = int(part * _best_team(request))
        yield _earning(request, bonus), bonus, False


def _earning(request: Request, bonus: int) -> Request:
    return replace(request, score=request.score + bonus * request.fixed)


def cannot_be(request: Request, bound: int, bonus: int) -> bool:
    """Tell whether a ceiling with the points proves that no plan has all in who are fixed."""
    _, least = _span(request)
    return bound < bonus * int(request.fixed.sum()) - least


def _span(request: Request) -> tuple[int, int]:
    """Give more than all teams could earn together, and more than they could lose."""
    parts = (
        request.score,
        request.lead_score,
        request.cohesion,
        request.worth * request.teams,
        -np.maximum(request.uncovered, 0) * request.teams[request.skill_of],
    )
    return _sum(parts, 1), _sum(parts, -1)


def _sum(parts: tuple[Ints, ...], sign: int) -> int:
    return sum(sum(np.maximum(sign * part, 0).tolist()) for part in parts)


def _best_team(request: Request) -> int:
    largest = int(request.most.max(initial=1))
    points = max(int(np.abs(part).max(initial=0)) for part in (request.score, request.lead_score))
    friends: int = sum(request.cohesion.tolist())
    return int(request.worth.max(initial=0)) + largest * points + friends
