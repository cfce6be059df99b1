"""Records come back from the store exactly as they were read; only those of confirmed lists are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from api.practices import form_of
from api.problems import StateError
from api.schemas import ListKind
from api.store.engine import reading, writing
from api.store.lists import withdraw
from api.store.records import enterprises, listing_of, records
from api.store.tables import list_rows
from matching import Listing
from matching.sheets import read_listing
from tests.api.running import ENTERPRISES, HISTORY, NEED_HEADERS, NEEDS, OFFERS, VALVES, write_list
from tests.api.store.building import confirmed

LISTS: dict[ListKind, Path] = {
    "needs": NEEDS,
    "offers": OFFERS,
    "history": HISTORY,
    "enterprises": ENTERPRISES,
}


def contents(listing: Listing) -> list[dict[str, Any]]:
    """Give the records without the places they were read from."""
    return [record.model_dump(exclude={"source"}) for record in listing.records]


@pytest.mark.parametrize("kind", LISTS)
def test_records_come_back_as_they_were_read(engine: Engine, kind: ListKind) -> None:
    with writing(engine) as c:
        back = listing_of(c, confirmed(c, LISTS[kind], kind))
    read = read_listing(LISTS[kind], form_of(kind))
    assert repr(contents(back)) == repr(contents(read))  # types too: 1 and 1.0 are equal, and not the same
    assert [record.source.row for record in back.records] == [record.source.row for record in read.records]


def test_the_market_is_the_same_from_files_and_from_the_store(engine: Engine) -> None:
    practice = pytest.importorskip("matching.supply").PRACTICE
    with writing(engine) as c:
        stored = [listing_of(c, confirmed(c, path, kind)) for kind, path in LISTS.items()]
    read = [read_listing(path, form_of(kind)) for kind, path in LISTS.items()]
    assert practice.market(*stored).fingerprint == practice.market(*read).fingerprint


def test_records_are_found_by_list_firm_and_words(engine: Engine, tmp_path: Path) -> None:
    sheet = write_list(
        tmp_path / "需求.xlsx",
        (*NEED_HEADERS, "联系人"),
        (*VALVES, "例先生"),
        ("N-2", "例远船厂", "100%全焊 Ball_Valve", 5, "件", 50, None, None),
    )
    with writing(engine) as c:
        first = confirmed(c, sheet, "needs")
        second = confirmed(c, sheet, "needs")

        def keys(list_id: int | None, enterprise: str | None, query: str | None) -> list[str]:
            return [item.key for item in records(c, "needs", list_id, enterprise, query, 10, 0).items]

        assert keys(None, None, None) == ["N-1", "N-2"] * 2
        assert keys(second, None, None) == ["N-1", "N-2"]
        assert keys(first, "例远船厂", None) == ["N-2"]
        assert keys(first, None, "ball_") == ["N-2"]
        assert keys(first, None, "0%全") == ["N-2"]
        assert keys(first, None, "_") == ["N-2"]
        assert keys(first, None, "没有") == []
        page = records(c, "needs", None, None, None, 1, 3)
        assert (page.total, page.offset, [item.key for item in page.items]) == (4, 3, ["N-2"])
        assert "contact" not in records(c, "needs", first, None, None, 1, 0).items[0].record
        withdraw(c, second)
        assert records(c, "needs", None, None, None, 10, 0).total == 2


def test_enterprises_are_counted_over_all_confirmed_lists(engine: Engine, small: tuple[Path, Path]) -> None:
    needs, offers = small
    with writing(engine) as c:
        for path, kind in (
            (needs, "needs"),
            (needs, "needs"),
            (offers, "offers"),
            (ENTERPRISES, "enterprises"),
        ):
            confirmed(c, path, kind)
        found = {item.name: (item.needs, item.offers) for item in enterprises(c, None, 100, 0).items}
        assert enterprises(c, "帆船厂", 10, 0).total == 1
    assert found.pop("例帆船厂") == (2, 0)
    assert found.pop("例阀厂") == (0, 1)
    assert set(found.values()) == {(0, 0)}


def test_a_record_that_cannot_be_read_any_more_is_told(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        list_id = confirmed(c, small[0], "needs")
        c.execute(list_rows.update().values(record={"quantity": "一些"}))
    with pytest.raises(StateError, match="row 2 was read by an earlier version"), reading(engine) as c:
        listing_of(c, list_id)


def test_characters_that_a_database_refuses_find_nothing_and_harm_nothing(
    engine: Engine, small: tuple[Path, Path]
) -> None:
    with writing(engine) as c:
        confirmed(c, small[0], "needs")
        assert records(c, "needs", None, None, "没\0有", 10, 0).total == 0
        assert records(c, "needs", None, "例帆\0", None, 10, 0).total == 0
        assert enterprises(c, "没\0有", 10, 0).total == 0
