"""The project's own tables of facts, and how names people write are found in them.

================  ======================================================================================
industries.csv    GB/T 4754-2017 国民经济行业分类, with its notes on what each entry covers
regions.csv       GB/T 2260 codes and names as of the Ministry of Civil Affairs; points approximate, a
                  county without its own carries its city's (column ``point``)
units.csv         units in use in tenders, each with its kind and factor to the kind's base; compiled here
certificates.csv  certificates with the standard or rule they rest on; validity is what is usual, not law
tiers.csv         standings such as 高新技术企业 (国科发火〔2016〕32号), 专精特新 (工信部企业〔2022〕63号)
sizes.csv         工信部联企业〔2011〕300号 size limits, an extract: check the source before legal use
choices.csv       closed lists of words that forms offer; compiled here
================  ======================================================================================

Credit codes follow GB 32100-2015. Tables are read on first use, each once.
"""

from matching.codes.certificates import (
    Certificate,
    certificate_key,
    find_certificate,
    parse_certificates,
    satisfies,
)
from matching.codes.choices import choices
from matching.codes.credit import is_valid_uscc
from matching.codes.distance import chord_km, unit_vectors
from matching.codes.industries import (
    Industry,
    are_compatible,
    common_digits,
    find_industry,
    industries,
    is_compatible,
)
from matching.codes.places import find_region, find_regions, home_of_cells, parse_regions
from matching.codes.regions import Region, city_of, home_of, lies_in, region_of
from matching.codes.tiers import Size, Tier, find_tier, parse_size
from matching.codes.units import PERIOD_DAYS, Unit, convert, find_unit, split_period, unit_name

__all__ = [
    "PERIOD_DAYS",
    "Certificate",
    "Industry",
    "Region",
    "Size",
    "Tier",
    "Unit",
    "are_compatible",
    "certificate_key",
    "choices",
    "chord_km",
    "city_of",
    "common_digits",
    "convert",
    "find_certificate",
    "find_industry",
    "find_region",
    "find_regions",
    "find_tier",
    "find_unit",
    "home_of",
    "home_of_cells",
    "industries",
    "is_compatible",
    "is_valid_uscc",
    "lies_in",
    "parse_certificates",
    "parse_regions",
    "parse_size",
    "region_of",
    "satisfies",
    "split_period",
    "unit_name",
    "unit_vectors",
]
