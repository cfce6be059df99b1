"""Find the pairs worth scoring: retrieve by text and by history, then apply the hard rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from matching.candidates.history import history_links
from matching.candidates.vectors import most_similar, text_vectors, texts_of
from matching.errors import UnknownNameError
from matching.market import AnyArray, BoolArray, FloatArray, IntArray, Market, Pairs
from matching.policy import Policy, Retrieval
from matching.words import Words

#: a need with fewer candidates than this is compared with every offer
FEWEST = 10
#: pairs looked at in one go
CHUNK = 131_072


@dataclass(frozen=True)
class Candidates:
    """Pairs that passed every rule, and what became of the others.

    ``pairs`` are sorted by need row and offer row. ``removed`` int[needs, rules] counts each removed
    pair once, under the first rule it broke in the order of ``rules``; ``looked_at`` int[needs] counts
    all pairs that were tested.
    """

    pairs: Pairs
    removed: IntArray
    looked_at: IntArray
    rules: tuple[str, ...]


def find_candidates(market: Market, policy: Policy) -> Candidates:
    """Retrieve pairs, apply the policy's rules, and scan all offers for needs left with few candidates.

    Rules must not starve a need whose likest offers they remove, hence the scan. Retrieved are the
    ``policy.retrieval.top`` most similar texts per need and per offer (within blocks where a block
    column is set) and every pair that a link of the market names (past contracts).
    """
    market = index(market)
    found = _retrieve(market, policy.retrieval)
    kept, removed, looked_at = _screen(found, policy)
    few = np.bincount(kept.need_row, minlength=len(market.needs)) < FEWEST
    starved = np.flatnonzero(few & (looked_at < len(market.offers)))
    if len(starved):
        more, removed[starved], looked_at[starved] = _scan(market, starved, policy)
        kept = _pairs(market, [_codes(kept), *more])
    return Candidates(kept, removed, looked_at, tuple(rule.name for rule in policy.rules))


def broken_rules(pairs: Pairs, policy: Policy) -> BoolArray:
    """Tell which rules each pair breaks: bool[rules, pairs], rows in the order of ``policy.rules``."""
    held = np.empty((len(policy.rules), len(pairs)), bool)
    for row, rule in enumerate(policy.rules):
        held[row] = rule.test(pairs)
    return ~held


def index(market: Market) -> Market:
    """Add what retrieval and criteria read: text vectors, and links through similar past contracts.

    ``vectors["text"]`` are concepts of the market's vocabulary stacked with character 1–2-grams.
    Of the 50 past contracts most similar to a need, ``links[outcome]`` sums the likeness per firm,
    ``links[outcome + "_count"]`` counts them, ``links[outcome + "_example"]`` is 1 + the row of the
    most similar one in ``history``. An indexed market is given back as it is.
    """
    if "text" in market.vectors:
        return market
    needs, offers = texts_of(market.needs), texts_of(market.offers)
    vectors = text_vectors(needs, offers, market.vocabulary)
    links = dict(market.links)
    if market.history is not None and len(market.history):
        links |= history_links(market, market.history, needs)
    return market.replace(vectors={**market.vectors, "text": vectors}, links=links)


def _retrieve(market: Market, settings: Retrieval) -> Pairs:
    codes = [_codes_of(link.tocoo()) for link in market.links.values()]
    needs, offers = market.vectors["text"]
    for need_rows, offer_rows in _blocks(market, settings.block):
        some, others = needs[need_rows], offers[offer_rows]
        for near in (most_similar(some, others, settings.top), most_similar(others, some, settings.top).T):
            codes.append(need_rows[near.row] * len(market.offers) + offer_rows[near.col])
    return _pairs(market, codes)


def _blocks(market: Market, column: str) -> Iterator[tuple[IntArray, IntArray]]:
    """Rows to compare: those that share a value, and those without one with all others."""
    every_need, every_offer = np.arange(len(market.needs)), np.arange(len(market.offers))
    if not column:
        yield every_need, every_offer
        return
    shared = [str(name) for name in market.needs.columns if name in market.offers.columns]
    if column not in shared:
        raise UnknownNameError(Words("分块列", "block column"), column, shared)
    asked, held = (frame[column].astype(object).to_numpy() for frame in (market.needs, market.offers))
    blank_need, blank_offer = _blank(asked), _blank(held)
    for value in sorted(set(asked[~blank_need]), key=str):
        yield every_need[asked == value], every_offer[blank_offer | (held == value)]
    if blank_need.any():
        yield every_need[blank_need], every_offer


def _blank(values: AnyArray) -> BoolArray:
    return np.asarray(pd.isna(values) | (values == ""), bool)


def _screen(pairs: Pairs, policy: Policy) -> tuple[Pairs, IntArray, IntArray]:
    """Apply the rules; give the kept pairs, the removed per need and rule, the tested per need."""
    needs, rules = len(pairs.market.needs), len(policy.rules)
    removed, kept = np.zeros(needs * rules, np.int64), [np.empty(0, bool)]
    for chunk in pairs.chunks(CHUNK):
        broken = broken_rules(chunk, policy)
        out = np.asarray(broken.any(axis=0))
        kept.append(~out)
        if out.any():
            first = chunk.need_row[out] * rules + broken[:, out].argmax(axis=0)
            removed += np.bincount(first, minlength=needs * rules)
    tested = np.bincount(pairs.need_row, minlength=needs).astype(np.int64)
    return pairs.take(np.concatenate(kept)), removed.reshape(needs, rules), tested


def _scan(market: Market, rows: IntArray, policy: Policy) -> tuple[list[IntArray], IntArray, IntArray]:
    """Test every offer for some needs; at most ``retrieval.top`` of each are kept, most similar first.

    What shares neither a character nor a concept with a need is no candidate, unless it says nothing at all.
    """
    removed, tested, codes = [], [], []
    width = len(market.offers)
    texts = texts_of(market.needs.iloc[rows]), texts_of(market.offers)
    needs, offers = text_vectors(*texts, market.vocabulary, drop_common=False)
    silent = np.diff(needs.indptr) == 0
    step = max(1, CHUNK // width)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        pairs = market.pairs(np.repeat(some, width), np.tile(np.arange(width), len(some)))
        kept, out, seen = _screen(pairs, policy)
        removed.append(out[some])
        tested.append(seen[some])
        if len(kept):
            likeness = sparse.csr_matrix(needs[start : start + step] @ offers.T)
            at = np.searchsorted(some, kept.need_row)
            told = np.asarray(likeness[at, kept.offer_row]).ravel()
            allowed = (told > 0) | silent[start : start + step][at]
            codes.append(_codes(_best(kept, told, allowed, policy.retrieval.top)))
    return codes, np.concatenate(removed), np.concatenate(tested)


def _best(pairs: Pairs, likeness: FloatArray, allowed: BoolArray, top: int) -> Pairs:
    """Keep the ``top`` most similar of the allowed offers of each need."""
    order = np.lexsort((pairs.offer_row, -likeness, pairs.need_row))
    order = order[allowed[order]]
    ranked = pairs.need_row[order]
    place = np.arange(len(order)) - np.searchsorted(ranked, ranked)
    return pairs.take(np.sort(order[place < top]))


def _codes(pairs: Pairs) -> IntArray:
    return pairs.need_row * len(pairs.market.offers) + pairs.offer_row


def _codes_of(matrix: sparse.coo_matrix) -> IntArray:
    return np.asarray(matrix.row.astype(np.int64) * matrix.shape[1] + matrix.col)


def _pairs(market: Market, codes: Sequence[IntArray]) -> Pairs:
    every = np.sort(np.concatenate([np.empty(0, np.int64), *codes]))  # many times as fast as np.unique
    every = every[np.append(True, every[1:] != every[:-1])[: len(every)]]
    need, offer = np.divmod(every, max(1, len(market.offers)))
    return market.pairs(need, offer)
