"""From lists to columns: order, numbers, firms, what a directory adds."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from matching.candidates import find_candidates
from matching.errors import InputError
from matching.market import Market
from matching.records import Listing
from matching.records.enterprise import ENTERPRISES, Enterprise
from matching.scoring import score
from matching.supply import PRACTICE, read_history, read_needs, read_offers, supply_policy
from matching.supply.records import NEEDS, OFFERS, CapacityOffer, ProcurementNeed
from tests.supply.market_of import BUYER, MAKER, contract, every_pair, market_of, need, offer


def small() -> tuple[list[ProcurementNeed], list[CapacityOffer]]:
    """Three needs, one without a number; four offers of three firms without numbers."""
    needs = [need(need_id="B"), need(need_id="A", title="泵"), need(need_id=None, title="钢板")]
    offers = [
        offer(offer_id=None, product="蝶阀"),
        offer(offer_id=None, product="闸阀"),
        offer(offer_id=None, enterprise="宏达泵业", product="泵"),
        offer(offer_id="X-9", enterprise="钢铁公司", product="船板"),
    ]
    return needs, offers


def test_rows_stand_by_number() -> None:
    market = market_of(*small())
    assert list(market.needs["id"])[:2] == ["A", "B"]
    assert market.needs["id"].iloc[2].startswith("未编号-")
    assert list(market.offers["id"]) == ["X-9", "宏达泵业", MAKER, f"{MAKER}#2"]
    assert list(market.offers["product"])[2:] == ["蝶阀", "闸阀"]
    assert [note.zh for note in market.notes] == ["1 条需求没有编号，已按内容编临时号"]


def test_the_order_of_the_sheets_does_not_matter() -> None:
    needs, offers = small()
    past = [contract(title=f"第{number}批蝶阀") for number in range(5)]
    one = market_of(needs, offers, past)
    for mixed in (needs, offers, past):
        random.Random(1).shuffle(mixed)
    assert market_of(needs, offers, past).fingerprint == one.fingerprint


def test_a_number_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="编号重复：N-1"):
        market_of([need(), need(title="泵")], [offer()])


def test_a_firm_on_a_blacklist_is_so_in_every_row() -> None:
    """One row of the firm is marked, or the directory is: its own silence or No changes nothing."""
    market = market_of(
        [need()], [offer(blacklisted=True), offer(offer_id="O-2"), offer(offer_id="O-3", enterprise="别的厂")]
    )
    assert market.offers["blacklisted"].to_numpy()[:2].tolist() == [1, 1]
    assert np.isnan(market.offers["blacklisted"].iloc[2])
    listed = Listing.of(ENTERPRISES, [Enterprise(enterprise=MAKER, blacklisted=True)])
    lists = Listing.of(NEEDS, [need()]), Listing.of(OFFERS, [offer(blacklisted=False)])
    assert PRACTICE.market(*lists, None, listed).offers["blacklisted"].tolist() == [1]


def test_excluding_a_firm_excludes_it_under_its_other_name() -> None:
    """The need names the firm as it was called; a row with the same credit code bears the new name."""
    code = "91320600138299578A"
    held = [offer(uscc=code), offer(offer_id="O-2", enterprise="长江阀业集团", uscc=code)]
    market = market_of([need(exclude=(MAKER,))], held)
    assert market.links["excluded"].toarray().tolist() == [[1, 1]]


def test_one_firm_has_one_code_on_every_list() -> None:
    market = market_of(
        [need(enterprise=MAKER)],
        [offer(), offer(offer_id="O-2", enterprise="别的厂")],
        [contract(), contract(enterprise="未报产能的厂")],
    )
    firm = int(market.needs["firm"].iloc[0])
    assert market.offers["partner"].tolist().count(firm) == 1
    assert market.history is not None
    assert sorted(market.history["partner"]) == [-1, firm]


def test_contacts_do_not_enter_the_market() -> None:
    market = market_of([need(contact="某人")], [offer(contact="某人")])
    assert "contact" not in market.needs
    assert "contact" not in market.offers


def test_a_directory_fills_what_an_offer_does_not_say() -> None:
    firms = [
        Enterprise(enterprise=MAKER, region="宜昌市夷陵区", size="small", industry="3443", certs="ISO9001"),
        Enterprise(enterprise="不相干的厂", region="上海市"),
    ]
    offers = [offer(region="宜昌市宜都市"), offer(offer_id="O-2", enterprise="没登记的厂")]
    market = PRACTICE.market(
        Listing.of(NEEDS, [need()]), Listing.of(OFFERS, offers), None, Listing.of(ENTERPRISES, firms)
    )
    first, second = market.offers.to_dict("records")
    assert (first["region"], first["size"], first["industry4"]) == ("宜都市", "small", 3443)
    assert first["certs"] == (("ISO9001", None),)
    assert (second["region"], second["size"], second["industry4"]) == ("", "", -1)


def test_empty_lists_make_an_empty_market() -> None:
    market = market_of([], [])
    found = find_candidates(market, supply_policy())
    assert len(found.pairs) == 0
    assert score(found.pairs, supply_policy()).tolist() == []
    assert PRACTICE.terms(found.pairs).demand.tolist() == []


def test_one_side_may_be_empty() -> None:
    for market in (market_of([need()], []), market_of([], [offer()])):
        assert len(find_candidates(market, supply_policy()).pairs) == 0


def real(folder: Path) -> Market:
    lists = folder / "lists"
    return PRACTICE.market(
        read_needs(lists / "采购需求清单.xlsx"),
        read_offers(lists / "供给能力清单.xlsx"),
        read_history(lists / "历史业绩.xlsx"),
        None,
    )


def test_the_real_lists_as_columns(real_data: Path) -> None:
    market = real(real_data)
    assert (len(market.needs), len(market.offers)) == (467, 1000)
    assert market.history is not None
    assert len(market.history) == 893
    assert market.needs["budget_cny"].isna().sum() == 79
    assert market.needs["whole"].all()
    assert (market.offers["capacity_basis"] == "inferred").sum() == 820
    assert market.offers["capacity"].isna().sum() == 180


def test_one_row_gives_the_number_of_the_batch(real_data: Path) -> None:
    """An explanation is the arithmetic of the plan, to the point."""
    policy = supply_policy()
    pairs = find_candidates(real(real_data), policy).pairs
    points = score(pairs, policy)
    for at in np.random.default_rng(0).integers(0, len(pairs), 25):
        assert score(pairs.take(np.array([at])), policy).tolist() == [points[at]]


def test_every_need_of_the_real_list_has_ten_candidates(real_data: Path) -> None:
    found = find_candidates(real(real_data), supply_policy())
    assert np.bincount(found.pairs.need_row, minlength=467).min() >= 10


def test_buyers_meet_their_former_suppliers() -> None:
    market = market_of([need(), need(need_id="N-2", enterprise="别的船厂")], [offer()], [contract()])
    assert every_pair(market).link("incumbent").tolist() == [1, 0]
    assert market.history is not None
    assert market.history["buyer"].tolist() == [BUYER]


def test_a_list_of_one_trade_still_matches() -> None:
    """Where all 250 firms write the same words these tell nothing apart, but nobody is to be ruled out."""
    market = market_of([need(title="珐琅")], [offer(offer_id=f"O-{at}", product="珐琅") for at in range(250)])
    found = find_candidates(market, supply_policy())
    assert market.pairs([0], [0]).likeness("text").tolist() == [0]
    assert len(found.pairs) == 100


def test_another_trade_is_no_candidate() -> None:
    """Cables too dear leave the need open: an inspection service is no way out."""
    asked = need(title="船用电缆", quantity=1, unit="km", price_max=100)
    dear = offer(product="船用电缆", capacity=5, capacity_unit="km", price=200)
    found = find_candidates(
        market_of([asked], [dear, offer(offer_id="O-2", product="检测服务")]), supply_policy()
    )
    assert len(found.pairs) == 0
    assert dict(zip(found.rules, found.removed[0].tolist(), strict=True))["price"] == 1
