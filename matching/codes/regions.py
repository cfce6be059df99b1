"""Regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching.text import Parsed
from matching.words import Words

REGION = Words("所在地", "region")


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city, county, or a zone within one (``adcode`` is then the surrounding city's or county's)."""

    adcode: str
    name: str
    short: str
    level: str
    parent: str
    lon: float
    lat: float


def region_of(adcode: str) -> Region:
    """Give the region of an administrative code; else UnknownNameError."""
    raise NotImplementedError


def find_region(text: str, home: str | None = None) -> Region | None:
    """Find the one region a text names; None only for 市本级 where ``home`` is not known."""
    raise NotImplementedError


def find_regions(text: str, home: str | None = None) -> tuple[Region, ...]:
    """Find all regions of an enumeration ("夷陵区、点军区"), in order, none twice."""
    raise NotImplementedError


def parse_regions(cell: object, home: str | None = None, *, name: Words = REGION) -> Parsed[tuple[Region, ...]]:
    """Read a cell of regions; notes where there are several, CellError where one is unknown or ambiguous."""
    raise NotImplementedError


def home_of(regions: Iterable[Region | None]) -> str | None:
    """Give the adcode of the one city more than half of the known regions lie in, else None."""
    raise NotImplementedError


def home_of_cells(cells: Iterable[object]) -> str | None:
    """Give ``home_of`` for raw cells, leaving out those that cannot be read without a home."""
    raise NotImplementedError
