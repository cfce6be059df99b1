"""The project's own tables of facts: industries, regions, units, certificates, tiers, credit codes."""

from matching.codes.certificates import (
    Certificate,
    certificate_key,
    find_certificate,
    parse_certificates,
    satisfies,
)
from matching.codes.credit import is_valid_uscc
from matching.codes.distance import chord_km, unit_vectors
from matching.codes.industries import Industry, common_digits, find_industry, industries, is_compatible
from matching.codes.regions import (
    Region,
    find_region,
    find_regions,
    home_of,
    home_of_cells,
    parse_regions,
    region_of,
)
from matching.codes.tiers import Tier, find_tier, parse_size
from matching.codes.units import PERIOD_DAYS, Unit, convert, find_unit, split_period

__all__ = [
    "PERIOD_DAYS",
    "Certificate",
    "Industry",
    "Region",
    "Tier",
    "Unit",
    "certificate_key",
    "chord_km",
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
    "parse_certificates",
    "parse_regions",
    "parse_size",
    "region_of",
    "satisfies",
    "split_period",
    "unit_vectors",
]
