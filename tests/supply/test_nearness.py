"""Distances, service regions and what covers what."""

from __future__ import annotations

import pytest

from tests.supply.market_of import need, offer, pair


def closeness(asked: str, **held: object) -> float:
    return float(pair(need(region=asked), offer(**held)).closeness[0])


def said(asked: str, **held: object) -> str:
    return str(pair(need(region=asked), offer(**held)).nearness[0].zh)


@pytest.mark.parametrize("area", ["宜昌市", "湖北省", "全国"])
def test_a_wider_area_covers_half(area: str) -> None:
    """A city, a province or the whole country holds the county, but does not name it."""
    assert closeness("宜昌市夷陵区", service_regions=area) == 0.5
    assert said("宜昌市夷陵区", service_regions=area) == "在其服务的更大区域内"


def test_one_county_does_not_cover_its_city() -> None:
    assert closeness("宜昌市", service_regions="宜昌市夷陵区") < 0.5
    assert "公里" in said("宜昌市", service_regions="宜昌市夷陵区")


def test_another_city_with_alike_digits_covers_nothing() -> None:
    """荆州 is 4210, 黄冈 4211: a code is compared by whole levels."""
    one = pair(need(region="黄冈市"), offer(service_regions="荆州市"))
    assert one.closeness[0] < 0.5


def test_the_nearer_of_place_and_service_counts() -> None:
    """A firm next door that names the whole province is nearer than the province says."""
    both = closeness("宜昌市夷陵区", region="宜昌市夷陵区", service_regions="湖北省")
    assert both == 1
    assert closeness("宜昌市夷陵区", region="上海市", service_regions="湖北省") == 0.5


def test_the_nearest_of_several_places_counts() -> None:
    near = closeness("宜昌市夷陵区、上海市", region="上海市")
    assert near == 1


def test_service_regions_alone_give_half() -> None:
    """30 km from a place that is served are worth less than 30 km from the firm."""
    own = closeness("宜昌市夷陵区", region="宜昌市宜都市")
    served = closeness("宜昌市夷陵区", service_regions="宜昌市宜都市")
    assert served == pytest.approx(own / 2)


def test_the_radius_counts_from_the_firm() -> None:
    """Where the firm's own place is unknown, so is its distance."""
    one = pair(need(region="宜昌市夷陵区"), offer(service_regions="上海市", max_km=10))
    assert str(one.distance_km[0]) == "nan"
