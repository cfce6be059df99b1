"""The grammar of an amount as people write it: hedges, a range, digits or numerals, scale, unit, remarks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Real

from matching.text.cells import CellError, as_shown, not_a, refuse_switch
from matching.text.cleaning import normalise
from matching.text.numerals import NUMERAL, numeral
from matching.words import Words

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
_SCALES |= {"亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

# 千 before 克, 瓦 … is the prefix kilo, not a thousand pieces.
_SCALE = r"万亿|[十百千]?[万亿]|[百千](?![克瓦米伏安赫帕卡焦字分])"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?|\.\d+"
_STEP = re.compile(rf"({_ARABIC})({_SCALE})?")
_SPELLED = re.compile(NUMERAL)
_UNIT = re.compile(r"%|(?:[^\d.,×*~+=<>≥≤%-]|(?<=[mM])[23])*")

_LEAD = re.compile(
    r"(?P<about>大约|大概|约为?|预计|估计|预估|暂估|暂定|将近|接近)"
    r"|(?P<at_most>不超过|不高于|不多于|不大于|最高限价|最高|最多|至多|上限为?|控制在|小于等于|≤|<=|<)"
    r"|(?P<at_least>不低于|不少于|不小于|最低|最少|至少|下限为?|大于等于|≥|>=|>)"
    r"|(?P<plain>人民币|RMB|CNY|¥|总计|合计|共计|共|计|为|:"
    r"|(?:预算|概算|投资|合同|总)?(?:金额|总额)|预算|概算|总?投资额?|(?:招标)?控制价|合同[额价]|总价|报价|单价)"
)
_TAIL = re.compile(
    r"(?:(?P<about>左右|上下|不等)|(?P<at_most>以内|以下|之内|内|封顶)|(?P<at_least>及?以上|起)|(?P<plain>整|正))$"
)
_MORE = re.compile(r"(?<=[\d十百千万亿])[多余](?=\D|$)")
_REMARK = re.compile(r"(?<!\d)\(([^()]{2,})\)")
_BRACKETED_UNIT = re.compile(r"(?<=\d)\(([^()]+)\)$")
_RAISED = re.compile(r"\d[⁰¹²³⁴-⁹]")
_LARGEST = 10**16
_SEPARATOR = re.compile(r"(?<=[^\d-])-|(?<=\d)-(?=[^-])|~+|至|到|--+")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "─": "-", "〜": "~", "∼": "~", "∽": "~"})


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as written: ``low`` is set for a range, ``own`` where it carries 万 or 亿 itself."""

    value: Decimal
    unit: str = ""
    low: Decimal | None = None
    own: bool = False
    about: bool = False
    at_most: bool = False
    at_least: bool = False
    remarks: tuple[str, ...] = ()

    def notes(self, text: str, name: Words) -> Iterator[Words]:
        """Give the warnings that go with how the amount was written."""
        if self.about:
            yield Words(f"“{text}”为约数，请核实", f"'{text}' is approximate, please check")
        if self.low is not None:
            yield Words(f"{name.zh}为区间，按上限", f"{name.en} is a range, its upper end counts")
        if self.at_least:
            yield Words(f"{name.zh}只给出下限，按下限计", f"{name.en} is a lower bound, which counts")
        for remark in self.remarks:
            yield Words(f"括号内说明未采用：{remark}", f"remark not used: {remark}")


def compact(text: str) -> str:
    """Normalise a text, drop all blanks and make all dashes alike."""
    return "".join(normalise(text).split()).translate(_DASHES)


def read_amount(cell: object, name: Words, plain: str | None = None) -> Amount:
    """Read a number or a text as one amount; CellError where it is none or a range runs backwards.

    ``plain`` is read in the cell's place where something was taken out of its text already.
    """
    refuse_switch(cell, name)
    shown = as_shown(cell)
    amount = _from_number(cell) if isinstance(cell, Real) else _from_text(plain or str(cell))
    if amount is None or not abs(amount.value) < _LARGEST:
        raise not_a(name, shown)
    if amount.low is not None and amount.low > amount.value:
        raise CellError(
            Words(f"{name.zh}区间下限大于上限", f"{name.en} range: its lower end is above its upper end")
        )
    return amount


def _from_number(cell: Real) -> Amount | None:
    number = float(cell)
    return Amount(Decimal(repr(number))) if math.isfinite(number) else None


def _from_text(text: str) -> Amount | None:
    plain = compact(text)
    if _RAISED.search(text):
        return None
    amount = _hedged(_BRACKETED_UNIT.sub(r"\1", _REMARK.sub("", plain)))
    return amount and replace(amount, remarks=tuple(_REMARK.findall(plain)))


def _hedged(plain: str) -> Amount | None:
    """Read an amount with the words before and after it that bound or soften it."""
    hedges: set[str] = set()
    while found := _LEAD.match(plain):
        hedges.add(found.lastgroup or "")
        plain = plain[found.end() :]
    while found := _TAIL.search(plain):
        hedges.add(found.lastgroup or "")
        plain = plain[: found.start()]
    exact = _MORE.sub("", plain)
    amount = _ranged(exact)
    if amount is None:
        return None
    return replace(
        amount,
        about="about" in hedges or exact != plain,
        at_most="at_most" in hedges,
        at_least="at_least" in hedges,
    )


def _ranged(plain: str) -> Amount | None:
    whole = _single(plain)
    if whole is not None:
        return whole
    for found in _SEPARATOR.finditer(plain, 1):
        low, high = _single(plain[: found.start()]), _single(plain[found.end() :])
        if low is not None and high is not None and low.unit in ("", high.unit):
            is_short = not low.unit and not low.own and high.own
            factor = _written_scale(plain[found.end() :]) if is_short else Decimal(1)
            return replace(high, low=low.value * factor)
    return None


def _written_scale(plain: str) -> Decimal:
    """Give the scale of "500万", which the lower end of "300-500万" shares."""
    found = _STEP.match(plain)
    return Decimal(_SCALES[found[2] or ""] if found else 1)


def _single(plain: str) -> Amount | None:
    """Read sign, number with scale, and unit; None where anything is left over."""
    sign = -1 if plain[:1] in ("-", "负") else 1
    plain = plain[1:] if sign < 0 or plain[:1] == "+" else plain
    value, own, end = _steps(plain)
    if not end and (found := _SPELLED.match(plain)):
        spelled, end = numeral(found[0]), found.end()
        value, own = spelled, any(mark in found[0] for mark in "万亿")
    if value is None or not end or not _UNIT.fullmatch(plain, end):
        return None
    unit = plain[end:]
    return Amount(sign * value, unit, own=own)


def _steps(plain: str) -> tuple[Decimal | None, bool, int]:
    """Read "1亿2000万" step by step: value, whether 万 or 亿 stands in it, where it ends."""
    total, size, end, own = Decimal(0), 10**20, 0, False
    while found := _STEP.match(plain, end):
        scale = _SCALES[found[2] or ""]
        if scale >= size:
            return None, False, 0
        total += Decimal(found[1].replace(",", "")) * scale
        size, end, own = scale, found.end(), own or scale >= 10**4
    return (total if end else None), own, end
