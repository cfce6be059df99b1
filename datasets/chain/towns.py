"""Where firms and buyers sit: counties of a few industrial cities, and cities elsewhere; distances matter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from matching.codes import region_of, unit_vectors
from matching.codes.regions import Region, regions, regions_named
from matching.market import FloatArray, IntArray

#: prefixes of codes of the cities whose counties are the chains' home: 镇江 扬州 泰州 苏州 常州 无锡 南通
HOME = ("3211", "3210", "3212", "3205", "3204", "3202", "3206")
#: share of firms there; the others sit in cities of the rest of the country
AT_HOME = 0.75


@dataclass(frozen=True)
class Towns:
    """Places in parallel columns: regions, unit vectors float[K, 3], how many of them are at home."""

    places: tuple[Region, ...]
    points: FloatArray
    home: int

    def draw(self, rng: np.random.Generator, count: int) -> IntArray:
        """Draw the place of each firm."""
        near = rng.integers(self.home, size=count)
        far = rng.integers(self.home, len(self.places), size=count)
        return np.where(rng.random(count) < AT_HOME, near, far)

    def city(self, town: int) -> str:
        """Give the name of the city around a town."""
        return region_of(self.places[town].adcode[:4] + "00").name


@cache
def towns() -> Towns:
    """Give the places; only names that stand for one region, so that they can be read back."""
    plain = [region for region in regions() if len(regions_named(region.name)) == 1 and region.lon > 0]
    home = [region for region in plain if region.level == "county" and region.adcode[:4] in HOME]
    cities = [region for region in plain if region.level == "city" and region.adcode.endswith("00")]
    far = [region for region in cities if region.adcode[:4] not in HOME]
    places = (*home, *far)
    points = unit_vectors([region.lon for region in places], [region.lat for region in places])
    return Towns(places, np.asarray(points, float), len(home))
