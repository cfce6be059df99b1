"""Records at the door: what a row of each list must be, and what was read."""

from matching.records.record import Action, Column, Form, Listing, Record, RowOutcome, Source

__all__ = ["Action", "Column", "Form", "Listing", "Record", "RowOutcome", "Source"]
