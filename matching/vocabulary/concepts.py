"""Concepts and their terms as rows of CSV tables, with all that is wrong in them told at once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching.codes import industries
from matching.errors import CellProblem, FileError, RowsError
from matching.text import normalise
from matching.words import Words

#: what a concept may be
KINDS = ("product", "part", "process", "material", "equipment", "standard", "service")
COLUMNS = ("concept", "parent", "industry", "kind", "terms")
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing with all its names; ``industry`` is a code of GB/T 4754-2017, ``parent`` a broader concept."""

    name: str
    parent: str = ""
    industry: str = ""
    kind: str = ""
    terms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, its own name first."""
        return tuple(dict.fromkeys((self.name, *self.terms)))


@dataclass(frozen=True, slots=True)
class Row:
    """A concept and where it stands."""

    concept: Concept
    file: str
    line: int

    def problem(self, column: str, value: str, reason: Words) -> CellProblem:
        """Make a problem of one of its cells."""
        return CellProblem(self.file, f"{'ABCDE'[COLUMNS.index(column)]}{self.line}", value, reason)


def term_key(term: str) -> str:
    """Give the form in which terms are compared: normalised, lower case, blanks folded."""
    return normalise(term).lower()


def read_rows(path: Path) -> list[Row]:
    """Read one table; raises FileError where it cannot be read or lacks a column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise FileError(
                    Words(f"术语表缺少列：{', '.join(missing)}", f"columns missing: {', '.join(missing)}"),
                    path.name,
                )
            return [_row(cells, path.name, line) for line, cells in enumerate(reader, 2)]
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            Words("读不了术语表（应为 UTF-8 的 CSV）", f"cannot read the table (a CSV in UTF-8): {error}"),
            str(path),
        ) from error


def _row(cells: dict[str, str | None], file: str, line: int) -> Row:
    plain = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    terms = tuple(dict.fromkeys(term.strip() for term in plain["terms"].split("|") if term.strip()))
    concept = Concept(plain["concept"], plain["parent"], plain["industry"], plain["kind"], terms)
    return Row(concept, file, line)


def merged(rows: Sequence[Row]) -> dict[str, Concept]:
    """Make one term base of rows; a concept told again adds terms, and what it leaves empty stays.

    Raises RowsError naming every term claimed by two concepts, every unknown parent, industry or kind,
    every contradiction and every cycle.
    """
    found: dict[str, Concept] = {}
    problems: list[CellProblem] = []
    for row in rows:
        problems += _faults(row)
        concept, known = row.concept, found.get(row.concept.name)
        if known:
            problems += _contradictions(row, known)
            concept = _joined(known, concept)
        found[concept.name] = concept
    problems += [*_claimed_twice(rows), *_lost_parents(rows, found), *_cycles(rows, found)]
    if problems:
        raise RowsError(problems)
    return found


def _joined(known: Concept, new: Concept) -> Concept:
    return Concept(
        known.name,
        known.parent or new.parent,
        known.industry or new.industry,
        known.kind or new.kind,
        tuple(dict.fromkeys((*known.terms, *new.terms))),
    )


def _faults(row: Row) -> Iterable[CellProblem]:
    concept = row.concept
    for term in concept.names:
        if len(term_key(term)) < SHORTEST:
            column = "concept" if term == concept.name else "terms"
            yield row.problem(column, term, Words("术语至少两个字", "a term has at least two characters"))
    if concept.kind and concept.kind not in KINDS:
        allowed = ", ".join(KINDS)
        yield row.problem(
            "kind", concept.kind, Words(f"类别应为 {allowed}", f"kind must be one of {allowed}")
        )
    if concept.industry and concept.industry not in _industry_codes():
        yield row.problem(
            "industry", concept.industry, Words("不是 GB/T 4754-2017 的代码", "no code of GB/T 4754-2017")
        )


@cache
def _industry_codes() -> frozenset[str]:
    return frozenset(item.code for item in industries())


def _contradictions(row: Row, known: Concept) -> Iterable[CellProblem]:
    for name in COLUMNS[1:4]:
        before, now = getattr(known, name), getattr(row.concept, name)
        if before and now and before != now:
            yield row.problem(
                name, now, Words(f"与先前的“{before}”矛盾", f"contradicts {before!r} told before")
            )


def _claimed_twice(rows: Sequence[Row]) -> Iterable[CellProblem]:
    owner: dict[str, str] = {}
    for row in rows:
        for term in row.concept.names:
            other = owner.setdefault(term_key(term), row.concept.name)
            if other != row.concept.name:
                yield row.problem(
                    "terms", term, Words(f"已是“{other}”的术语", f"is a term of {other!r} already")
                )


def _lost_parents(rows: Sequence[Row], found: dict[str, Concept]) -> Iterable[CellProblem]:
    for row in rows:
        if row.concept.parent and row.concept.parent not in found:
            yield row.problem("parent", row.concept.parent, Words("没有这个上位概念", "no such concept"))


def _cycles(rows: Sequence[Row], found: dict[str, Concept]) -> Iterable[CellProblem]:
    """Report each cycle of parents once, at the first of its rows."""
    told: set[str] = set()
    for row in rows:
        path: list[str] = []
        name = row.concept.name
        while name in found and name not in path and name not in told:
            path.append(name)
            name = found[name].parent
        if name in path:
            ring = " → ".join([*path[path.index(name) :], name])
            yield row.problem(
                "parent", row.concept.parent, Words(f"上位概念成环：{ring}", f"a cycle: {ring}")
            )
        told.update(path)
