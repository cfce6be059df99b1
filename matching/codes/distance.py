"""Distances on the globe."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_KM = 6371.0088


def unit_vectors(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """Turn longitudes and latitudes (degrees, [n]) into points on the unit sphere, float64[n, 3]."""
    east, north = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    level = np.cos(north)
    return np.stack([level * np.cos(east), level * np.sin(east), np.sin(north)], axis=-1)


def chord_km(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give great-circle kilometres between points of the unit sphere, float64[..., 3], row by row.

    The points of regions are approximate (a county may carry its city's), so small distances mean little.
    Source: the chord c of two unit vectors spans the angle 2·asin(c/2), which equals the haversine formula.
    """
    chord = np.linalg.norm(a - b, axis=-1)
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1)), dtype=np.float64)
