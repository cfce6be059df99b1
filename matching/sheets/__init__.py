"""Sheets: files in, records out with all problems at once; templates, returned sheets, safe workbooks.

::

    a file, several, a folder
      │  files        which files, what kind each is; a sentence for what cannot be read ◄── refusals
      │  archive      sizes, sums and the furthest cell of an .xlsx, before anything is made of it ◄── bounds
      ▼
    grids of raw cells ◄── anatomy (.xlsx), oldbook (.xls): hidden rows, merges, errors the values do not tell
      │  headers      which rows are the header, which column holds which field ◄── headings: name and unit
      │  setting      what the sheet says about all of its cells: city, year, unit of money
      │  skips        rows that are no records: blank, subtotal, signature, example
      ▼
    rows, each accepted, warned of, rejected or skipped ──► duplicates, across all files
      ▼
    Listing (listing) ──► returned: the sender's own sheet with its wrong cells coloured

``template`` writes empty forms, ``workbook`` every table the library writes, safe against formulas.
"""

from matching.sheets.bounds import Bounds
from matching.sheets.files import kind_of
from matching.sheets.listing import checked_rows, read_listing
from matching.sheets.returned import write_returned
from matching.sheets.template import write_records, write_template
from matching.sheets.workbook import Heading, Table, write_workbook

__all__ = [
    "Bounds",
    "Heading",
    "Table",
    "checked_rows",
    "kind_of",
    "read_listing",
    "write_records",
    "write_returned",
    "write_template",
    "write_workbook",
]
