"""Find the header of a sheet: which rows it takes, and which column holds which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from matching.errors import CellProblem, InputError
from matching.records import Form
from matching.sheets.grids import Grid
from matching.sheets.headings import ORDINALS, HeadingText, heading_text, names_of, unit_with_period
from matching.words import Words

#: rows in which a header is looked for, most rows of a header, likeness above which a header is guessed
SEARCHED, TALLEST, ALIKE = 40, 3, 86.0
#: longest header
LONGEST = 60
#: shortest header that may be guessed
GUESSABLE = 4
#: rank of a guess: behind every header the form knows
_GUESSED = 1000


@dataclass
class Header:
    """The header rows ``first`` to ``last`` (from 0) of a sheet and what its columns are.

    ``fields`` maps column → field, ``texts`` column → header as written, ``units`` field → unit, ``unknown``
    lists columns that are no field; ``ordinals`` are columns of running numbers.
    """

    first: int
    last: int
    texts: dict[int, str]
    fields: dict[int, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    ordinals: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    notes: list[CellProblem] = field(default_factory=list)
    #: column → its header and each line of it, without blanks
    lines: dict[int, set[str]] = field(default_factory=dict)

    def missing(self, form: Form) -> tuple[str, ...]:
        """Give the required fields no column holds."""
        held = set(self.fields.values())
        return tuple(name for name in form.required if name not in held)

    def column_of(self, field_name: str) -> int | None:
        """Give the column of a field, or None."""
        return next((column for column, name in self.fields.items() if name == field_name), None)


def find_header(grid: Grid, form: Form) -> Header | None:
    """Find the rows that name most columns of a form; None where no row names two of them."""
    best: tuple[tuple[int, ...], int, int] | None = None
    for first, last in _spans(grid):
        names = _names_in(_texts(grid, first, last), form)
        # most fields; then the height the merged cells give it; then the lower and earlier one
        rank = (len(names), int(last == first + _height(grid, first)), first - last, -first)
        if len(names) >= min(2, len(form.columns)) and (best is None or rank > best[0]):
            best = (rank, first, last)
    return None if best is None else _describe(grid, form, best[1], best[2])


def no_header(grid: Grid, form: Form, header: Header | None, where: str) -> InputError:
    """Give the error of a sheet without a usable header: what was looked for, and what stands there."""
    wanted = [form.columns[name].headers[0] for name in (header.missing(form) if header else form.required)]
    found = _standing_there(grid, header)
    zh, en = "、".join(wanted), ", ".join(wanted)
    lacks = (
        Words("缺少必需的列", "a required column is missing")
        if header
        else Words("没有找到表头", "no header was found")
    )
    return InputError(
        Words(
            f"{lacks.zh}：需要“{zh}”，表中有“{'、'.join(found)}”",
            f"{lacks.en}: needed {en}; found {', '.join(found)}",
        ),
        where,
    )


def _standing_there(grid: Grid, header: Header | None) -> list[str]:
    """Give what stands where a header should be."""
    if header is not None and _height(grid, header.first):
        return list(header.texts.values())
    # without merged cells a first row of data may have been taken for the header's second line
    several = (row for row in grid.rows if sum(cell is not None for cell in row) > 1)
    row = grid.rows[header.first] if header is not None else next(several, grid.rows[0])
    return [str(cell)[:20] for cell in row if cell is not None]


def _spans(grid: Grid) -> Iterator[tuple[int, int]]:
    for first in range(min(SEARCHED, len(grid.rows))):
        for last in range(first, min(first + TALLEST, len(grid.rows))):
            yield first, last


def _height(grid: Grid, first: int) -> int:
    """How many further rows the merged cells of a row take."""
    tall = [bottom - first for top, left, bottom, right in grid.merged if top == first and left <= right]
    return min(max(tall, default=0), TALLEST - 1)


def _texts(grid: Grid, first: int, last: int) -> dict[int, list[str]]:
    """Column → its header texts from top to bottom, none twice in a row."""
    lines = [_header_row(grid, row, below=row < last) for row in range(first, last + 1)]
    texts: dict[int, list[str]] = {}
    for column in range(len(lines[0])):
        parts = [str(line[column]).strip() for line in lines if line[column] is not None]
        parts = [part for place, part in enumerate(parts) if place == 0 or part != parts[place - 1]]
        if parts:
            texts[column] = parts
    return texts


def _header_row(grid: Grid, row: int, below: bool) -> Sequence[Any]:
    """Give a header row with merged parents written over all their children."""
    cells = [cell if isinstance(cell, str) and len(cell) <= LONGEST else None for cell in grid.rows[row]]
    for top, left, bottom, right in grid.merged:
        if top == row and left < min(right, len(cells)) and bottom < row + TALLEST and below:
            cells[left : right + 1] = [cells[left]] * (min(right + 1, len(cells)) - left)
    if below and not grid.merged:
        under = grid.rows[row + 1]
        for column in range(1, len(cells)):
            if cells[column] is None and under[column] is not None:
                cells[column] = cells[column - 1]
    return cells


def _readings(parts: Sequence[str]) -> Iterator[HeadingText]:
    """Ways to read a header of several lines: joined, the lowest alone, a unit below its name."""
    if len(parts) == 1:
        yield heading_text(parts[0])
        return
    yield heading_text("".join(parts))
    yield heading_text(f"{parts[-2]}({parts[-1]})")
    yield heading_text(parts[-1])


def _name(parts: Sequence[str], form: Form) -> tuple[str, int, str] | None:
    """Give field, rank and unit of a header, or None."""
    names = names_of(form)
    for read in _readings(parts):
        for text in (read.full, read.bare, read.bare.removesuffix("名称"), read.bare.removesuffix("全称")):
            if text in names:
                return (*names[text], unit_with_period(read))
    return None


def _names_in(texts: dict[int, list[str]], form: Form) -> set[str]:
    found = (_name(parts, form) for parts in texts.values())
    return {name[0] for name in found if name is not None}


def _describe(grid: Grid, form: Form, first: int, last: int) -> Header:
    texts = _texts(grid, first, last)
    header = Header(first, last, {column: "".join(parts) for column, parts in texts.items()})
    header.lines = {
        column: {"".join(part.split()) for part in ("".join(parts), *parts)}
        for column, parts in texts.items()
    }
    claims: dict[str, list[tuple[int, int, str]]] = {}
    for column, parts in texts.items():
        claim = _name(parts, form)
        if claim is not None:
            claims.setdefault(claim[0], []).append((claim[1], column, claim[2]))
        elif heading_text(parts[0]).bare in ORDINALS:
            header.ordinals.append(column)
        else:
            header.unknown.append(column)
    _guess(grid, form, header, claims)
    for name, bids in claims.items():
        _award(grid, header, name, sorted(bids))
    header.unknown.sort()
    header.fields = dict(sorted(header.fields.items()))
    return header


def _guess(grid: Grid, form: Form, header: Header, claims: dict[str, list[tuple[int, int, str]]]) -> None:
    """Take a header much like a known one for a field no column names, and say so."""
    names = {name: place[0] for name, place in names_of(form).items() if place[0] not in claims}
    for column in list(header.unknown):
        read = heading_text(header.texts[column])
        found = process.extract(read.bare, names.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2)
        fields = {names[text] for text, score, _ in found if score == found[0][1]}
        if len(read.bare) >= GUESSABLE and len(fields) == 1:
            name = fields.pop()
            header.unknown.remove(column)
            claims.setdefault(name, []).append((_GUESSED, column, unit_with_period(read)))
            known = form.columns[name].headers[0]
            _note(grid, header, column, Words(f"按“{known}”理解", f"taken for {known!r}"))


def _award(grid: Grid, header: Header, name: str, bids: list[tuple[int, int, str]]) -> None:
    """Give a field to the column that names it best; two that name it alike must not differ."""
    (rank, column, unit), *others = bids
    header.fields[column] = name
    if unit:
        header.units[name] = unit
    for other_rank, other, _ in others:
        if other_rank == rank and _differ(grid, header, column, other):
            raise InputError(
                Words(
                    f"{grid.where(header.last, column)} 与 {grid.where(header.last, other)} 两列"
                    f"都是“{header.texts[column]}”，内容却不同，请只留一列",
                    f"{grid.where(header.last, column)} and {grid.where(header.last, other)} are both "
                    f"{header.texts[column]!r} but differ; keep one",
                ),
                grid.label,
            )
        header.unknown.append(other)
        taken = header.texts[column]
        _note(
            grid,
            header,
            other,
            Words(f"与“{taken}”同义，采用“{taken}”", f"means the same as {taken!r}, which is used"),
        )


def _differ(grid: Grid, header: Header, one: int, other: int) -> bool:
    body = grid.rows[header.last + 1 :]
    return any(row[other] is not None and row[one] is not None and row[one] != row[other] for row in body)


def _note(grid: Grid, header: Header, column: int, reason: Words) -> None:
    cell = grid.where(header.last, column)
    header.notes.append(CellProblem(grid.label, cell, header.texts[column], reason, fatal=False))
