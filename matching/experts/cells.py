"""Cells that only lists of problems and experts have: indicators, works, relations, teams."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, NamedTuple

from matching.records.cells import written
from matching.records.reading import Cell, cell_type
from matching.text import CellError, normalise, parse_date, split_list, tidy
from matching.words import Words

#: how a comparison may be written, and what it means
OPERATORS = {
    "不低于": "≥", "不小于": "≥", "不少于": "≥", "大于等于": "≥", "达到": "≥", ">=": "≥", "≥": "≥", "≧": "≥",
    "不高于": "≤", "不大于": "≤", "不超过": "≤", "小于等于": "≤", "低于": "<", "小于": "<", "高于": ">",
    "大于": ">", "<=": "≤", "≤": "≤", "≦": "≤", "<": "<", ">": ">", "=": "=", "±": "±",
}  # fmt: skip
#: kinds of organisations an expert may come from
KINDS = ("高校", "院所", "链主", "中小企业", "企业", "服务机构")
_OPERATOR = re.compile("|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True)))
_VALUE = re.compile(r"(\d+(?:\.\d+)?)\s*(.*)", re.S)
_PART = re.compile(r"[；;\n]")
_RELATION = re.compile(r"^(?P<org>.+?)\((?P<rest>.*)\)$")
_MEMBERS = re.compile(rf"(\d+)?[家个名位所]?({'|'.join(KINDS)})[:：×x*各]?(\d+)?[家个名位所人]?")
_SIZE = re.compile(r"(?:(\d+)(?:[-~～—至到]+))?(不超过|至多|最多|≤)?(\d+)[人名位]?")
_UNTIL = re.compile(r"(?:至|到|截至|止于)?\s*(?P<day>\d{4}.*?)(?:止|为止|离职|结束)?$")


class Indicator(NamedTuple):
    """One indicator: ``name`` ``operator`` ``value`` ``unit``; what cannot be read so is all ``name``."""

    name: str
    operator: str = ""
    value: float | None = None
    unit: str = ""

    def told(self) -> str:
        """Give the indicator as a text."""
        return self.name if self.value is None else f"{self.name}{self.operator}{self.value:g}{self.unit}"


class Seats(NamedTuple):
    """How many members of a kind a team must have."""

    kind: str
    number: int

    def told(self) -> str:
        """Give it as a text."""
        return f"{self.kind}{self.number}"


class Relation(NamedTuple):
    """What ties an expert to an organisation; ``until`` None = not told."""

    organisation: str
    kind: str = ""
    until: date | None = None


def read_indicator(text: str) -> Indicator:
    """Read one indicator, such as 寿命不低于10万次."""
    plain = normalise(text)
    found = _OPERATOR.search(plain)
    value = _VALUE.fullmatch(plain[found.end() :].strip()) if found else None
    name = plain[: found.start()].strip(" :") if found else ""
    if found is None or value is None or not name:
        return Indicator(tidy(text))
    return Indicator(name, OPERATORS[found[0]], float(value[1]), value[2].strip(" 。.;"))


def _indicators(value: Any, cell: Cell) -> tuple[Indicator, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    parts = [] if text is None else [part.strip() for part in _PART.split(text)]
    return tuple(read_indicator(part) for part in parts if part)


def _roles(value: Any, cell: Cell) -> tuple[Seats, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    counts: dict[str, int] = {}
    for part in () if text is None else split_list(text):
        found = _MEMBERS.fullmatch(part.replace(" ", ""))
        if found is None or (found[1] and found[3]) or int(found[1] or found[3] or 1) < 1:
            raise CellError(
                Words(
                    f"“{part}”不是角色要求，应如“高校1；中小企业1”，角色限于：{'、'.join(KINDS)}",
                    f"{part!r} asks for no role; write such as 高校1；中小企业1, of {', '.join(KINDS)}",
                )
            )
        counts[found[2]] = counts.get(found[2], 0) + int(found[1] or found[3] or 1)
    return tuple(Seats(kind, number) for kind, number in counts.items())


def _team_size(value: Any, cell: Cell) -> tuple[int, ...]:
    """Give fewest and most members, nothing where the cell is empty; not fewer than the roles ask for."""
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    if text is None:
        return ()
    found = _SIZE.fullmatch(text.replace(" ", "").removesuffix(".0"))
    if found is None or (found[1] and found[2]):
        raise CellError(
            Words(f"“{text}”不是团队人数，应如 3 或 2-4", f"{text!r} is no size of a team such as 3 or 2-4")
        )
    most = int(found[3])
    least = int(found[1]) if found[1] else 1 if found[2] else most
    roles = sum(number for _, number in cell.before.get("roles") or ())
    if not 1 <= least <= most or most < roles:
        raise CellError(
            Words(
                f"团队人数 {least}-{most} 不成立：应从少到多，且不少于角色要求的 {roles} 人",
                f"a team of {least} to {most} cannot be: from few to many, {roles} for the roles at least",
            )
        )
    return least, most


def _works(value: Any, cell: Cell) -> tuple[str, ...]:
    """Titles hold commas and 、, so that only ; and line ends part them."""
    if isinstance(value, (tuple, list)):
        return tuple(value)
    raw = str(value) if isinstance(value, str) else ""
    text = written(value, cell)
    if text is None:
        return ()
    parts = (tidy(part) for part in _PART.split(raw or text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _relations(value: Any, cell: Cell) -> tuple[Relation, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    return (
        () if text is None else tuple(_relation(part, cell) for part in _PART.split(normalise(text)) if part)
    )


def _relation(text: str, cell: Cell) -> Relation:
    found = _RELATION.match(text.strip())
    if found is None:
        return Relation(text.strip())
    kind, until = "", None
    for part in split_list(found["rest"]):
        dated = _UNTIL.fullmatch(part.strip())
        if dated is None:
            kind = part
            continue
        until = cell.value_of(parse_date(dated["day"], cell.reading.year, name=cell.label))
        if until is None:
            raise CellError(Words(f"“{part}”不是日期", f"{part!r} is no date"))
    return Relation(found["org"].strip(), kind, until)


#: indicators of a problem, one a line or separated by ;
Indicators = Annotated[tuple[Indicator, ...], cell_type(_indicators)]
#: members that a team must have, by kind of organisation
Roles = Annotated[tuple[Seats, ...], cell_type(_roles)]
#: fewest and most members of a team
TeamSize = Annotated[tuple[int, ...], cell_type(_team_size)]
#: titles of works, one a line or separated by ;
Works = Annotated[tuple[str, ...], cell_type(_works)]
#: ties to organisations with their ends
Relations = Annotated[tuple[Relation, ...], cell_type(_relations)]
