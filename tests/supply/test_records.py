"""The forms of the supply practice: fields, keys, required columns."""

from __future__ import annotations

from typing import Any

import pytest

from matching.records import Listing, Source
from matching.records.enterprise import ENTERPRISES
from matching.supply.records import HISTORY, NEEDS, OFFERS, ProcurementNeed


@pytest.mark.parametrize(
    ("form", "required", "key"),
    [
        (NEEDS, ("enterprise", "title"), "need_id"),
        (OFFERS, ("enterprise", "product"), "offer_id"),
        (HISTORY, ("enterprise", "title"), ""),
        (ENTERPRISES, ("enterprise",), ""),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_what_a_form_asks_for(form: Any, required: tuple[str, ...], key: str) -> None:
    """Little is required; the number is a field; what makes rows alike are fields."""
    assert form.required == required
    assert form.key == key
    assert {*form.same, *([key] if key else [])} <= set(form.columns)
    assert set(form.columns) == set(form.record.model_fields) - {"source"}


@pytest.mark.parametrize("form", [NEEDS, OFFERS, HISTORY, ENTERPRISES], ids=lambda form: form.kind)
def test_people_are_protected(form: Any) -> None:
    """A contact is never shown to others."""
    assert [name for name, column in form.columns.items() if column.protected] == (
        ["contact"] if "contact" in form.columns else []
    )


def test_a_listing_of_records_made_in_a_program() -> None:
    """A frame has a column per field, None where unknown."""
    listing = Listing.of(NEEDS, [ProcurementNeed(source=Source("a", "b", 3), enterprise="甲", title="泵")])
    frame = listing.frame()
    assert (len(listing), listing.rows[0].source.row) == (1, 3)
    assert frame.loc[0, ["enterprise", "title", "unit"]].tolist() == ["甲", "泵", None]
