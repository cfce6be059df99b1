"""Large lists stay quick to read."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest

from matching.sheets import read_listing, write_records
from matching.supply.records import NEEDS, ProcurementNeed


@pytest.mark.slow
def test_ten_thousand_rows_take_seconds(tmp_path: Path) -> None:
    """About 2 s of one core where this was written; the bound leaves room for slower ones."""
    records = [
        ProcurementNeed(
            need_id=f"X-{number}",
            enterprise=f"宜昌第{number % 700}机械有限公司",
            title=f"球墨铸铁阀体毛坯第{number}批",
            content="按图纸加工，含探伤、粗加工、运输与质保期内更换。" * 3 + str(number),
            category="铸件",
            quantity=number % 90 + 1,
            unit="t",
            region="点军区",
            adcode="420504",
            price_max=8000 + number % 100,
            budget_cny=1e6 + number,
            duration_days=number % 300 + 1,
            hard_certs=("ISO9001",),
            consortium_ok=number % 2 == 0,
            note="详见附件图纸",
        )
        for number in range(10_000)
    ]
    path = write_records(records, NEEDS, tmp_path / "大.xlsx")
    start = time.process_time()
    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(len(list(sheet.iter_rows())) for sheet in book)
    book.close()
    bare = time.process_time() - start
    listing = read_listing(path, NEEDS)
    taken = time.process_time() - start - bare
    assert rows > 10_000
    assert taken < 6 * bare, "beside a plain reading on the same machine"
    assert len(listing) == 10_000
