"""Sheets: files in, records out with all problems at once; templates, returned sheets, safe workbooks."""

from matching.sheets.listing import checked_rows, read_listing
from matching.sheets.workbook import Heading, Table, write_workbook

__all__ = ["Heading", "Table", "checked_rows", "read_listing", "write_workbook"]
