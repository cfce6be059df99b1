"""Whatever is uploaded, the answer is a list or a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.schemas import ListKind, Problem
from api.uploads import CheckedList, UploadLimits, check_upload
from api.uploads.answer import Findings, Order
from api.uploads.child import answer
from api.uploads.guard import guard, safe_name
from matching import ChainMatchError, Words
from tests.api.uploads.lists import CSV, ROWS
from tests.sheets.biff import xls
from tests.sheets.bombs import MAIN, archive, book_parts, sheet

LIMITS = UploadLimits(seconds=20, memory=512 * 2**20)
KINDS = st.sampled_from(("needs", "offers", "history", "enterprises"))
TAIL = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="L1:N1"/></mergeCells>'
CELLS = '<row r="3" hidden="1"><c r="A3" t="s"><v>0</v></c><c r="F3"><f>1</f></c></row>'
PARTS = book_parts(sheet(CELLS, TAIL))
PARTS["xl/sharedStrings.xml"] = f"<sst {MAIN}><si><t>小计</t></si></sst>"
#: what stands between quotes or tags, and what may take its place
PLACES = re.compile(r'"[^"]*"|>[^<]+<|<[^>]*>')
PIECES = ("", "0", "-1", "A1", "A0", "XFD1048576", "A1:XFD1048576", "ZZZZ9", "9" * 30, "s", "&#0;", "&x;")


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook some of whose tags, attributes and texts are exchanged; its archive is whole."""
    parts: dict[str, str] = dict(PARTS)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(parts)))
        places = list(PLACES.finditer(parts[name]))
        if not places:
            continue
        place = draw(st.sampled_from(places))
        new = draw(st.sampled_from((*PIECES, place[0] * 2)))
        if place[0][0] != "<":
            new = place[0][0] + new + place[0][-1]
        parts[name] = parts[name][: place.start()] + new + parts[name][place.end() :]
    return archive(parts)


@st.composite
def mutated(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes cut, flipped and repeated."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
        content = content or bytearray(whole)
    return bytes(content[: draw(st.integers(1, len(content)))] if draw(st.booleans()) else content)


UPLOADS = st.one_of(
    st.tuples(st.just("表.xlsx"), workbooks()),
    st.tuples(st.just("表.xlsx"), mutated(archive(PARTS))),
    st.tuples(st.just("表.xls"), mutated(xls(ROWS))),
    st.tuples(st.just("表.csv"), mutated(CSV)),
    st.tuples(st.text(max_size=8), st.binary(max_size=300)),
)


def outcome(ask: Callable[[], Any]) -> Any:
    """What is answered, or the sentence of an error raised on purpose."""
    try:
        return ask()
    except ChainMatchError as error:
        return error.words


def read_here(name: str, content: bytes, kind: ListKind) -> Findings | Problem:
    """Go past both walls in this process."""
    name = safe_name(name)
    guard(name, content, LIMITS)
    with TemporaryDirectory() as folder:
        order = Order("check", kind, Path(folder), name, LIMITS)
        order.file.parent.mkdir()
        order.file.write_bytes(content)
        return answer(order)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(UPLOADS, KINDS)
def test_reading(upload: tuple[str, bytes], kind: ListKind) -> None:
    """Nothing but errors raised on purpose."""
    found = outcome(lambda: read_here(*upload, kind))
    assert found.rows if isinstance(found, Findings) else isinstance(found, (Problem, Words))


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(UPLOADS, KINDS)
def test_checking(upload: tuple[str, bytes], kind: ListKind) -> None:
    """The same through the process with its limits."""
    found = outcome(lambda: check_upload(*upload, kind, LIMITS))
    assert found.rows if isinstance(found, CheckedList) else isinstance(found, Words)
