"""Read Chinese office text: clean it, and parse numbers, money, days, dates and answers from cells.

Pure functions on one cell value (str, int, float, bool, date or None). Parsers return ``Parsed(value,
notes)``: ``value`` is None where the cell is empty or holds a placeholder, ``notes`` are warnings for the
sender. A cell that cannot be what its column asks for raises ``CellError`` with a sentence in both languages.
``name`` is the column's label ("预算") and leads every sentence; ``unit`` is the unit of the column's header,
the unit written in the cell wins over it.

Two cleanings: ``tidy`` keeps punctuation as written and is what is shown; ``normalise`` is for comparing.
"""

from matching.text.answers import parse_yes_no
from matching.text.cells import CellError, Parsed
from matching.text.cleaning import is_garbled, is_placeholder, is_template, normalise, split_list, tidy
from matching.text.dates import parse_date, parse_dates
from matching.text.durations import parse_days
from matching.text.money import parse_money, parse_price
from matching.text.numbers import chinese_number, parse_number, parse_quantity

__all__ = [
    "CellError",
    "Parsed",
    "chinese_number",
    "is_garbled",
    "is_placeholder",
    "is_template",
    "normalise",
    "parse_date",
    "parse_dates",
    "parse_days",
    "parse_money",
    "parse_number",
    "parse_price",
    "parse_quantity",
    "parse_yes_no",
    "split_list",
    "tidy",
]
