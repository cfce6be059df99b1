"""Certificates and graded qualifications."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from matching.codes.facts import table
from matching.text import is_placeholder, normalise, split_list
from matching.words import is_missing

_FAMILIES = ({"特": 0, "一": 1, "二": 2, "三": 3, "四": 4}, {"甲": 1, "乙": 2, "丙": 3, "丁": 4})
_SPELLINGS = str.maketrans("壹贰叁肆1234", "一二三四一二三四")
_GRADE = re.compile(r"([特一二三四甲乙丙丁壹贰叁肆1-4])级(?:及(?:其)?以上|以上)?")
_ORDER = re.compile(r"\((?:含|及以上|[^()]{0,3}以上)\)|(?:及(?:其)?|或)以上(?:级别|等级)?")
_SUFFIX = re.compile(r"(?:资质|资格|等级|企业|证书|许可)+$")
_LEAD = re.compile(
    r"^(?:须|需|应|投标人|供应商|企业)*(?:具有|具备|持有|取得|通过|已获|获得|拥有)?"
    r"(?:有效的?|国家|的)*"
)
_NONE = frozenset({"无", "不限", "无要求", "不要求", "无特殊要求", "没有", "无需"})
_LEVEL = re.compile(r"CMMI\D{0,3}([1-5])", re.IGNORECASE)
_SHORTEST_ALONE = 3


@dataclass(frozen=True, slots=True)
class Certificate:
    """A known certificate; ``validity`` is what is usual ("3y"), not law."""

    code: str
    name: str
    basis: str
    validity: str
    kind: str
    sector: str


@cache
def _by_name() -> dict[str, Certificate]:
    """Map every name of every certificate, the longest first."""
    pairs = []
    for row in table("certificates"):
        certificate = Certificate(*(row[field] for field in Certificate.__slots__))
        names = [
            row["code"],
            row["name"],
            row["basis"] if "/T" in row["basis"] else "",
            *row["aliases"].split("|"),
        ]
        pairs += [(_squeezed(name), certificate) for name in names if name]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_\-/:]", "", normalise(text)).upper()


def _stands_in(name: str, plain: str) -> bool:
    """Tell whether a name leads a text (汉字) or stands in it as a code of its own (ISO9001)."""
    if not name.isascii():
        return len(name) >= _SHORTEST_ALONE and plain.startswith(name)
    if len(name) < _SHORTEST_ALONE and not re.search("认证|证书|船级社|标志", plain):
        return False
    return bool(re.search(rf"(?<![A-Z0-9.]){re.escape(name)}(?![A-Z0-9])", plain))


@lru_cache(maxsize=65_536)
def find_certificate(text: str) -> Certificate | None:
    """Find a known certificate by code, name or alias (质量管理体系认证, ISO 9001:2015); None if it is none.

    A code written in the text (IATF16949) goes before a name it starts with.
    """
    whole = _squeezed(re.sub(r"[:-]\s*20\d\d", "", normalise(text)))
    plain = _LEAD.sub("", whole)
    exact = _by_name().get(whole) or _by_name().get(plain)
    if exact is not None:
        return exact
    matches = [(name, found) for name, found in _by_name().items() if _stands_in(name, plain)]
    coded = [found for name, found in matches if name.isascii()]
    return next(iter([*coded, *(found for _, found in matches)]), None)


@lru_cache(maxsize=65_536)
def certificate_key(text: str) -> str:
    """Give the text by which certificates are compared: the known code, else the name with its grade.

    市政公用工程施工总承包壹级资质 → 市政公用工程施工总承包一级; ISO9001质量管理体系 → ISO9001.
    """
    if level := _LEVEL.search(_squeezed(text)):
        return f"CMMI{level[1]}"
    known = find_certificate(text)
    if known is not None:
        return known.code
    base, grade = _split_grade(text)
    return f"{base}{grade}级" if grade else base


def _split_grade(text: str) -> tuple[str, str]:
    """Split a name into what it is for and its grade ("" where it has none)."""
    plain = _LEAD.sub("", "".join(normalise(text).split()))
    plain = _ORDER.sub("", plain)
    grades = _GRADE.findall(plain)
    base = _SUFFIX.sub("", re.sub(r"\(\)", "", _GRADE.sub("", plain)))
    return base, grades[-1].translate(_SPELLINGS) if grades else ""


@lru_cache(maxsize=65_536)
def satisfies(held: str, required: str) -> bool:
    """Tell whether a held certificate fulfils a required one: the same, or the same kind graded as high.

    特级 > 一级 > 二级 > 三级, 甲级 > 乙级 > 丙级, CMMI5 > CMMI3. A required one without grade is met by any
    grade; a held one of unknown grade meets no required grade.
    """
    have, need = certificate_key(held), certificate_key(required)
    if have == need or (need == "CMMI" and have.startswith("CMMI")):
        return True
    if have.startswith("CMMI") and need.startswith("CMMI"):
        return have[4:] > need[4:]
    (base, grade), (wanted, least) = _split_grade(have), _split_grade(need)
    if base != wanted or not least:
        return base == wanted
    return any(grade in family and least in family and family[grade] <= family[least] for family in _FAMILIES)


def parse_certificates(cell: object) -> tuple[str, ...]:
    """Split a cell into the keys of its certificates, in order, none twice; 无, 不限 and 待定 give none."""
    if is_missing(cell):
        return ()
    parts = (part for part in split_list(str(cell)) if part not in _NONE and not is_placeholder(part))
    return tuple(dict.fromkeys(certificate_key(part) for part in parts))
