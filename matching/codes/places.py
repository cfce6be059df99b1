"""Find regions in the cells and addresses people write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from matching.codes.regions import (
    COUNTRY,
    Region,
    city_of,
    full_name,
    home_of,
    lies_in,
    lineage,
    region_of,
    regions,
    regions_named,
)
from matching.errors import InputError
from matching.text import CellError, Parsed, is_placeholder, normalise, split_list
from matching.words import Words, is_missing

_PLACE = Words("所在地", "region")
_CITY_ITSELF = re.compile(r"市?本级|市直(?:属|单位)?|市级|全市|本市|市区|市辖区|城区|主城区|中心城区")
_EVERYWHERE = re.compile(r"全国(?:各地|范围)?|国内|不限")
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,10}?(?:高新(?:技术)?(?:产业)?(?:开发)?区|经(?:济)?(?:技术)?开(?:发)?区|开发区|新区|新城"
    r"|(?:产业|工业|科技|化工|物流|创业|生态|民族工业|循环经济)?园区?|示范区|试验区|保税区|自贸(?:试验)?区|集中区|度假区|管理区)"
)
_PLAIN_ZONE = re.compile(r"(?:高新|经济?|技术|产业|工业|科技|化工|物流|开发?|国家级?|省级|园|新)*[区园]")
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|街道办事处|社区|村)")
_SUBREGION = re.compile(r"[\u4e00-\u9fff]{1,5}[市县区旗]")
# A short name before these is part of another word: 朝阳路, 长安街, 宜昌县.
_NOT_SHORT = re.compile(r"[路街道桥巷弄站镇乡村寨]|[省市县区州盟旗](?!区|县|辖|本|域|场|直)")
_JOINT = re.compile(r"[和及与至,\s]*")
_COUNTS = "零一两三四五六七八九"
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    places: tuple[Region, ...]


def find_region(text: str, home: str | None = None) -> Region | None:
    """Find the one region a name or address stands for; ``home`` is the adcode of the list's own city.

    The deepest region named counts (湖北省宜昌市夷陵区发展大道 → 夷陵区). A name that occurs twice is
    settled by the parent in the text, then by ``home``; a short name then goes to the province or city of
    that name (西安). 市本级 is the home city, None without one. 宜昌高新区 is a zone of 宜昌市 under its own
    name. Raises CellError for an unknown name, with the nearest ones, and where a name stays ambiguous or
    several regions are named.
    """
    found = find_regions(text, home)
    if len(found) > 1:
        raise CellError(_several(len(found)))
    return found[0] if found else None


def find_regions(text: str, home: str | None = None) -> tuple[Region, ...]:
    """Find all regions of an enumeration (夷陵区、点军区), in order; errors as ``find_region``."""
    found: list[Region] = []
    for part in split_list(text):
        context = home or (city_of(found[-1]) if found else None)
        pieces = part.split()
        whole = [part] if len(pieces) == 1 or not all(_hits(piece) for piece in pieces) else pieces
        for piece in whole:
            found += _read("".join(normalise(piece).split()), context)
    return tuple(dict.fromkeys(found))


def parse_regions(
    cell: object, home: str | None = None, *, name: Words = _PLACE, many: bool = False
) -> Parsed[tuple[Region, ...]]:
    """Read a cell of regions; a note where there are several (unless ``many`` are expected) or a town.

    CellError where one is unknown (“枝红市”不是所辖县市区) or ambiguous. None with a note for 市本级, a
    zone or a town without ``home``.
    """
    if is_missing(cell) or not normalise(str(cell)):
        return Parsed(None)
    shown = normalise(str(cell))
    if is_placeholder(shown):
        return Parsed(None, (Words(f"{name.zh}缺失（{shown}）", f"{name.en} missing ({shown})"),))
    found = find_regions(str(cell), home)
    if not found:
        return Parsed(None, (Words(f"“{shown}”未指明城市", f"'{shown}' does not say which city"),))
    notes = [_several(len(found))] if len(found) > 1 and not many else []
    return Parsed(found, (*notes, *(_guest_note(place) for place in found if _is_guest(place))))


def home_of_cells(cells: Iterable[object]) -> str | None:
    """Give ``home_of`` for raw cells; those that cannot be read without a home are left out."""
    places: list[Region | None] = []
    for cell in cells:
        try:
            places += parse_regions(cell).value or ()
        except InputError:
            continue
    return home_of(places)


@lru_cache(maxsize=65_536)
def _read(text: str, home: str | None) -> tuple[Region, ...]:
    if _EVERYWHERE.fullmatch(text):
        return (region_of(COUNTRY),)
    if _CITY_ITSELF.fullmatch(text) and not _is_county_of(text, home):
        return (region_of(home),) if home else ()
    hits = _hits(text)
    if not hits:
        return _without_name(text, home)
    groups = _grouped(text, hits)
    return tuple(_settled(text, group, home) for group in groups)


def _is_county_of(text: str, home: str | None) -> bool:
    """Tell whether 城区 is the proper name of a county of the home city (晋城市城区)."""
    return any(home in lineage(place) for place in regions_named(text))


def _hits(text: str) -> tuple[_Hit, ...]:
    """Give the names of regions standing in a text, the longest at each place."""
    hits: list[_Hit] = []
    start = 0
    while start < len(text):
        hit = _hit_at(text, start)
        if hit:
            hits.append(hit)
        start = hit.end if hit else start + 1
    return tuple(hits)


def _hit_at(text: str, start: int) -> _Hit | None:
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        name = text[start:end]
        places = regions_named(name)
        if places and (name == places[0].name or not _NOT_SHORT.match(text, end)):
            return _Hit(start, end, places)
    return None


def _grouped(text: str, hits: Sequence[_Hit]) -> list[list[_Hit]]:
    """Put hits that lie in one another together; a sibling right behind (夷陵区点军区) opens a new group."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        if not groups:
            groups.append([hit])
        elif _nested(groups[-1], hit):
            groups[-1].append(hit)
        elif _JOINT.fullmatch(text, groups[-1][-1].end, hit.start):
            groups.append([hit])
    return groups


