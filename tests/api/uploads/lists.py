"""Lists of needs as a sender uploads them."""

from __future__ import annotations

from tests.sheets.writing import HEADER, need

ROWS = [HEADER, need(), need(需求编号="X-2", **{"预算(万元)": -5}), need(需求编号="X-3", 需求单位="乙厂")]
CSV = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in ROWS).encode()
#: takes some seconds to check
LONG = b"\n".join([CSV, *(f"L-{number},甲厂,阀体毛坯 {number}".encode() for number in range(20_000))])
