"""Regions of China by administrative code: names, parents, points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from matching.codes.facts import table
from matching.errors import UnknownNameError
from matching.words import Words

REGION = Words("地区", "region")
COUNTRY = "100000"


@dataclass(frozen=True, slots=True)
class Region:
    """A country, province, city or county; or a zone or town under the ``adcode`` of the place around it.

    ``level`` is one of country, province, city, county, zone, town. ``lon`` and ``lat`` are approximate
    degrees: many counties carry their city's point; NaN where there is none.
    """

    adcode: str
    name: str
    short: str
    level: str
    parent: str
    lon: float
    lat: float


@cache
def regions() -> tuple[Region, ...]:
    """Give all regions in the order of their codes, the country first."""
    rows = (
        Region(
            row["adcode"],
            row["name"],
            row["short"],
            row["level"],
            row["parent"] or COUNTRY,
            float(row["lon"] or "nan"),
            float(row["lat"] or "nan"),
        )
        for row in table("regions")
    )
    return (Region(COUNTRY, "全国", "全国", "country", "", float("nan"), float("nan")), *rows)


@cache
def _by_code() -> dict[str, Region]:
    return {region.adcode: region for region in regions()}


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = defaultdict(list)
    for region in regions()[1:]:
        for name in dict.fromkeys((region.name, region.short, *_spoken(region))):
            found[name].append(region)
    for region in regions()[1:]:
        bare = region.name.removesuffix("新区")
        if bare != region.name and len(bare) > 1:
            found.setdefault(bare, [region])
    return {name: tuple(places) for name, places in found.items()}


def _spoken(region: Region) -> tuple[str, ...]:
    """Give what people call an autonomous county or prefecture: 长阳县, 恩施州."""
    endings = (("自治县", "县"), ("自治州", "州"), ("自治旗", "旗"))
    return tuple(region.short + short for long, short in endings if region.name.endswith(long))


def regions_named(name: str) -> tuple[Region, ...]:
    """Give all regions of a full or short name; none where the name is unknown."""
    return _by_name().get(name, ())


def region_of(adcode: str) -> Region:
    """Give the region of an administrative code; else UnknownNameError."""
    region = _by_code().get(adcode)
    if region is None:
        raise UnknownNameError(REGION, adcode, ["GB/T 2260 代码（6位）"])
    return region


def lineage(region: Region) -> tuple[str, ...]:
    """Give the codes a region lies in, its own first, then city, province and country."""
    codes = [region.adcode]
    while parent := _by_code()[codes[-1]].parent:
        codes.append(parent)
    return tuple(codes)


def lies_in(inner: Region, outer: Region) -> bool:
    """Tell whether a region is the other or lies in it; a zone or town stands for the place around it."""
    return outer.adcode in lineage(inner)


def city_of(region: Region) -> str | None:
    """Give the adcode of the city a region lies in or is; None for provinces and the country."""
    return next((code for code in lineage(region) if _by_code()[code].level == "city"), None)


def full_name(region: Region) -> str:
    """Give a region's name led by its city's or province's, as choices are shown (北京市朝阳区)."""
    parent = _by_code().get(region.parent)
    return region.name if parent is None or parent.level == "country" else parent.name + region.name


def home_of(places: Iterable[Region | None]) -> str | None:
    """Give the adcode of the one city more than half of the known regions lie in, else None."""
    cities = Counter(city_of(place) for place in places if place is not None)
    if not cities:
        return None
    city, count = cities.most_common(1)[0]
    return city if 2 * count > cities.total() else None