def _nested(group: Sequence[_Hit], hit: _Hit) -> bool:
    return any(
        lies_in(new, old) or lies_in(old, new)
        for earlier in group
        for old in earlier.places
        for new in hit.places
    )


def _settled(text: str, group: Sequence[_Hit], home: str | None) -> Region:
    """Settle which one region a group of hits means, and what stands behind it."""
    last = group[-1]
    choices = _consistent(group)
    region = _one(text[last.start : last.end], choices, home)
    rest = text[last.end :]
    if zone := _ZONE.fullmatch(rest):
        name = text[group[-1].start : last.end] + zone[0]
        return replace(region, name=name, short=name, level="zone", parent=region.adcode)
    is_known = _CITY_ITSELF.fullmatch(rest) or region.level == "county"
    if _SUBREGION.fullmatch(rest) and not is_known:
        raise _unknown(rest, region.adcode)
    return region


def _consistent(group: Sequence[_Hit]) -> tuple[Region, ...]:
    """Give the deepest regions that agree with all names of the group."""
    choices = group[0].places
    for hit in group[1:]:
        inner = tuple(new for new in hit.places if any(lies_in(new, old) for old in choices))
        outer = tuple(old for old in choices if any(lies_in(old, new) for new in hit.places))
        choices = inner or outer or choices
    return choices


def _one(name: str, choices: tuple[Region, ...], home: str | None) -> Region:
    choices = _nearest(choices, home)
    top = tuple(place for place in choices if all(lies_in(other, place) for other in choices))
    if len(top) == 1:
        return top[0]
    if all(place.name != name for place in choices):
        known = tuple(place for place in choices if place.level in ("province", "city"))
        provinces = tuple(place for place in known if place.level == "province")
        choices = provinces if len(provinces) == 1 else known if len(known) == 1 else choices
    if len(choices) == 1:
        return choices[0]
    named = "、".join(full_name(place) for place in choices)
    raise CellError(
        Words(
            f"“{name}”有多处：{named}，请写明所属城市", f"'{name}' is ambiguous: {named}; name the city too"
        )
    )


def _nearest(choices: tuple[Region, ...], home: str | None) -> tuple[Region, ...]:
    """Keep what lies in the home city, else in its province, else everything."""
    for code in lineage(region_of(home))[:-1] if home else ():
        near = tuple(place for place in choices if code in lineage(place))
        if near:
            return near
    return choices


def _without_name(text: str, home: str | None) -> tuple[Region, ...]:
    """Read a text without any name of a region: a zone or town of the home city."""
    is_zone = bool(_ZONE.fullmatch(text))
    if not is_zone and not _TOWN.fullmatch(text):
        raise _unknown(text, home)
    if home is None:
        return ()
    level = "zone" if is_zone else "town"
    return (replace(region_of(home), name=text, short=text, level=level, parent=home),)


@cache
def _candidates(home: str | None) -> tuple[str, ...]:
    """Give the names a misspelt one is compared with: those of the home city, or all cities and counties."""
    inside = (place for place in regions() if home is None or home in lineage(place))
    return tuple(dict.fromkeys(place.name for place in inside if place.level in ("city", "county")))


def _unknown(text: str, home: str | None) -> CellError:
    from rapidfuzz import fuzz, process

    for circle in dict.fromkeys((home, None)):
        near = process.extract(text, _candidates(circle), scorer=fuzz.ratio, limit=3, score_cutoff=50)
        if near:
            break
    names = "、".join(name for name, _, _ in near)
    kind = "所辖" if home else "已知的"
    return CellError(
        Words(
            f"“{text}”不是{kind}县市区" + (f"，相近的有：{names}" if names else ""),
            f"'{text}' is no known region" + (f"; near ones: {names}" if names else ""),
        )
    )


def _several(count: int) -> Words:
    number = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return Words(f"填写了{number}个县市区", f"{count} regions are given")


def _is_guest(place: Region) -> bool:
    """Tell whether a zone or town was only counted as the home city, its name saying nothing of it."""
    if place.level not in ("zone", "town") or _PLAIN_ZONE.fullmatch(place.name):
        return False
    return not _hits(place.name)


def _guest_note(place: Region) -> Words:
    around = region_of(place.parent)
    return Words(
        f"“{place.name}”不在县市区表内，按{around.name}计",
        f"'{place.name}' is no county, counted as {around.name}",
    )
