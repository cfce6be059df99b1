"""What was done before: earlier contracts of buyers and suppliers, and the list that tells most of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from datasets.chain.catalogue import Catalogue
from datasets.chain.enterprises import TODAY, Firms
from datasets.chain.needs import Needs
from datasets.chain.offers import Offers
from datasets.chain.phrases import LEADS, MORE, NEED_PHRASES, TITLES
from datasets.chain.towns import towns
from datasets.chain.wording import Filler, Mentions, write_mentions
from matching.market import BoolArray, IntArray
from matching.supply.records import Contract

#: share of earlier dealings that the list tells, and of its rows that were only shortlisted
LISTED, SHORTLISTED = 0.8, 0.15
#: share of dealings with a buyer who has a need of that product today
AGAIN = 0.5
#: shares of rows that tell the amount and the duration
AMOUNT, DURATION = 0.76, 0.84


@dataclass(frozen=True)
class Dealings:
    """Earlier dealings in parallel columns; ``listed`` are those the list of past contracts tells."""

    firm: IntArray
    buyer: IntArray
    product: IntArray
    won: BoolArray
    listed: BoolArray


def make_dealings(
    firms: Firms, needs: Needs, offers: Offers, count: int, rng: np.random.Generator
) -> Dealings:
    """Draw who dealt with whom: better firms more often, half of them with buyers who need it again."""
    weight = 0.3 + firms.quality[offers.firm]
    chosen = rng.choice(len(weight), size=count, p=weight / weight.sum())
    product, buyer = offers.product[chosen], needs.firm[rng.integers(len(needs.firm), size=count)]
    order = np.argsort(needs.product, kind="stable")
    low, high = (np.searchsorted(needs.product[order], product, side) for side in ("left", "right"))
    at = np.minimum(low + (rng.random(count) * (high - low)).astype(np.int64), len(order) - 1)
    again = (high > low) & (rng.random(count) < AGAIN)
    return Dealings(
        firm=offers.firm[chosen],
        buyer=np.where(again, needs.firm[order[at]], buyer),
        product=product,
        won=rng.random(count) >= SHORTLISTED,
        listed=rng.random(count) < LISTED,
    )


def contract_records(
    catalogue: Catalogue, firms: Firms, past: Dealings, rng: np.random.Generator
) -> tuple[list[Contract], Mentions]:
    """Write the rows of the listed dealings."""
    rows = np.flatnonzero(past.listed)
    mentions = write_mentions(catalogue, past.product[rows], rng)
    draws, chance = rng.random((len(rows), Filler.WIDE)), rng.random((len(rows), 4))
    records = [
        Contract(
            enterprise=firms.names[past.firm[row]],
            buyer=firms.names[past.buyer[row]],
            outcome="won" if past.won[row] else "shortlisted",
            **_texts(mentions.own[at], Filler(draws[at])),
            **_facts(catalogue, firms, past, int(row), chance[at].tolist()),
        )
        for at, row in enumerate(rows)
    ]
    return records, mentions


def _texts(own: tuple[str, ...], fill: Filler) -> dict[str, str]:
    more = fill.one(MORE).format(a=own[2]) if own[2] else ""
    lead = fill.one(LEADS).format(a=own[1])
    return {
        "title": fill.one(TITLES).format(a=own[0]),
        "content": f"{lead}{fill.some(NEED_PHRASES, 2)}{more}",
    }


def _facts(
    catalogue: Catalogue, firms: Firms, past: Dealings, row: int, chance: list[float]
) -> dict[str, object]:
    product, place = int(past.product[row]), towns().places[firms.town[past.buyer[row]]]
    amount = catalogue.price[product] * catalogue.quantity[product] * (0.4 + 1.6 * chance[0])
    return {
        "region": place.name,
        "adcode": place.adcode,
        "amount_cny": float(f"{amount:.4g}") if chance[1] < AMOUNT else None,
        "duration_days": 20 + int(160 * chance[2]) if chance[3] < DURATION else None,
        "signed_on": TODAY - timedelta(days=90 + int(700 * chance[0])),
    }
