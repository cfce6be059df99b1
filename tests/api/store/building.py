"""Building what the tests of the store share: checked lists made of sheets."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection

from api.practices import form_of
from api.schemas import CellNote, ListKind, PlanOrder, Text
from api.store.lists import add_list, confirm
from api.store.plans import add_plan
from api.uploads.checked import CheckedList, CheckedRow
from matching import CellProblem
from matching.records import RowOutcome
from matching.sheets import read_listing


def checked(path: Path, kind: ListKind) -> CheckedList:
    """Read a sheet as an upload of it would be."""
    listing = read_listing(path, form_of(kind), accept_valid=True)
    content = path.read_bytes()
    return CheckedList(
        kind=kind,
        title=path.stem,
        file_name=path.name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        columns=listing.headers,
        notes=[_note(note) for note in listing.notes],
        rows=[_row(row, listing.form.key) for row in listing.rows],
    )


def _row(row: RowOutcome, key: str) -> CheckedRow:
    problems = [_note(problem) for problem in row.problems]
    if row.record is None:
        return CheckedRow(row.source.sheet, row.source.row, row.action, problems=problems)
    record = row.record.model_dump(mode="json", exclude={"source"})
    title = record.get("title") or record.get("product") or ""
    name = (record.get(key) or "") if key else ""
    place = (row.source.sheet, row.source.row, row.action)
    return CheckedRow(*place, name, record["enterprise"], title, record, problems)


def _note(problem: CellProblem) -> CellNote:
    return CellNote(
        cell=problem.cell, value=problem.value, reason=Text.of(problem.reason), fatal=problem.fatal
    )


def confirmed(c: Connection, path: Path, kind: ListKind) -> int:
    """Put a list into the store and confirm it."""
    list_id = add_list(c, checked(path, kind))
    confirm(c, list_id, accept_valid=True)
    return list_id


def ordered(c: Connection, needs: Path, offers: Path, **more: object) -> int:
    """Order a plan of two sheets."""
    lists = {"needs_list": confirmed(c, needs, "needs"), "offers_list": confirmed(c, offers, "offers")}
    return add_plan(c, PlanOrder.model_validate({**lists, "seconds": None, **more}))
