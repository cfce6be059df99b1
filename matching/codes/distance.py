"""Distances on the globe."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def unit_vectors(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """Turn longitudes and latitudes (degrees) into points on the unit sphere, float64[n, 3]."""
    raise NotImplementedError


def chord_km(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give great-circle kilometres between points of the unit sphere, row by row."""
    raise NotImplementedError
