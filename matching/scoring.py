"""Score pairs in integer points: parts are rounded once and add up exactly to the score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from matching.errors import ArrayError
from matching.market import FloatArray, IntArray, Pairs
from matching.policy import Policy
from matching.practice import Criterion
from matching.words import Words


@dataclass(frozen=True)
class Part:
    """Points of one criterion for one pair, of ``most``; ``known`` is False where a value was missing."""

    criterion: str
    label: Words
    points: int
    most: int
    sentence: Words
    known: bool


def score(pairs: Pairs, policy: Policy) -> IntArray:
    """Give the points of pairs, int64[P] within 0..10000."""
    scores = np.empty(len(pairs), np.int64)
    start = 0
    for chunk, columns in _columns(pairs, policy):
        total = np.zeros(len(chunk))
        for column in columns:
            total += column
        scores[start : start + len(chunk)] = total
        start += len(chunk)
    return scores


def parts(pairs: Pairs, policy: Policy) -> IntArray:
    """Give the points of each criterion, int64[P, criteria] in the order of ``policy.criteria``.

    Each row sums to the pair's score exactly.
    """
    matrix = np.empty((len(pairs), len(policy.criteria)), np.int64)
    start = 0
    for chunk, columns in _columns(pairs, policy):
        for at, column in enumerate(columns):
            matrix[start : start + len(chunk), at] = column
        start += len(chunk)
    return matrix


def explain(pairs: Pairs, policy: Policy) -> tuple[tuple[Part, ...], ...]:
    """Say what each criterion gave each pair, one tuple of parts a pair, in the points of the batch."""
    columns = [_parts_of(item, policy.points[item.name], pairs) for item in policy.criteria]
    return tuple(zip(*columns, strict=True)) if columns else ((),) * len(pairs)


def fill(sentence: Words, pairs: Pairs, at: int) -> Words:
    """Fill ``{need.…}``, ``{offer.…}`` and facts of one of the pairs in; what is missing reads 未知."""
    return sentence.fill_from(lambda name: pairs.value(name, at))


def _parts_of(criterion: Criterion, most: int, pairs: Pairs) -> Iterator[Part]:
    measure = np.asarray(criterion.measure(pairs), float)
    points, known = _points(criterion, most, measure).astype(np.int64), ~np.isnan(measure)
    said = np.empty(len(pairs), object)
    for sentence, rows in (
        (criterion.sentence, np.flatnonzero(known)),
        (criterion.unknown, np.flatnonzero(~known)),
    ):
        said[rows] = sentence.fill_rows(partial(pairs.values, which=rows), len(rows))
    for words, own, told in zip(said, points.tolist(), known.tolist(), strict=True):
        yield Part(criterion.name, criterion.label, own, most, words, told)


def _columns(pairs: Pairs, policy: Policy) -> Iterator[tuple[Pairs, Iterator[FloatArray]]]:
    """Chunks of pairs, each with the points of every criterion (whole numbers, as floats)."""
    gather = [_points_of(item, policy.points[item.name], pairs) for item in policy.criteria]
    for chunk in pairs.chunks():
        yield chunk, (points(chunk) for points in gather)


def _points_of(criterion: Criterion, most: int, pairs: Pairs) -> Callable[[Pairs], FloatArray]:
    """Give what computes a criterion's points: once a row where it reads one side only, else once a pair."""
    market = pairs.market
    rows = len(market.needs) if criterion.side == "need" else len(market.offers)
    if criterion.side == "pair" or len(pairs) < rows:
        return lambda chunk: _measured(criterion, most, chunk)
    each, none = np.arange(rows), np.zeros(rows, np.int64)
    if criterion.side == "need":
        need_points = _measured(criterion, most, market.pairs(each, none))
        return lambda chunk: need_points[chunk.need_row]
    offer_points = _measured(criterion, most, market.pairs(none, each))
    return lambda chunk: offer_points[chunk.offer_row]


def _measured(criterion: Criterion, most: int, pairs: Pairs) -> FloatArray:
    return _points(criterion, most, np.asarray(criterion.measure(pairs), float))


def _points(criterion: Criterion, most: int, measure: FloatArray) -> FloatArray:
    points = measure * most
    np.rint(points, out=points)
    low, high = (points.min(), points.max()) if len(points) else (0, 0)
    if np.isnan(low):  # the least of values is NaN where any is: no pass of its own to look for unknown ones
        known = np.where(np.isnan(measure), criterion.missing, measure)
        points = np.rint(known * most)
        low, high = points.min(), points.max()
    if not (low >= 0 and high <= most):
        raise _outside(criterion.name, float(np.nanmin(measure)), float(np.nanmax(measure)))
    return points


def _outside(name: str, low: float, high: float) -> ArrayError:
    return ArrayError(
        Words(
            f"评分项 {name} 的值应在 0 到 1 之间，得到 {low:g} 至 {high:g}",
            f"criterion {name} must measure within 0..1, got {low:g} to {high:g}",
        )
    )
