"""What the values of an .xlsx sheet do not tell: hidden rows, merges, errors, formulas without a value."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from matching.sheets.bounds import MIB, Bounds
from matching.sheets.places import column_number, place_of
from matching.sheets.refusals import damaged
from matching.words import Words

#: (top, left, bottom, right), from 0, all within
Box = tuple[int, int, int, int]

#: bytes of a part that is read whole; the tree of its elements takes many times as many
_LARGEST_TREE = 4 * MIB
NO_VALUE = Words(
    "公式没有已计算的值，请在Excel中保存后重传",
    "the formula has no computed value; save the file in Excel and send it again",
)


@dataclass
class Anatomy:
    """Places are (row, column) from 0; ``faults`` maps the place of a cell without a usable value to why."""

    hidden: set[int] = field(default_factory=set)
    merged: list[Box] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, Words]] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0


def anatomies(path: Path, content: bytes, bounds: Bounds) -> dict[str, Anatomy]:
    """Look at every worksheet of an .xlsx file, by name; FileError where one is too large or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = {name: _anatomy(archive, part) for name, part in _parts(archive).items()}
    except (LookupError, ValueError, zipfile.BadZipFile, expat.ExpatError, ElementTree.ParseError) as error:
        raise damaged(path) from error
    for anatomy in found.values():
        bounds.check_reach(anatomy.last_row, anatomy.last_column, path)
    return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → part of the archive, worksheets only; ValueError where two share a name."""
    relations = _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {
        item.get("Id"): item.get("Target", "")
        for item in relations
        if item.get("Type", "").endswith("/worksheet")
    }
    parts: dict[str, str] = {}
    for item in _tree(archive, "xl/workbook.xml").iter():
        if item.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in item.items() if name.rpartition("}")[2] == "id"), None)
            name = item.get("name", "")
            if name in parts:
                raise ValueError(name)
            if key in targets:
                parts[name] = posixpath.normpath(posixpath.join("/xl", targets[key]))[1:]
    return parts


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """Read a small part whole; ValueError for one that no workbook has so large."""
    if archive.getinfo(part).file_size > _LARGEST_TREE:
        raise ValueError(part)
    return ElementTree.fromstring(archive.read(part))


def _anatomy(archive: zipfile.ZipFile, part: str) -> Anatomy:
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    return scan.found


class _Scan:
    """One pass over the XML of a sheet."""

    def __init__(self) -> None:
        self.found = Anatomy()
        self.row = -1
        self.place = (0, -1)
        self.type = ""
        self.has_formula = self.has_value = self.in_value = self.is_filled = False
        self.value = ""
        self.columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name[name.find(":") + 1 :]
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "is"):
            self.in_value = name == "v"
            self.is_filled = True
        elif name == "f":
            self.has_formula = self.is_filled = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.found.merged.append((*_place(first), *_place(last or first)))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) - 1 if number.isdigit() else self.row + 1
        self.place = (self.row, -1)
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.found.hidden.add(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.place = (self.row, self.place[1] + 1)
        else:
            letters = reference.rstrip("0123456789")
            if letters not in self.columns:
                self.columns[letters] = column_number(letters)
            self.place = (int(reference[len(letters) :] or 0) - 1, self.columns[letters])
        self.type = attributes.get("t", "")
        self.has_formula = self.has_value = self.in_value = self.is_filled = False
        self.value = ""

    def text(self, text: str) -> None:
        if self.in_value:
            self.has_value = True
            if self.type == "e":
                self.value += text

    def end(self, name: str) -> None:
        name = name[name.find(":") + 1 :]
        if name == "v":
            self.in_value = False
        elif name == "c" and self.is_filled:
            self._end_cell()

    def _end_cell(self) -> None:
        found, (row, column) = self.found, self.place
        found.last_row, found.last_column = max(found.last_row, row), max(found.last_column, column)
        if self.type == "e":
            reason = Words(
                f"单元格为Excel错误值 {self.value}", f"the cell holds the Excel error {self.value}"
            )
            found.faults[self.place] = (self.value, reason)
        elif self.has_formula and not self.has_value and self.type != "str":
            found.faults[self.place] = ("", NO_VALUE)


def _place(reference: str) -> tuple[int, int]:
    try:
        return place_of(reference.replace("$", ""))
    except ValueError:
        return 0, 0
