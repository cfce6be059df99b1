"""Lists of problems and experts → the columns everything else reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pandas as pd

from matching.experts.cells import Indicator, Seats
from matching.experts.expertise import Expertise
from matching.experts.ties import Ties
from matching.market import Market
from matching.records import Listing
from matching.tables import content_names, numbered, objects, table
from matching.words import Words

#: what experts, and teams of them, are counted in
PEOPLE, TEAMS = "位", "队"
UNUSED = Words("企业名录未采用：揭榜挂帅不使用", "the directory of enterprises was not used")


def market(
    problems: Listing, experts: Listing, history: Listing | None = None, enterprises: Listing | None = None
) -> Market:
    """Make the market of the lists; the order of their rows does not matter, past contracts say nothing here.

    A problem wants one expert where it does not say how many.
    """
    asked, held = table(problems), table(experts)
    unnamed = int((asked["problem_id"] == "").sum())
    asked = _problem_columns(numbered(asked, "problem_id", content_names(asked)))
    held = _expert_columns(numbered(held, "expert_id", list(held["name"])))
    unused = () if enterprises is None else (UNUSED,)
    return refresh(Market(asked, held, notes=(*_notes(asked, unnamed), *unused)))


def refresh(market: Market) -> Market:
    """Make the measures of a market anew, as after rows were cut or changed."""
    ties, known = Ties.of(market.needs, market.offers), Expertise.of(market.needs, market.offers)
    facts = {
        "affinity": known.affinity,
        "evidence": known.evidence,
        "shared": known.shared,
        "shared_count": known.shared_count,
        "basis": known.basis,
        "covers": known.covers,
        "covered": known.covered,
        "uncovered": known.uncovered,
        "tie": ties.told,
        **{f"tie_{kind}": partial(ties.holds, kind) for kind in ("same", "excluded", "related")},
    }
    return market.replace(facts=facts)


def _problem_columns(frame: pd.DataFrame) -> pd.DataFrame:
    names = [tuple(Indicator(*one).told() for one in some) for some in frame["indicators"]]
    indicators = list(map("；".join, names))
    teams = [bool(roles or size) for roles, size in zip(frame["roles"], frame["team_size"], strict=True)]
    parts = zip(
        frame["field_name"], map("；".join, frame["keywords"]), frame["problem"], frame["background"],
        indicators, strict=True,
    )  # fmt: skip
    bodies = (" ".join(filter(None, some)) for some in parts)
    return frame.assign(
        text=objects(
            [f"{title}\n\n{body}".strip() for title, body in zip(frame["title"], bodies, strict=True)]
        ),
        indicators_told=objects(indicators),
        indicator_names=objects(names),
        quantity=frame["wanted"].fillna(1.0),
        unit=objects([TEAMS if team else PEOPLE for team in teams]),
        roles_told=objects(["；".join(Seats(*one).told() for one in some) for some in frame["roles"]]),
        wants_team=np.array(teams, bool),
        priority=frame["priority"].fillna(1).astype(np.int64),
    )


def _expert_columns(frame: pd.DataFrame) -> pd.DataFrame:
    documents = zip(frame["fields"], frame["keywords"], frame["outputs"], strict=True)
    return frame.assign(
        organisation=frame["org"],
        enterprise=objects(
            [f"{name}（{org}）" for name, org in zip(frame["name"], frame["org"], strict=True)]
        ),
        # every expert stands for himself: counts of deals are his own, not his organisation's
        partner=np.arange(len(frame)),
        text=objects([" ".join((*fields, *words, *works)) for fields, words, works in documents]),
        wishes_told=objects(["、".join(names) for names in frame["wishes"]]),
        works=np.array([len(works) for works in frame["outputs"]], float),
    )


def _notes(problems: pd.DataFrame, unnamed: int) -> Iterable[Words]:
    if unnamed:
        yield Words(f"{unnamed} 条榜题没有编号，已编临时号", f"{unnamed} problems bear no number")
    for column, zh, en in (
        ("budget_cny", "未写榜金", "tell no bounty"),
        ("indicators_told", "未写技术指标", "tell no indicator"),
    ):
        missing = problems[column].isna() | (problems[column] == "")
        if count := int(missing.sum()):
            yield Words(
                f"{count} 条榜题{zh}，请发榜单位补充", f"{count} problems {en}: please ask their owners"
            )
