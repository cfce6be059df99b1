"""Lists: kept once, confirmed on purpose, withdrawn where no plan needs them; contacts stay inside."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine

from api.problems import NotFoundError, StateError
from api.schemas import ListHead
from api.store.engine import reading, writing
from api.store.lists import add_list, confirm, file_of, list_of, lists, rows_of, withdraw
from api.store.plans import cancel
from tests.api.running import NEED_HEADERS, VALVES, write_list
from tests.api.store.building import checked, ordered

HEADERS = (*NEED_HEADERS, "联系人")
GOOD = (*VALVES, "例先生 13900000000")
BAD = ("N-2", "例帆船厂", "船用蝶阀", -5, "件", 50, None, "例女士")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """One good row, one with a quantity below zero."""
    return write_list(tmp_path / "需求.xlsx", HEADERS, GOOD, BAD)


@pytest.fixture
def kept(engine: Engine, sheet: Path) -> ListHead:
    with writing(engine) as c:
        return list_of(c, add_list(c, checked(sheet, "needs"), "once"))


def test_a_list_is_kept_with_counts_rows_and_file(engine: Engine, kept: ListHead, sheet: Path) -> None:
    assert (kept.state, kept.counts.accept, kept.counts.reject) == ("checked", 1, 1)
    with reading(engine) as c:
        rows = rows_of(c, kept.id, None, 10, 0)
        rejected = rows_of(c, kept.id, "reject", 10, 0)
        assert file_of(c, kept.id) == ("需求.xlsx", sheet.read_bytes())
        assert lists(c, "needs", 10, 0).items == [kept]
        assert lists(c, "offers", 10, 0).total == 0
    assert [(row.position, row.action) for row in rows.items] == [(1, "accept"), (2, "reject")]
    assert [row.problems[0].value for row in rejected.items] == ["-5"]
    assert (rejected.total, rejected.items[0].record) == (1, None)


def test_contacts_stay_in_the_store(engine: Engine, kept: ListHead) -> None:
    with reading(engine) as c:
        record = rows_of(c, kept.id, "accept", 10, 0).items[0].record
    assert record is not None
    assert record["title"] == "船用截止阀"
    assert "contact" not in record


def test_the_same_request_makes_one_list(engine: Engine, kept: ListHead, sheet: Path) -> None:
    found = []

    def upload() -> None:
        with writing(engine) as c:
            found.append(add_list(c, checked(sheet, "needs"), "twice"))

    threads = [Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with writing(engine) as c:
        assert add_list(c, checked(sheet, "needs"), "once") == kept.id
        assert add_list(c, checked(sheet, "needs")) != add_list(c, checked(sheet, "needs"))
        assert lists(c, None, 10, 0).total == 4
    assert len(found) == 4
    assert len(set(found)) == 1


def test_rejected_rows_must_be_left_out_on_purpose(engine: Engine, kept: ListHead) -> None:
    with pytest.raises(StateError, match="1 rows were rejected"), writing(engine) as c:
        confirm(c, kept.id, accept_valid=False)
    with writing(engine) as c:
        assert confirm(c, kept.id, accept_valid=True).state == "confirmed"
        again = confirm(c, kept.id, accept_valid=False)
    assert again.confirmed_at is not None
    assert again.confirmed_at >= again.created_at


def test_a_list_without_a_good_row_cannot_be_confirmed(engine: Engine, tmp_path: Path) -> None:
    sheet = write_list(tmp_path / "坏.xlsx", HEADERS, BAD)
    with writing(engine) as c:
        list_id = add_list(c, checked(sheet, "needs"))
    with pytest.raises(StateError, match="no row"), writing(engine) as c:
        confirm(c, list_id, accept_valid=True)


def test_a_list_in_use_is_not_withdrawn(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        plan = ordered(c, *small)
    with pytest.raises(StateError, match="a plan is using this list"), writing(engine) as c:
        withdraw(c, 1)
    with writing(engine) as c:
        cancel(c, plan)
        assert withdraw(c, 1).state == "withdrawn"
    with pytest.raises(StateError, match="withdrawn"), writing(engine) as c:
        confirm(c, 1, accept_valid=True)


def test_a_list_that_is_not_there_is_named(engine: Engine) -> None:
    with pytest.raises(NotFoundError, match="there is no list 7"), reading(engine) as c:
        list_of(c, 7)
