"""The invented market keeps its promises: rates, popularity, truth, answers, lists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from datasets.chain import ChainMarket, make_chain_market
from datasets.chain.lists import main, write_chain_lists
from datasets.chain.towns import towns
from experiments.retrieval_quality import found, market_of, plain_tfidf
from matching.candidates import broken_rules
from matching.errors import InputError
from matching.records import Listing
from matching.supply import (
    PRACTICE,
    read_enterprises,
    read_history,
    read_needs,
    read_offers,
    supply_policy,
)
from matching.vocabulary import Vocabulary, base_vocabulary

SIZE = 1500


def records_of(market: ChainMarket) -> list[object]:
    sides = (market.needs, market.offers, market.history, market.enterprises)
    return [record.model_dump() for side in sides for record in side.records]


def unknown_share(listing: Listing, field: str) -> float:
    values = [getattr(record, field) for record in listing.records]
    return sum(value is None or value == () for value in values) / len(values)


def test_every_side_has_the_size_asked_for(chain: ChainMarket) -> None:
    assert len(chain.needs) == len(chain.product_of_need) == SIZE
    assert len(chain.offers) == len(chain.product_of_offer) == SIZE
    assert 0.7 * SIZE < len(chain.history) < 0.9 * SIZE
    assert len(chain.problems) == 75
    assert len(chain.experts) == 112


def test_rows_of_the_lists_are_the_rows_of_the_market(chain: ChainMarket) -> None:
    market = market_of(chain)
    assert list(market.needs["id"]) == [record.need_id for record in chain.needs.records]
    assert list(market.offers["id"]) == [record.offer_id for record in chain.offers.records]


def test_the_same_seed_gives_the_same_market_and_another_one_another(small: ChainMarket) -> None:
    again, other = make_chain_market(3, 60, 80), make_chain_market(4, 60, 80)
    assert records_of(again) == records_of(small)
    assert again.problems.equals(small.problems)
    assert again.experts.equals(small.experts)
    pairs = small.related_pairs
    assert (again.utility(*pairs) == small.utility(*pairs)).all()
    assert records_of(other) != records_of(small)


def test_the_market_does_not_depend_on_the_order_of_sets() -> None:
    """Python orders sets of texts anew in each run."""
    code = (
        "import hashlib; from datasets.chain import make_chain_market as make; m = make(5, 40, 40); "
        "print(hashlib.sha256(repr([r for s in (m.needs, m.offers, m.history, m.enterprises) "
        "for r in s.records]).encode()).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_there_are_at_least_400_products_with_three_names_and_siblings(chain: ChainMarket) -> None:
    catalogue, vocabulary = chain.catalogue, base_vocabulary()
    assert len(catalogue) >= 400
    assert len(set(catalogue.names)) == len(catalogue)
    assert all(len(vocabulary.concepts[name].names) >= 3 for name in catalogue.names)
    assert np.mean(np.bincount(catalogue.family)[catalogue.family] > 1) > 0.8


def test_popularity_is_zipf(chain: ChainMarket) -> None:
    """The first product is asked for twice as often as the second, ten times as often as the tenth."""
    share = chain.catalogue.share
    assert share[0] / share[1] == pytest.approx(2)
    assert share[0] / share[9] == pytest.approx(10)
    counts = np.bincount(chain.product_of_need, minlength=len(share))
    assert abs(counts[:5] / SIZE - share[:5]).max() < 0.03
    held = np.bincount(chain.product_of_offer, minlength=len(share))
    assert held[:10].sum() > 5 * held[100:110].sum()


def test_half_of_the_mentions_bear_the_name_and_a_tenth_is_outside_the_term_base(chain: ChainMarket) -> None:
    told = chain.wordings
    assert told.rows == 2 * SIZE + len(chain.history)
    assert 2 * told.rows < told.mentions < 3 * told.rows
    assert told.by_name / told.mentions == pytest.approx(0.5, abs=0.015)
    assert told.outside / told.mentions == pytest.approx(0.1, abs=0.01)
    assert told.asides / told.rows == pytest.approx(0.3, abs=0.03)


def test_wordings_outside_the_term_base_are_not_found_in_it(chain: ChainMarket) -> None:
    vocabulary, catalogue = base_vocabulary(), chain.catalogue
    for name, known, unknown in zip(catalogue.names, catalogue.known, catalogue.unknown, strict=True):
        assert unknown
        assert all(name not in {item.concept for item in vocabulary.find(form)} for form in unknown)
        assert all(name in {item.concept for item in vocabulary.find(term)} for term in known)


def test_the_term_base_finds_what_the_truth_says(chain: ChainMarket) -> None:
    """Nearly every row holds a mention the term base knows."""
    vocabulary, names = base_vocabulary(), chain.catalogue.names
    texts = [f"{row.title} {row.content}" for row in chain.needs.records]
    told = [
        names[product] in {item.concept for item in vocabulary.find(text)}
        for product, text in zip(chain.product_of_need, texts, strict=True)
    ]
    assert np.mean(told) > 0.96


@pytest.mark.parametrize(
    ("side", "field", "share"),
    [
        ("offers", "price", 0.6),
        ("offers", "capacity", 0.18),
        ("offers", "certs", 0.4),
        ("offers", "lead_days", 0.35),
        ("offers", "industry", 0.4),
        ("needs", "budget_cny", 0.17),
        ("needs", "price_max", 0.65),
        ("needs", "need_by", 0.15),
        ("needs", "consortium_ok", 0.89),
        ("history", "amount_cny", 0.24),
        ("history", "duration_days", 0.16),
    ],
)
def test_values_are_missing_at_the_rates_of_real_lists(
    chain: ChainMarket, side: str, field: str, share: float
) -> None:
    assert unknown_share(getattr(chain, side), field) == pytest.approx(share, abs=0.05)


def test_half_of_the_known_capacities_are_inferred(chain: ChainMarket) -> None:
    bases = [row.capacity_basis for row in chain.offers.records if row.capacity is not None]
    assert bases.count("inferred") / len(bases) == pytest.approx(0.5, abs=0.04)


def test_two_to_three_of_a_hundred_rows_repeat_another(chain: ChainMarket) -> None:
    for side in (chain.truth.needs, chain.truth.offers):
        again = np.flatnonzero(side.source != np.arange(SIZE))
        assert 0.015 < len(again) / SIZE < 0.035
        assert (side.product[again] == side.product[side.source[again]]).all()
        assert (side.firm[again] == side.firm[side.source[again]]).all()


def test_rivals_of_a_cluster_sit_in_one_town_and_make_the_same(chain: ChainMarket) -> None:
    firms = chain.truth.firms
    sizes = np.bincount(firms.cluster[firms.cluster >= 0])
    assert len(sizes) > 20
    assert sizes.max() <= 15
    assert np.median(sizes) >= 5
    for cluster in range(len(sizes)):
        rows = np.flatnonzero(firms.cluster == cluster)
        assert len(set(firms.town[rows])) == 1
        assert set.intersection(*(set(firms.products[firms.maker == row]) for row in rows))


def test_leaders_offer_much_and_small_firms_little(chain: ChainMarket) -> None:
    firms = chain.truth.firms
    counts = np.bincount(firms.maker)
    assert np.median(counts[firms.kind[: len(counts)] == 0]) >= 8
    assert counts[firms.kind[: len(counts)] == 2].max() <= 2


def test_places_are_real_and_lie_apart(chain: ChainMarket) -> None:
    assert towns().home > 40
    km = PRACTICE.market(chain.needs, chain.offers, None, None).pairs([0, 1, 2], [5, 6, 7]).distance_km
    assert np.isfinite(km).all()


def test_hard_rules_leave_a_market(chain: ChainMarket) -> None:
    pairs = market_of(chain).pairs(*chain.related_pairs)
    kept = (~broken_rules(pairs, supply_policy()).any(axis=0)).mean()
    assert 0.3 < kept < 0.85


def test_the_market_is_hard_for_plain_text_search(chain: ChainMarket) -> None:
    market = market_of(chain)
    vectors = plain_tfidf(list(market.needs["text"]), list(market.offers["text"]))
    assert found(chain, vectors) <= 0.5


def test_lists_are_read_back_as_they_were_made(small: ChainMarket, tmp_path: Path) -> None:
    paths = write_chain_lists(small, tmp_path / "lists")
    readers = (read_needs, read_offers, read_history, read_enterprises)
    for read, side in zip(
        readers, (small.needs, small.offers, small.history, small.enterprises), strict=True
    ):
        listing = read(paths[side.form.kind])
        assert not [problem for problem in listing.problems if problem.fatal]
        assert len(listing) == len(side)
        for got, made in zip(listing.records, side.records, strict=True):
            for field in side.form.columns:
                one, two = getattr(got, field), getattr(made, field)
                assert one == (pytest.approx(two, rel=1e-6) if isinstance(two, float) else two), field


def test_lists_are_written_from_the_command_line_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("one", "two"):
        main([str(tmp_path / folder), "--needs", "20", "--offers", "30", "--seed", "2"])
    assert capsys.readouterr().out.count(".xlsx") == 8
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_term_base_with_too_few_products_is_refused() -> None:
    with pytest.raises(InputError, match="usable products"):
        make_chain_market(0, 5, 5, vocabulary=Vocabulary({}, {}))
