"""Lists of needs, offers, past contracts and enterprises → the columns everything else reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from matching.codes import find_unit, unit_name
from matching.market import AnyArray, IntArray, Market
from matching.records import Listing
from matching.records.firms import firm_codes, firm_name, firm_notes
from matching.supply.facts import PERIOD_DAYS, facts_of
from matching.supply.lines import line_codes, sold_in
from matching.supply.months import made_in_all
from matching.supply.records import HISTORY, NEEDS, OFFERS
from matching.supply.standing import contracts_won, smallness, standings
from matching.tables import content_names, numbered, objects, table
from matching.words import Words, is_missing

#: what a directory of enterprises may add to an offer that does not say it
FIRM_FACTS = ("region", "adcode", "industry", "certs", "tiers", "size", "chain_role", "group", "blacklisted")
#: what it adds to a need about its buyer, of whom lists of needs tell no such thing
BUYER_FACTS = ("size", "tiers", "chain_role")


def market(
    needs: Listing, offers: Listing, history: Listing | None = None, enterprises: Listing | None = None
) -> Market:
    """Make the market of the lists; the order of their rows does not matter.

    Needs without a number get one made of their content, offers without one the name of their firm.
    ``enterprises`` fills in facts of firms that their offers do not give, and tells of buyers. Raises
    InputError where one number is given to several rows, or where rows that share a line state different
    capacities.
    """
    asked, held = table(needs), table(offers)
    past, directory = (None if side is None else table(side) for side in (history, enterprises))
    unnamed = int((asked["need_id"] == "").sum())
    asked = numbered(asked, "need_id", content_names(asked))
    held = numbered(held, "offer_id", list(held["enterprise"]))
    firms = _Firms(asked, held, past, directory)
    if directory is not None:
        held = _filled(held, firms.offers, directory, firms.directory, FIRM_FACTS)
        untold = asked.assign(size="", tiers=objects([()] * len(asked)), chain_role="")
        asked = _filled(untold, firms.needs, directory, firms.directory, BUYER_FACTS)
    asked = _need_columns(asked).assign(firm=firms.needs)
    held = _offer_columns(held).assign(partner=firms.offers)
    held = held.assign(line_code=line_codes(held))
    for column, one, two in (
        ("kind", _kinds(asked["unit"]), _kinds(held["sold_unit"])),
        ("group_code", asked["group"], held["group"]),
    ):
        asked[column], held[column] = _numbers_alike(one, two)
    contracts = None if past is None else _contracts(past, firms)
    held = held.assign(
        blacklisted=_blacklisted(held, firms, directory),
        standing=standings(held["tiers"]),
        smallness=smallness(held["size"]),
        contracts_won=contracts_won(held, contracts),
    )
    links = {"excluded": _excluded(asked, held), **_incumbents(asked, held, contracts)}
    return Market(
        asked,
        held,
        contracts,
        facts_of(asked, held, contracts),
        links=links,
        notes=(*_notes(unnamed), *firms.notes),
    )


class _Firms:
    """Codes of the firms behind all rows; ``buyers`` is -1 where a contract names none."""

    def __init__(
        self,
        needs: pd.DataFrame,
        offers: pd.DataFrame,
        past: pd.DataFrame | None,
        directory: pd.DataFrame | None,
    ) -> None:
        empty = pd.DataFrame({"enterprise": [], "uscc": [], "buyer": []}, dtype=object)
        past, directory = (empty if side is None else side for side in (past, directory))
        sides = (offers, needs, past, directory)
        names = [name for side in sides for name in side["enterprise"]]
        usccs = [code for side in sides for code in side["uscc"]]
        named = (past["buyer"] != "").to_numpy(bool)
        self.notes = firm_notes(names, usccs)
        buyers = list(past["buyer"][named])
        codes = np.asarray(firm_codes([*names, *buyers], [*usccs, *[None] * len(buyers)]), np.int64)
        cuts = np.cumsum([len(side) for side in sides])
        self.offers, self.needs, self.past, self.directory, told = np.split(codes, cuts)
        self.buyers = np.full(len(past), -1, np.int64)
        self.buyers[named] = told


def _need_columns(frame: pd.DataFrame) -> pd.DataFrame:
    frame = _with_text(frame, NEEDS.text, "unit")
    return frame.assign(
        whole=frame["quantity"].isna() | (frame["splittable"] == 0),
        priority=frame["priority"].fillna(1).astype(np.int64),
    )


def _offer_columns(frame: pd.DataFrame) -> pd.DataFrame:
    days = [PERIOD_DAYS.get(period, np.nan) for period in frame["period"]]
    frame = _with_text(frame, OFFERS.text, "capacity_unit")
    frame = frame.assign(**sold_in(frame))
    certificates = (" ".join(key for key, _ in some) for some in frame["certs"])
    text = [f"{text} {held}".strip() for text, held in zip(frame["text"], certificates, strict=True)]
    return frame.assign(
        text=objects(text),
        capacity=made_in_all(frame["monthly"], frame["capacity"].to_numpy(float)),
        period_days=np.array(days, float),
        in_money=np.array([kind == "money" for kind in _kinds(frame["capacity_unit"])], bool),
    )


def _with_text(frame: pd.DataFrame, text: Sequence[str], unit: str) -> pd.DataFrame:
    """Add the text to compare, the factor of the unit, and the industry's levels as numbers (-1 unknown)."""
    levels = {f"industry{digits}": _level(frame["industry"], digits) for digits in (2, 3, 4)}
    factor = np.array([find_unit(name).factor if name else np.nan for name in frame[unit]], float)
    shown = objects([unit_name(name) if name else "" for name in frame[unit]])
    return frame.assign(**{unit: shown}, text=_joined(frame, text), factor=factor, **levels)


