"""Cell types: what may stand in a column of a list, as annotated types for the fields of records.

An empty cell or a placeholder (待定, /, 公告未明确列示) is None: unknown. A wrong cell raises with a sentence
in both languages; doubtful ones are read and noted in the ``Reading``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from matching.codes import find_industry, find_tier, is_valid_uscc, parse_certificates, parse_size
from matching.errors import UnknownNameError
from matching.records.reading import Cell, cell_type
from matching.text import (
    CellError,
    is_garbled,
    is_placeholder,
    is_template,
    normalise,
    parse_date,
    parse_dates,
    parse_days,
    parse_money,
    parse_number,
    parse_yes_no,
    split_list,
    tidy,
)
from matching.words import Words

GARBLED = Words("含疑似乱码，请核对原文", "shows signs of a wrong encoding, please check the original")
FORMULA_TEXT = Words("以“=”开头的文本按文本保存，导出时转义", "text beginning with '=' is kept as text")
LARGEST_COUNT = 10**9
_LONGEST_PLACEHOLDER = 60

#: what a mark of importance counts as
IMPORTANCE = {"特急": 4, "高": 3, "紧急": 3, "急": 3, "中": 2, "一般": 2, "普通": 2, "低": 1, "不急": 1}


def empty(cell: Cell) -> CellError:
    """Give the error of a cell that must not be empty."""
    return CellError(Words(f"{cell.label.zh}不能为空", f"{cell.label.en} must not be empty"))


def written(value: Any, cell: Cell) -> str | None:
    """Give the tidy text of a cell, or None; numbers lose their trailing ``.0``, dates read ISO."""
    if value is None or isinstance(value, bool):
        return None if value is None else ("是" if value else "否")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    raw = value if isinstance(value, str) else str(value)
    if is_template(raw):
        cell.note(
            Words(
                f"{cell.label.zh}是未填写的模板文字，按空处理", f"{cell.label.en} is unfilled template text"
            )
        )
        return None
    text = tidy(raw)
    if not text or (len(text) <= _LONGEST_PLACEHOLDER and is_placeholder(text)):
        return None
    return _checked(text, cell)


def _checked(text: str, cell: Cell) -> str:
    label = cell.label
    if is_garbled(text):
        cell.note(Words(f"{label.zh}{GARBLED.zh}", f"{label.en} {GARBLED.en}"))
    if text.startswith("="):
        cell.note(FORMULA_TEXT)
    return text


def _required(value: Any, cell: Cell) -> str:
    _no_template(value, cell)
    text = written(value, cell)
    if text is None:
        raise empty(cell)
    return text


def _content(value: Any, cell: Cell) -> str | None:
    _no_template(value, cell)
    return written(value, cell)


def _no_template(value: Any, cell: Cell) -> None:
    if isinstance(value, str) and is_template(value):
        label = cell.label
        raise CellError(Words(f"{label.zh}是未填写的模板", f"{label.en} is unfilled template text"))


def _number_name(value: Any, cell: Cell) -> str | None:
    text = written(value, cell)
    return None if text is None else normalise(text).replace(" ", "")


def _amount(value: Any, cell: Cell) -> float | None:
    return cell.value_of(parse_money(value, cell.unit("元"), name=cell.label))


def _days(value: Any, cell: Cell) -> int | None:
    return cell.value_of(parse_days(value, cell.unit("天"), name=cell.label))


def _day(value: Any, cell: Cell) -> date | None:
    return cell.value_of(parse_date(value, cell.reading.year, name=cell.label)) or cell.told()


def _number(value: Any, cell: Cell) -> float | None:
    return cell.value_of(parse_number(value, name=cell.label))


def _positive(value: Any, cell: Cell) -> float | None:
    number = _number(value, cell)
    if number is not None and not number > 0:
        raise CellError(
            Words(
                f"{cell.label.zh}应大于0，得到 {number:g}", f"{cell.label.en} must be above 0, got {number:g}"
            )
        )
    return number


def _count(value: Any, cell: Cell) -> int | None:
    number = _number(value, cell)
    if number is None:
        return None
    if number < 0 or number != int(number) or number > LARGEST_COUNT:
        raise CellError(
            Words(
                f"{cell.label.zh}应为0到{LARGEST_COUNT}的整数，得到 {number:g}",
                f"{cell.label.en} must be a whole number from 0 to {LARGEST_COUNT}, got {number:g}",
            )
        )
    return int(number)


def _importance(value: Any, cell: Cell) -> int | None:
    known = IMPORTANCE.get(tidy(value)) if isinstance(value, str) else None
    return _from_one(value, cell) if known is None else known


def _from_one(value: Any, cell: Cell) -> int | None:
    number = _count(value, cell)
    if number == 0:
        raise CellError(Words(f"{cell.label.zh}应不小于1", f"{cell.label.en} must be at least 1"))
    return number


def _share(value: Any, cell: Cell) -> float | None:
    percent = isinstance(value, str) and normalise(value).rstrip().endswith("%")
    number = _number(normalise(value).rstrip().rstrip("%") if percent else value, cell)
    if number is None:
        return None
    share = number / 100 if percent else number
    if not 0 < share <= 1:
        raise CellError(
            Words(
                f"{cell.label.zh}应大于0且不超过1（或100%），得到 {value}",
                f"{cell.label.en} must be above 0 and at most 1 (100%), got {value}",
            )
        )
    return share


def _yes_no(value: Any, cell: Cell) -> bool | None:
    return cell.value_of(parse_yes_no(value, name=cell.label))


def _names(value: Any, cell: Cell) -> tuple[str, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    return () if text is None else tuple(dict.fromkeys(split_list(text)))


def _cert_keys(value: Any, cell: Cell) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else parse_certificates(value)


def _tiers(value: Any, cell: Cell) -> tuple[str, ...]:
    known = ((find_tier(name), name) for name in _names(value, cell))
    return tuple(dict.fromkeys(tier.code if tier else normalise(name) for tier, name in known))


def _size(value: Any, cell: Cell) -> str | None:
    return value if value in _SIZES else cell.value_of(parse_size(value, name=cell.label))


def _industry(value: Any, cell: Cell) -> str | None:
    text = written(value, cell)
    return None if text is None else find_industry(text).code


def _uscc(value: Any, cell: Cell) -> str | None:
    text = _number_name(value, cell)
    if text is None or is_valid_uscc(text.upper()):
        return text and text.upper()
    cell.note(
        Words(
            f"{cell.label.zh}位数或校验位不符，未采用",
            f"{cell.label.en} has a wrong length or check character and is left out",
        )
    )
    return None


def one_of(*allowed: str) -> BeforeValidator:
    """Make a validator that takes one of some words, or a text that holds one (the longest first)."""

    def read(value: Any, cell: Cell) -> str | None:
        text = written(value, cell)
        if text is None:
            return None
        for word in sorted(allowed, key=lambda word: -len(word)):
            if word in text:
                return word
        raise UnknownNameError(cell.label, text, allowed)

    return cell_type(read)


def day(*, not_before: str = "", not_after: str = "") -> BeforeValidator:
    """Make a validator of a day that keeps its order with the day of an earlier field."""

    def read(value: Any, cell: Cell) -> date | None:
        found = _day(value, cell)
        earliest, latest = cell.before.get(not_before), cell.before.get(not_after)
        if found is not None and ((earliest and found < earliest) or (latest and found > latest)):
            raise CellError(
                Words(
                    f"{cell.label.zh} {found} 与另一日期先后颠倒（{earliest or latest}）",
                    f"{cell.label.en} {found} is on the wrong side of {earliest or latest}",
                )
            )
        return found

    return cell_type(read)


def _deadline(value: Any, cell: Cell) -> date | None:
    period = cell.value_of(parse_dates(value, cell.reading.year, name=cell.label))
    if period is None:
        return None
    if period[0] != period[1]:
        cell.tell("need_from", period[0])
    return period[1]


_SIZES = ("large", "medium", "small", "micro")
Size = Literal["large", "medium", "small", "micro"]

#: tidy text; template text is unknown, with a note
Text = Annotated[str | None, cell_type(written)]
#: text that must not be empty
Required = Annotated[str, cell_type(_required)]
#: text whose unfilled template is an error
Content = Annotated[str | None, cell_type(_content)]
#: the number by which an office names a row
RowName = Annotated[str | None, cell_type(_number_name)]
#: CNY
Money = Annotated[float | None, cell_type(_amount)]
Days = Annotated[int | None, cell_type(_days)]
Day = Annotated[date | None, cell_type(_day)]
#: first day of a delivery, which the cell of the last one may have told
FirstDay = Annotated[date | None, day(not_after="need_by"), Field(validate_default=True)]
#: last day of a validity
LastDay = Annotated[date | None, day(not_before="valid_from")]
#: the last day of a period; its first day is told to ``need_from``
Deadline = Annotated[date | None, cell_type(_deadline)]
Positive = Annotated[float | None, cell_type(_positive)]
Count = Annotated[int | None, cell_type(_count)]
#: 1, 2, 3 …; 高 / 中 / 低 are 3 / 2 / 1
Importance = Annotated[int | None, cell_type(_importance)]
#: 1, 2, 3 …
FromOne = Annotated[int | None, cell_type(_from_one)]
#: a part of 1; 40% is 0.4
Share = Annotated[float | None, cell_type(_share)]
YesNo = Annotated[bool | None, cell_type(_yes_no)]
#: names of an enumeration, none twice
Names = Annotated[tuple[str, ...], cell_type(_names)]
#: keys of certificates
CertificateKeys = Annotated[tuple[str, ...], cell_type(_cert_keys)]
#: codes of tiers; what is none stays as text
Tiers = Annotated[tuple[str, ...], cell_type(_tiers)]
SizeClass = Annotated[Size | None, cell_type(_size)]
#: code of GB/T 4754-2017
IndustryCode = Annotated[str | None, cell_type(_industry)]
#: unified social credit code; one with a wrong check character is left out, with a note
Uscc = Annotated[str | None, cell_type(_uscc)]
ChainRole = Annotated[Literal["链主", "骨干", "配套"] | None, one_of("链主", "骨干", "配套")]
Visibility = Annotated[str | None, one_of("公开", "隐去单位名称", "定向", "不公开")]
Position = Annotated[str | None, one_of("上游", "中游", "下游")]
