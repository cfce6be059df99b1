"""Certificates: known ones by any name, others literally, grades in their order."""

from __future__ import annotations

import pytest

from matching.codes import certificate_key, find_certificate, parse_certificates, satisfies
from matching.codes.facts import table


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ISO9001", "ISO9001"),
        ("iso 9001:2015", "ISO9001"),
        ("GB/T 19001-2016", "ISO9001"),
        ("ISO9001质量管理体系认证证书", "ISO9001"),
        ("质量管理体系认证（IATF16949）", "IATF16949"),
        ("医疗器械质量管理体系", "ISO13485"),
        ("国军标质量管理体系", "GJB9001C"),
        ("具有安全生产许可证", "SPL"),
        ("工业产品生产许可证", "IPL"),
        ("中国船级社认证", "CCS"),
        ("BV", "BV"),
        ("CE认证", "CE"),
        ("3C", "CCC"),
    ],
)
def test_known_certificate(text: str, code: str) -> None:
    """Codes, names, aliases and standards lead to the certificate."""
    found = find_certificate(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text", ["特种设备生产许可证", "RS485接口", "承装（修、试）电力设施许可证", "市政公用工程施工总承包壹级"]
)
def test_unknown_certificate(text: str) -> None:
    """A code inside another word, or a name ending like a known one, is not that one."""
    assert find_certificate(text) is None


def test_every_certificate_is_found_by_its_code() -> None:
    """52 certificates, each by code and by name."""
    for row in table("certificates"):
        for name in (row["code"], row["name"]):
            found = find_certificate(name)
            assert found is not None
            assert found.code == row["code"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("市政公用工程施工总承包壹级", "市政公用工程施工总承包一级"),
        ("市政公用工程施工总承包一级资质", "市政公用工程施工总承包一级"),
        ("承装（修、试）电力设施许可证", "承装(修、试)电力设施许可证"),
        ("ISO9001质量管理体系", "ISO9001"),
        ("CMMI 5级", "CMMI5"),
    ],
)
def test_key(text: str, key: str) -> None:
    """Unknown certificates are compared by their own text, known ones by code."""
    assert certificate_key(text) == key


@pytest.mark.parametrize(
    ("held", "required"),
    [
        ("市政公用工程施工总承包壹级", "市政公用工程施工总承包二级及以上资质"),
        ("建筑工程施工总承包特级", "建筑工程施工总承包壹级"),
        ("建筑工程施工总承包一级", "建筑工程施工总承包壹级"),
        ("房屋建筑工程监理甲级", "房屋建筑工程监理乙级"),
        ("公路工程施工总承包壹级", "公路工程施工总承包"),
        ("ISO9001", "质量管理体系认证"),
        ("CMMI5", "CMMI3级"),
        ("CMMI3", "CMMI"),
    ],
)
def test_satisfied(held: str, required: str) -> None:
    """The same, or a higher grade of the same."""
    assert satisfies(held, required)


@pytest.mark.parametrize(
    ("held", "required"),
    [
        ("市政公用工程施工总承包叁级", "市政公用工程施工总承包二级"),
        ("公路工程施工总承包壹级", "市政公用工程施工总承包壹级"),
        ("房屋建筑工程监理甲级", "房屋建筑工程监理一级"),
        ("公路工程施工总承包", "公路工程施工总承包壹级"),
        ("CMMI3", "CMMI5"),
        ("ISO9001", "ISO14001"),
    ],
)
def test_not_satisfied(held: str, required: str) -> None:
    """A lower, an unknown or another grade, or another certificate."""
    assert not satisfies(held, required)


def test_cell_of_certificates() -> None:
    """Keys in order, none twice; commas inside brackets do not divide; 无 and 不限 are none."""
    cell = "承装（修、试）电力设施许可证；ISO9001；质量管理体系；建筑工程施工总承包贰级；无"
    assert parse_certificates(cell) == ("承装(修、试)电力设施许可证", "ISO9001", "建筑工程施工总承包二级")
    assert [parse_certificates(cell) for cell in ("不限", "待定", None, "")] == [()] * 4
