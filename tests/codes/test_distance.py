"""Distances between points."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import chord_km, region_of, unit_vectors
from matching.codes.distance import EARTH_KM

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


def haversine(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """The textbook formula, as an oracle."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1, math.sqrt(half)))


@given(LON, LAT, LON, LAT)
def test_chord_equals_haversine(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> None:
    """The chord between unit vectors gives the haversine distance."""
    a, b = unit_vectors([lon_a], [lat_a]), unit_vectors([lon_b], [lat_b])
    assert chord_km(a, b)[0] == pytest.approx(haversine(lon_a, lat_a, lon_b, lat_b), abs=1e-3)


def test_two_cities() -> None:
    """镇江 and 宜昌 lie 790 km apart."""
    cities = [region_of("321100"), region_of("420500")]
    points = unit_vectors([city.lon for city in cities], [city.lat for city in cities])
    assert round(float(chord_km(points[0], points[1]))) == 790


def test_broadcasting_and_unknown_points() -> None:
    """One point against many; an unknown point stays unknown."""
    points = unit_vectors([119.4, 119.4, math.nan], [32.2, 32.2, math.nan])
    distances = chord_km(points[:1], points)
    assert distances[:2].tolist() == [0, 0]
    assert np.isnan(distances[2])
