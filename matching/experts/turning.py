"""The same pairs with their sides exchanged: what experts look for, by the rules that problems are served by.

A pair (expert, problem) of a turned market knows the pair (problem, expert) it comes from as the fact
``turned``; rules, criteria and sentences of the board are asked about that one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pandas as pd

from matching.experts.terms import projects_left
from matching.market import Market, Pairs
from matching.practice import Criterion, Rule
from matching.records.firms import firm_name
from matching.tables import objects
from matching.words import Words

#: sides of a sentence
_SIDES = {"need": "offer", "offer": "need", "pair": "pair"}


def turned_market(board: Market, more: pd.DataFrame) -> Market:
    """Give a board with its experts as needs, with ``more`` columns of their own, and problems as offers.

    An expert looks for as many problems as projects are left to him; for one where he does not tell how many.
    """
    experts, left = board.offers, projects_left(board.offers)
    names = [firm_name(name) or f"#{row}" for row, name in enumerate(board.needs["enterprise"])]
    own: dict[str, Any] = {
        "title": objects(
            [
                "、".join((*some, *words))
                for some, words in zip(experts["fields"], experts["keywords"], strict=True)
            ]
        ),
        "quantity": np.where(np.isnan(left), 1.0, left),
        "unit": objects(["项"] * len(experts)),
    }
    needs = experts.assign(**own | {str(name): more[name].to_numpy() for name in more})
    needs = needs.drop(columns="partner")
    offers = board.needs.assign(partner=np.unique(names, return_inverse=True)[1].astype(np.int64))

    def turn(pairs: Pairs) -> Any:
        return board.replace(vocabulary=pairs.market.vocabulary).pairs(pairs.offer_row, pairs.need_row)

    facts = {"turned": turn, **{name: _fact(name) for name in board.facts}}
    return Market(needs, offers, facts=facts, notes=board.notes)


def turned_pairs(pairs: Pairs) -> Pairs:
    """Give the pairs of the board that pairs of a turned market come from."""
    return cast(Pairs, pairs.turned)


def turned_rule(rule: Rule) -> Rule:
    """Ask a rule about the pairs of the board."""
    return replace(rule, test=_asked(rule.test), sentence=_turned(rule.sentence))


def turned_criterion(criterion: Criterion) -> Criterion:
    """Ask a criterion about the pairs of the board."""
    return replace(
        criterion,
        measure=_asked(criterion.measure),
        sentence=_turned(criterion.sentence),
        unknown=_turned(criterion.unknown),
        side=cast(Any, _SIDES[criterion.side]),
    )


def _asked(ask: Callable[[Pairs], Any]) -> Callable[[Pairs], Any]:
    return lambda pairs: ask(turned_pairs(pairs))


def _fact(name: str) -> Callable[[Pairs], Any]:
    return lambda pairs: getattr(turned_pairs(pairs), name)


def _turned(words: Words) -> Words:
    """Let what a sentence calls ``need`` be the offer, and the other way round."""
    zh, en = (
        re.sub(r"\{(need|offer)\.", lambda found: "{" + _SIDES[found[1]] + ".", text)
        for text in (words.zh, words.en)
    )
    return Words(zh, en)
