"""Regions in cells and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import (
    city_of,
    find_region,
    find_regions,
    home_of,
    home_of_cells,
    lies_in,
    parse_regions,
    region_of,
)
from matching.codes.regions import regions
from matching.errors import UnknownNameError
from matching.text import CellError

YICHANG = "420500"
ZHENJIANG = "321100"


def code_of(text: str, home: str | None = None) -> str | None:
    region = find_region(text, home)
    return region.adcode if region else None


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("宜都市", "420581"),
        ("宜都", "420581"),
        ("夷陵區", "420506"),
        ("长阳县", "420528"),
        ("扬中市西来桥镇", "321182"),
        ("江苏省镇江市京口区谏壁镇", "321102"),
        ("湖北省宜昌市夷陵区发展大道1号", "420506"),
        ("宜昌市朝阳路3号", YICHANG),
        ("江苏镇江", ZHENJIANG),
        ("镇江市区", ZHENJIANG),
        ("北京市朝阳区", "110105"),
        ("吉林省长春市朝阳区", "220104"),
        ("朝阳区（北京市）", "110105"),
        ("上海浦东", "310115"),
        ("乾县", "610424"),
        ("北京", "110000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("西安", "610100"),
        ("恩施州", "422800"),
        ("全国", "100000"),
    ],
)
def test_region(text: str, adcode: str) -> None:
    """Full and short names; in an address the deepest, with its parent."""
    assert code_of(text) == adcode


def test_name_that_occurs_twice() -> None:
    """朝阳区 needs its city, from the text or from the list; else the choices are named."""
    assert code_of("朝阳区", "110100") == "110105"
    assert code_of("朝阳区", "220100") == "220104"
    with pytest.raises(CellError, match="“朝阳区”有多处：北京市朝阳区、长春市朝阳区，请写明所属城市"):
        find_region("朝阳区", YICHANG)


def test_the_region_before_settles_the_next() -> None:
    """In 北京朝阳、通州 the second is Beijing's too, not Nantong's."""
    assert [region.adcode for region in find_regions("北京朝阳、通州")] == ["110105", "110112"]


def test_city_itself_needs_a_home() -> None:
    """市本级 is the home city; without one it stays unknown, and says so."""
    assert code_of("市本级", YICHANG) == YICHANG
    assert find_region("市本级") is None
    parsed = parse_regions("市本级")
    assert (parsed.value, parsed.notes[0].zh) == (None, "“市本级”未指明城市")


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("宜昌高新区", YICHANG),
        ("镇江经开区", ZHENJIANG),
        ("镇江经济技术开发区", ZHENJIANG),
        ("当阳经济开发区", "420582"),
    ],
)
def test_zone_keeps_its_name(text: str, adcode: str) -> None:
    """A zone stands under the code of the place around it, with its own name and that place's point."""
    zone = find_region(text)
    assert zone is not None
    assert (zone.adcode, zone.name, zone.level, zone.lon) == (adcode, text, "zone", region_of(adcode).lon)


def test_zone_or_town_alone() -> None:
    """Without a place name they count as the home city's: a plain zone silently, others with a note."""
    assert code_of("高新区", YICHANG) == YICHANG
    assert parse_regions("高新区", YICHANG).notes == ()
    assert parse_regions("高新区").value is None
    parsed = parse_regions("土城乡", YICHANG)
    assert parsed.value is not None
    assert (parsed.value[0].level, parsed.notes[0].zh) == ("town", "“土城乡”不在县市区表内，按宜昌市计")


@pytest.mark.parametrize(
    "text", ["夷陵区、点军区", "夷陵区点军区", "夷陵区和点军区", "夷陵区 点军区", "夷陵,点军"]
)
def test_several_regions(text: str) -> None:
    """Several regions of one cell, with or without marks between, are a warning unless expected."""
    parsed = parse_regions(text, YICHANG)
    assert [region.name for region in parsed.value or ()] == ["夷陵区", "点军区"]
    assert [words.zh for words in parsed.notes] == ["填写了两个县市区"]
    assert parse_regions(text, YICHANG, many=True).notes == ()
    with pytest.raises(CellError, match="填写了两个县市区"):
        find_region(text)


@pytest.mark.parametrize("text", ["枝红市", "宜昌市枝红市", "枝江市、枝红市"])
def test_unknown_region_names_the_nearest(text: str) -> None:
    """A misspelt county is refused, with the nearest name."""
    with pytest.raises(CellError, match="“枝红市”不是所辖县市区，相近的有：枝江市"):
        parse_regions(text, YICHANG)


def test_old_county_is_not_its_city() -> None:
    """宜昌县 is no short name of 宜昌市."""
    with pytest.raises(CellError, match="“宜昌县”不是已知的县市区"):
        find_region("宜昌县")


def test_blank_and_placeholder() -> None:
    """A blank cell is unknown; a placeholder is unknown with a note."""
    assert (parse_regions(None).value, parse_regions(" ").notes) == (None, ())
    assert [words.zh for words in parse_regions("待定").notes] == ["所在地缺失（待定）"]


def test_home_of_a_list() -> None:
    """More than half of the known regions must lie in one city."""
    assert home_of_cells(["宜都", "市本级", "朝阳区", "点军区", "武汉市", "枝红市", None]) == YICHANG
    assert home_of_cells(["武汉市", "点军区"]) is None
    assert home_of([]) is None
    assert home_of([None, region_of("420581")]) == YICHANG


def test_lies_in() -> None:
    """A county lies in its city, province and country; a city not in its county."""
    county, city = region_of("420581"), region_of(YICHANG)
    assert lies_in(county, city)
    assert lies_in(county, region_of("100000"))
    assert not lies_in(city, county)
    assert city_of(region_of("420000")) is None


def test_unknown_code() -> None:
    """A code of no region is refused."""
    with pytest.raises(UnknownNameError, match="地区“429999”"):
        region_of("429999")


def test_every_region_is_found_under_its_parents() -> None:
    """Province, city and county written one after the other give that very region, for all 3,596."""
    by_code = {region.adcode: region for region in regions()}
    wrong = []
    for region in regions()[1:]:
        parts = [region.name]
        parent = by_code[region.parent]
        while parent.level != "country":
            parts.insert(0, parent.name)
            parent = by_code[parent.parent]
        found = find_region("".join(parts))
        wrong += [] if found and found.name == region.name else ["".join(parts)]
    assert wrong == []


@given(st.text(max_size=12) | st.text(alphabet="宜昌市都区朝阳县北京、和高新开发 镇全国本级路", max_size=10))
def test_any_text_gives_regions_or_a_reason(text: str) -> None:
    """Nothing but a reasoned refusal is ever raised."""
    try:
        found = find_regions(text, YICHANG)
    except CellError as error:
        found = ()
        text = error.words.zh
    assert found or isinstance(text, str)
