"""Sheets: files in, records out with all problems at once; templates, returned sheets, safe workbooks."""

from matching.sheets.listing import checked_rows, read_listing
from matching.sheets.returned import write_returned
from matching.sheets.template import write_records, write_template
from matching.sheets.workbook import Heading, Table, write_workbook

__all__ = [
    "Heading",
    "Table",
    "checked_rows",
    "read_listing",
    "write_records",
    "write_returned",
    "write_template",
    "write_workbook",
]
