"""Cell types of regions, and of certificates with their dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import Field

from matching.codes import certificate_key, find_regions, parse_regions, region_of
from matching.records.cells import written
from matching.records.reading import Cell, cell_type
from matching.records.record import Record
from matching.text import normalise, parse_date, split_list

EVERYWHERE = "全国"
_EVERYWHERE = ("全国", "全国各地", "不限", "全国范围", "国内")
_UNTIL = re.compile(
    r"[（(]?\s*(?:有效期)?\s*(?:至|到|截至|截止)\s*[:：]?\s*(\d{4}\s*[年./-][^）)；;，,]*)[）)]?"
)


def _region(value: Any, cell: Cell) -> str | None:
    if cell.stands_alone and isinstance(value, str) and "|" in value:
        return value
    regions = cell.value_of(parse_regions(value, cell.reading.home, name=cell.label))
    if not regions:
        return None
    if not cell.stands_alone:
        cell.tell("adcode", regions[0].adcode)
    return "|".join(region.name for region in regions)


def _adcode(value: Any, cell: Cell) -> str | None:
    text = written(value, cell)
    if text is not None:
        return region_of(normalise(text)).adcode
    told = cell.told()
    if told is None and cell.stands_alone and cell.before.get("region"):
        regions = find_regions(str(cell.before["region"]).replace("|", "、"))
        return regions[0].adcode if regions else None
    return None if told is None else str(told)


def _service(value: Any, cell: Cell) -> tuple[str, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    if text is None:
        return ()
    if normalise(text) in _EVERYWHERE:
        return (EVERYWHERE,)
    regions = parse_regions(text, cell.reading.home, name=cell.label).value or ()
    return tuple(dict.fromkeys(region.name for region in regions))


def _held(value: Any, cell: Cell) -> tuple[tuple[str, date | None], ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    if text is None:
        return ()
    held: dict[str, date | None] = {}
    for item in split_list(text):
        until = _UNTIL.search(item)
        key = certificate_key(_UNTIL.sub("", item).strip())
        held.setdefault(key, cell.value_of(parse_date(until[1], name=cell.label)) if until else None)
    return tuple(held.items())


#: names of the regions, joined by "|"; the adcode of the first is told to ``adcode``
RegionNames = Annotated[str | None, cell_type(_region)]
Adcode = Annotated[str | None, cell_type(_adcode), Field(validate_default=True)]
#: names of regions a firm serves; ("全国",) = everywhere, () = unknown
ServiceRegions = Annotated[tuple[str, ...], cell_type(_service)]
#: (key of the certificate, last day it holds or None), none twice
HeldCertificates = Annotated[tuple[tuple[str, date | None], ...], cell_type(_held)]


def place_fields(record: type[Record]) -> tuple[str, ...]:
    """Give the fields of a record that hold names of regions."""
    kinds = (*get_args(RegionNames)[1:], *get_args(ServiceRegions)[1:])
    fields = record.model_fields.items()
    return tuple(
        name for name, info in fields if any(item is kind for item in info.metadata for kind in kinds)
    )
