"""How far the places of offers lie from those of needs, and whose service regions cover them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.codes import Region, chord_km, find_region, home_of, region_of, unit_vectors
from matching.errors import InputError
from matching.market import AnyArray, FloatArray, IntArray, Pairs
from matching.records.places import EVERYWHERE
from matching.supply.told import said
from matching.words import Words

#: kilometres at which closeness has fallen to one half
HALF_KM = 100.0
#: closeness where a wider area that is served (city, province, 全国) holds the place
COVERED = 0.5
#: closeness is at most this where only service regions are known, not the firm's own place
ONLY_SERVED = 0.5


@dataclass(frozen=True)
class Nearness:
    """Distances and coverage between sets of regions of needs and single regions of offers.

    ``km`` and ``cover`` float[sets, regions + 1] (the last region is "none": NaN and 0); ``asked`` int[N]
    is the set of each need, ``own`` int[M] the region a firm lies in, ``served`` int[M, K] those it serves.
    """

    km: FloatArray
    cover: FloatArray
    asked: IntArray
    own: IntArray
    served: IntArray

    @classmethod
    def of(cls, needs: pd.DataFrame, offers: pd.DataFrame) -> Nearness:
        """Read ``region`` of both sides and ``service_regions``; what cannot be placed is unknown."""
        home = home_of([_by_code(code) for code in [*needs["adcode"], *offers["adcode"]]])
        sets = [tuple(text.split("|")) if text else () for text in needs["region"]]
        own = [text.split("|")[0] for text in offers["region"]]
        names = sorted({name for some in [*sets, *offers["service_regions"], own] for name in some if name})
        at = {name: row for row, name in enumerate(names)}
        kinds = sorted(set(sets))
        places = [_by_name(name, home) for name in names]
        km, cover = _tables([[at[name] for name in some if name] for some in kinds], names, places)
        position = {some: row for row, some in enumerate(kinds)}
        return cls(
            km,
            cover,
            np.array([position[some] for some in sets], np.int64),
            np.array([at.get(name, len(names)) for name in own], np.int64),
            _padded([[at[name] for name in some if name] for some in offers["service_regions"]], len(names)),
        )

    def distance_km(self, pairs: Pairs) -> FloatArray:
        """Kilometres from the firm's own place to the need's; NaN where one is unknown."""
        return np.asarray(self.km[self.asked[pairs.need_row], self.own[pairs.offer_row]])

    def served_km(self, pairs: Pairs) -> FloatArray:
        """Kilometres from the nearest region the firm serves; NaN where one is unknown."""
        return self._over_served(self.km, pairs, np.fmin, np.nan)

    def coverage(self, pairs: Pairs) -> FloatArray:
        """1 where the firm names the need's region, COVERED where a wider area holds it, else 0."""
        return self._over_served(self.cover, pairs, np.fmax, 0.0)

    def closeness(self, pairs: Pairs) -> FloatArray:
        """1 where the place is served, else falling with distance: 1 / (1 + km / 100); NaN where unknown."""
        own, served = self.distance_km(pairs), self.served_km(pairs)
        by_distance = np.where(np.isnan(own), ONLY_SERVED / (1 + served / HALF_KM), 1 / (1 + own / HALF_KM))
        cover = self.coverage(pairs)
        return np.where(cover > 0, np.fmax(cover, by_distance), by_distance)

    def wording(self, pairs: Pairs) -> AnyArray:
        """Say what closeness rests on."""
        facts = zip(self.coverage(pairs), self.distance_km(pairs), self.served_km(pairs), strict=True)
        return said(_say(*fact) for fact in facts)

    def _over_served(self, table: FloatArray, pairs: Pairs, best: np.ufunc, start: float) -> FloatArray:
        found, row = np.full(len(pairs), start), self.asked[pairs.need_row]
        for column in self.served.T:
            found = best(found, table[row, column[pairs.offer_row]])
        return found


def _say(cover: float, own: float, served: float) -> Words:
    if cover == 1:
        return Words("在其服务区域内", "inside its service regions")
    if cover > 0:
        return Words("在其服务的更大区域内", "inside a wider area it serves")
    if own < 0.5:
        return Words("与企业同在一地", "in the firm's own place")
    if not np.isnan(own):
        return Words(f"距企业约{own:.0f}公里", f"about {own:.0f} km from the firm")
    if np.isnan(served):
        return Words("距离未知", "distance unknown")
    return Words(
        f"距其最近服务区域约{served:.0f}公里", f"about {served:.0f} km from the nearest region it serves"
    )


def _by_code(adcode: str) -> Region | None:
    return region_of(adcode) if adcode else None


def _by_name(name: str, home: str | None) -> Region | None:
    """Find a region by the name a record gives it; unknown where it stands for several or for none."""
    try:
        return None if name == EVERYWHERE else find_region(name, home)
    except InputError:
        return None


def _tables(
    sets: Sequence[Sequence[int]], names: Sequence[str], places: Sequence[Region | None]
) -> tuple[FloatArray, FloatArray]:
    points = unit_vectors(
        [np.nan if place is None else place.lon for place in places],
        [np.nan if place is None else place.lat for place in places],
    )
    km, cover = np.full((len(sets), len(names) + 1), np.nan), np.zeros((len(sets), len(names) + 1))
    for row, some in enumerate(sets):
        for at in some:
            here = np.broadcast_to(points[at], points.shape)
            km[row, :-1] = np.fmin(km[row, :-1], chord_km(here, points))
            held = [
                _covers(names[other], places[other], names[at], places[at]) for other in range(len(names))
            ]
            cover[row, :-1] = np.fmax(cover[row, :-1], held)
    return km, cover


def _covers(served: str, area: Region | None, name: str, place: Region | None) -> float:
    if served == name:
        return 1.0
    if served == EVERYWHERE:
        return COVERED
    if area is None or place is None or area.level not in ("province", "city"):
        return 0.0
    digits = 2 if area.adcode.endswith("0000") else 4
    return COVERED if place.adcode[:digits] == area.adcode[:digits] else 0.0


def _padded(rows: Iterable[Sequence[int]], blank: int) -> IntArray:
    listed = list(rows)
    table = np.full((len(listed), max(1, max(map(len, listed), default=1))), blank, np.int64)
    for row, items in enumerate(listed):
        table[row, : len(items)] = items
    return table