def _joined(frame: pd.DataFrame, names: Iterable[str]) -> AnyArray:
    rows = zip(*(frame[name] for name in names), strict=True)
    return objects([" ".join(filter(None, row)) for row in rows])


def _level(codes: Iterable[str], digits: int) -> IntArray:
    known = [int(code[:digits]) if len(code) >= digits and code.isdigit() else -1 for code in codes]
    return np.array(known, np.int64)


def _kinds(units: Iterable[str]) -> list[str]:
    return [find_unit(name).kind if name else "" for name in units]


def _numbers_alike(one: Iterable[str], two: Iterable[str]) -> tuple[IntArray, IntArray]:
    """Number the names of both sides alike, -1 where there is none."""
    first, second = list(one), list(two)
    number = {name: at for at, name in enumerate(sorted({*first, *second} - {""}))}
    codes = [np.array([number.get(name, -1) for name in side], np.int64) for side in (first, second)]
    return codes[0], codes[1]


def _filled(
    side: pd.DataFrame, firms: IntArray, directory: pd.DataFrame, codes: IntArray, names: Sequence[str]
) -> pd.DataFrame:
    """Take what a row does not say about its firm from the directory (its first row, of several)."""
    row_of = dict(zip(codes[::-1].tolist(), range(len(codes) - 1, -1, -1), strict=True))
    found = [row_of.get(firm, -1) for firm in firms.tolist()]
    changed = {name: _filled_column(side[name], directory[name], found) for name in names}
    return side.assign(**changed)


def _filled_column(own: pd.Series, other: pd.Series, rows: Sequence[int]) -> AnyArray:
    values, spare = own.to_list(), other.to_list()
    told = [
        value if row < 0 or not (is_missing(value) or value == ()) else spare[row]
        for value, row in zip(values, rows, strict=True)
    ]
    return np.array(told, float) if own.dtype.kind == "f" else objects(told)


def _blacklisted(offers: pd.DataFrame, firms: _Firms, directory: pd.DataFrame | None) -> AnyArray:
    """1 in every row of a firm that any row of any list has on a blacklist, else what the row says."""
    named = set(firms.offers[(offers["blacklisted"] == 1).to_numpy()].tolist())
    if directory is not None:
        named |= set(firms.directory[(directory["blacklisted"] == 1).to_numpy()].tolist())
    return np.where(np.isin(firms.offers, sorted(named)), 1.0, offers["blacklisted"].to_numpy(float))


def _contracts(past: pd.DataFrame, firms: _Firms) -> pd.DataFrame:
    """Past contracts; ``partner`` is -1 where the firm makes no offer."""
    offering = np.isin(firms.past, firms.offers)
    return past.assign(
        text=_joined(past, HISTORY.text),
        partner=np.where(offering, firms.past, -1),
        buyer_firm=firms.buyers,
    )


def _excluded(needs: pd.DataFrame, offers: pd.DataFrame) -> sparse.csr_matrix:
    """1 where either side excludes the other: a name stands for its firm under all its names."""
    asking, holding = needs["firm"].to_numpy(np.int64), offers["partner"].to_numpy(np.int64)
    codes: dict[str, set[int]] = {}
    for side, firms in ((needs, asking), (offers, holding)):
        for name, code in zip(side["enterprise"], firms.tolist(), strict=True):
            codes.setdefault(firm_name(name), set()).add(code)
    pairs = _named(needs, holding, codes)
    pairs += [(need, offer) for offer, need in _named(offers, asking, codes)]
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows[:, 0], rows[:, 1])), (len(needs), len(offers)))
    return sparse.csr_matrix(matrix > 0, dtype=float)


def _named(ones: pd.DataFrame, others: IntArray, codes: Mapping[str, set[int]]) -> list[tuple[int, int]]:
    """Pairs of rows where the first excludes the firm of the second."""
    rows: dict[int, list[int]] = {}
    for row, code in enumerate(others.tolist()):
        rows.setdefault(code, []).append(row)
    return [
        (one, row)
        for one, names in enumerate(ones["exclude"])
        for name in names
        for code in sorted(codes.get(firm_name(name), ()))
        for row in rows.get(code, ())
    ]


def _incumbents(
    needs: pd.DataFrame, offers: pd.DataFrame, contracts: pd.DataFrame | None
) -> dict[str, sparse.csr_matrix]:
    """How many contracts each offer's firm won from each need's enterprise."""
    if contracts is None:
        return {}
    won = contracts[(contracts["outcome"] == "won") & (contracts["partner"] >= 0)]
    counts = won.groupby(["buyer_firm", "partner"]).size().rename("count").reset_index()
    asking = pd.DataFrame({"buyer_firm": needs["firm"], "need": np.arange(len(needs))})
    holding = pd.DataFrame({"partner": offers["partner"], "offer": np.arange(len(offers))})
    told = counts.merge(asking, on="buyer_firm").merge(holding, on="partner")
    at = (told["need"].to_numpy(), told["offer"].to_numpy())
    shape = (len(needs), len(offers))
    return {"incumbent": sparse.csr_matrix((told["count"].to_numpy(float), at), shape=shape)}


def _notes(unnamed: int) -> tuple[Words, ...]:
    if not unnamed:
        return ()
    return (
        Words(
            f"{unnamed} 条需求没有编号，已按内容编临时号",
            f"{unnamed} needs bear no number; theirs are made of their content",
        ),
    )
