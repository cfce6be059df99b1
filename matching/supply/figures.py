"""What plans of the supply practice are compared by, besides what every plan has."""

from __future__ import annotations

import numpy as np

from matching.market import AnyArray, BoolArray, FloatArray, Pairs
from matching.practice import Figure
from matching.words import Words

#: sizes of firms that count as small and medium enterprises (中小微企业)
SME = ("micro", "small", "medium")
#: digits of a code of an area that name a province, a city, a county
CITY, COUNTY = 4, 6


def kilometres(pairs: Pairs) -> FloatArray:
    """Give the distance between need and firm."""
    return np.asarray(pairs.distance_km, float)


def small_or_medium(pairs: Pairs) -> FloatArray:
    """Give 1 for small and medium firms, 0 for large ones, NaN where the size is unknown."""
    size = pairs.offer.size
    return np.where(size == "", np.nan, np.isin(size.astype(str), SME))


def in_county(pairs: Pairs) -> FloatArray:
    """Give 1 where need and firm lie in one county, 0 where not, NaN where it cannot be told.

    A need or firm that names no more than its city is elsewhere only where the cities differ.
    """
    need, offer = (side.adcode.astype(str) for side in (pairs.need, pairs.offer))
    counties = _named(need, COUNTY) & _named(offer, COUNTY)
    same = need == offer
    cities = _named(need, CITY) & _named(offer, CITY)
    apart = cities & (_start(need, CITY) != _start(offer, CITY))
    return np.where(counties, same, np.where(apart, 0.0, np.nan))


def _named(codes: AnyArray, digits: int) -> BoolArray:
    """Tell which codes go as deep as so many digits; 321100 names a city alone."""
    ends = "00" if digits == COUNTY else "0000"
    return np.array(
        [len(code) >= digits and not code.ljust(COUNTY, "0").endswith(ends) for code in codes], bool
    )


def _start(codes: AnyArray, digits: int) -> AnyArray:
    return np.array([code[:digits] for code in codes], str)


FIGURES = (
    Figure("distance", Words("平均距离", "mean distance"), kilometres, "{:.0f} km"),
    Figure("sme_share", Words("中小微企业占比", "share of SMEs"), small_or_medium, "{:.1%}"),
    Figure("local_share", Words("本县（市、区）占比", "share in-county"), in_county, "{:.1%}"),
)
