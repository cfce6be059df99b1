"""Certificates and qualifications."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Certificate:
    """A known certificate; ``validity`` is typical, not law."""

    code: str
    name: str
    basis: str
    validity: str
    kind: str
    sector: str


def find_certificate(text: str) -> Certificate | None:
    """Find a known certificate by code, name or alias; None where it is none of them."""
    raise NotImplementedError


def certificate_key(text: str) -> str:
    """Give the text by which certificates are compared: the known code, else the normalised name with its grade."""
    raise NotImplementedError


def satisfies(held: str, required: str) -> bool:
    """Tell whether a held certificate fulfils a required one: same key, or same kind with an equal or higher grade."""
    raise NotImplementedError


def parse_certificates(cell: object) -> tuple[str, ...]:
    """Split a cell into the keys of its certificates, in order, none twice; placeholders give none."""
    raise NotImplementedError
