"""Dates and periods as offices write them."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matching.text.amounts import compact
from matching.text.cells import CellError, Parsed, absent, not_a
from matching.text.cleaning import normalise, tidy
from matching.text.numerals import numeral
from matching.words import Words

DATE = Words("日期", "date")

_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1900, 2101)

_HOUR = re.compile(
    r"(?:(?<=[日号\s])|(?<=\d)T)\s*(?:上午|下午|早上|晚上)?\s*\d{1,2}\s*"
    r"(?::\s*\d{1,2}(?::\d{1,2}(?:\.\d+)?)?|[时点](?:\s*\d{1,2}\s*分(?:\s*\d{1,2}\s*秒)?|整|半)?)(?:Z|\+\d\d:?\d\d)?"
)
_AROUND = re.compile(
    r"^(?:截止到?|截至|自|从|于|在|预计|计划)|\((?:[^()]*时间|(?:周|星期).)\)|(?:周|星期)[一二三四五六日天]"
    r"|(?:之?前|为?止|截止|起|开始|以前|完成|交货)+$"
)
_SPELLED = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号])")
_MASK = re.compile(r"[*Xx?_]{2,}年?|\d*[*Xx?_]+\d*年")
_SEPARATOR = re.compile(r"至|到|~+|-+")
_DAY_FIRST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})[年./-](?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{2})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]?)?",
        r"(?P<y>\d{4})[年./-](?P<m>\d{1,2})月?(?P<part>份?|初|上旬|中旬|下旬|底|末)",
        r"(?P<y>\d{4})(?P<m>0[1-9]|1[0-2])",
        r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?",
        r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})",
        r"(?P<m>\d{1,2})月(?P<part>份?|初|上旬|中旬|下旬|底|末)",
    )
)
_FIRST_OF_PART = {"中旬": 11, "下旬": 21}


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    notes: tuple[Words, ...] = ()


def parse_date(cell: object, year: int | None = None, *, name: Words = DATE) -> Parsed[date]:
    """Read one date: 2025.10.9, 20251009, ２０２５年１０月９日, an Excel date or serial number (45931).

    With a note: of a period its first day, of a month its first day, and ``year`` where none is written
    (without ``year`` that is an error). The time of day is dropped. Raises CellError for days that do not
    exist, masked years (****年), periods that run backwards, and orders read two ways (10/9/2025).
    """
    period = parse_dates(cell, year, name=name)
    if period.value is None:
        return Parsed(None, period.notes)
    first, last = period.value
    note = Words(f"{name.zh}为区间，按起始日", f"{name.en} is a period, its first day counts")
    return Parsed(first, period.notes).noting((note,) if first != last else ())


def parse_dates(cell: object, year: int | None = None, *, name: Words = DATE) -> Parsed[tuple[date, date]]:
    """Read a period "2025年10月1日至9日" as its first and last day; errors as ``parse_date``."""
    missing = absent(cell, name)
    if missing is not None:
        return missing
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _single(_from_number(cell, name))
    if isinstance(cell, date):
        return _single(_Day(cell.date() if isinstance(cell, datetime) else cell))
    if not isinstance(cell, str):
        raise not_a(name, str(cell))
    return _from_text(cell, year, name)


def _single(found: _Day) -> Parsed[tuple[date, date]]:
    return Parsed((found.day, found.day), found.notes)


def _from_number(number: float, name: Words) -> _Day:
    """Read a serial number of Excel, or the eight digits of a date."""
    if not math.isfinite(number):
        raise not_a(name, str(number))
    if math.floor(number) in _SERIALS:
        return _Day(_EPOCH + timedelta(days=math.floor(number)))
    if number != math.floor(number) or len(str(math.floor(number))) not in (6, 8):
        shown = f"{number:g}" if abs(number) < 1e6 else str(number)
        raise CellError(
            Words(f"“{shown}”不是{name.zh}（如2025.10会被Excel读成2025.1）", f"'{shown}' is not a {name.en}")
        )
    found = _read(str(int(number)), None)
    if found is None:
        raise not_a(name, str(int(number)))
    return found


def _plain(text: str) -> str:
    """Strip a text to its date: no time of day, no words around, digits for numerals."""
    plain = compact(_HOUR.sub("", normalise(text)))
    plain = _SPELLED.sub(lambda found: str(numeral(found[0]) or found[0]), plain)
    for _ in range(2):
        plain = _AROUND.sub("", plain)
    return plain


def _from_text(text: str, year: int | None, name: Words) -> Parsed[tuple[date, date]]:
    plain = _plain(text)
    if masked := _MASK.search(plain):
        raise CellError(Words(f"“{masked[0]}”不是日期", f"'{masked[0]}' is not a date"))
    if plain.isdigit() and len(plain) == 5 and int(plain) in _SERIALS:
        return _single(_from_number(int(plain), name)).noting(
            (Words(f"“{plain}”按Excel日期序列号", f"'{plain}' read as a serial number of Excel"),)
        )
    found = _read(plain, year)
    if found is not None:
        return _single(found)
    for mark in _SEPARATOR.finditer(plain, 1):
        period = _period(plain[: mark.start()], plain[mark.end() :], year)
        if period is not None:
            return period
    if _DAY_FIRST.fullmatch(plain):
        shown = tidy(text)
        raise CellError(
            Words(f"“{shown}”的日、月次序不明，请写成年-月-日", f"'{shown}': write it as year-month-day")
        )
    raise not_a(name, tidy(text))


def _period(left: str, right: str, year: int | None) -> Parsed[tuple[date, date]] | None:
    """Read two ends; the second takes over the year and month it does not name."""
    first = _read(_AROUND.sub("", left), year)
    if first is None:
        return None
    bare = re.fullmatch(r"(\d{1,2})[日号]?", right)
    whole = f"{first.day.month}月{bare[1]}日" if bare else _AROUND.sub("", right)
    last = _read(whole, first.day.year)
    if last is None:
        return None
    if first.day > last.day:
        raise CellError(Words("起始晚于截止", "the period starts after its end"))
    return Parsed((first.day, last.day), first.notes)


def _read(plain: str, year: int | None) -> _Day | None:
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(plain):
            return _dated(found.groupdict(), year)
    return None


def _dated(fields: dict[str, str | None], default: int | None) -> _Day:
    """Build the day from what was written, noting what was not; CellError for what no calendar has."""
    notes: list[Words] = []
    year = _year(fields.get("y"), default, notes)
    month = int(fields["m"] or 0)
    if not 1 <= month <= 12:
        raise CellError(Words(f"没有{month}月", f"there is no month {month}"))
    length = monthrange(year, month)[1]
    written = fields.get("d")
    day = int(written) if written else _day_of_part(fields.get("part") or "", length, notes)
    if not 1 <= day <= length:
        raise CellError(Words(f"{month}月没有{day}日", f"month {month} of {year} has no day {day}"))
    return _Day(date(year, month, day), tuple(notes))


def _year(written: str | None, default: int | None, notes: list[Words]) -> int:
    if written is None and default is None:
        raise CellError(Words("缺少年份", "the year is missing"))
    if written is None:
        notes.append(Words(f"缺少年份，按填报年度{default}", f"no year given, taken as {default}"))
    year = int(written or default or 0)
    if len(written or "") == 2:
        year += 2000
        notes.append(Words(f"年份只有两位，按{year}年", f"two-digit year, taken as {year}"))
    if year not in _YEARS:
        raise CellError(Words(f"年份{year}超出范围", f"year {year} is out of range"))
    return year


def _day_of_part(part: str, length: int, notes: list[Words]) -> int:
    day = length if part in ("底", "末") else _FIRST_OF_PART.get(part, 1)
    notes.append(Words(f"缺少日，按当月{day}日", f"no day given, taken as day {day} of the month"))
    return day
