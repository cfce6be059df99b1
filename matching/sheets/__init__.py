"""Sheets: files in, records out with all problems at once; templates, returned sheets, safe workbooks."""
