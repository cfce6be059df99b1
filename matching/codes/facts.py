"""Read the package's own tables, each once."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of ``tables/{name}.csv`` as header → text."""
    text = (files("matching.codes") / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text, newline="")))
