"""What goods a text without a topic is probably about: soft points only, and only where nothing else fits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from matching.market import Market
from matching.supply.goods import Goods
from matching.supply.guesses import Misspellings, done_before, guessed, with_guess
from matching.supply.topics import Topic, topic_of
from matching.vocabulary import Vocabulary
from matching.vocabulary.concepts import Concept, Row
from matching.words import Words

VOCABULARY = Vocabulary.of(
    Row(concept, "test", line)
    for line, concept in enumerate(
        (
            Concept("声光报警器", kind="product"),
            Concept("声光报警盒", kind="product"),
            Concept("拉杆油缸", kind="part", terms=("拉杆缸",)),
            Concept("旋转视窗", kind="product"),
            Concept("船用设备", kind="equipment"),
            Concept("云母带", kind="material"),
            Concept("施工", kind="service"),
            Concept("国标", kind="standard"),
        )
    )
)
MISSPELLINGS = Misspellings(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("光声报警器一批", ("声光报警器",)),
        ("声光报惊器一批", ("声光报警器",)),
        ("声光警器一批", ("声光报警器",)),
        ("声光个报警器一批", ("声光报警器",)),
        ("声光报警机一批", ()),
        ("专用设备一批", ()),
        ("拉杆由缸，执行国标。拉杆油缸有现货", ("拉杆油缸",)),
        ("旋转那种视窗，执行国标。旋转视窗有现货", ("旋转视窗",)),
        ("PX-20带，执行国标。云母带有现货，云母带", ("云母带",)),
        ("PX-20带，执行国标。云母绳有现货，拉杆缸", ()),
        ("PX-20带，另供施工。云母带有现货，云母带", ()),
        ("业务类型：施工。光声报警器", ()),
        ("", ()),
    ],
)
def test_a_guess_needs_one_clear_answer(text: str, guess: tuple[str, ...]) -> None:
    topic = with_guess(topic_of((text,), VOCABULARY), (text,), MISSPELLINGS)
    assert (topic.main, topic.guessed) == (guess, bool(guess))


def test_what_is_known_is_never_guessed() -> None:
    known = Topic(("云母带",), ("旋转视窗",))
    assert with_guess(known, ("云母带，光声报警器",), MISSPELLINGS) is known
    assert guessed(("旋转视窗",), known) is known
    assert guessed(("云母带", "旋转视窗"), Topic()) == Topic()


def test_past_contracts_tell_what_a_firm_makes() -> None:
    past = pd.DataFrame({"partner": [3, 3, 5], "title": ["云母带采购", "云母带", "拉杆缸，旋转视窗"]})
    assert done_before(past, VOCABULARY) == {3: ("云母带",), 5: ("拉杆油缸", "旋转视窗")}


def test_a_guess_gives_points_but_feeds_no_rule() -> None:
    needs = pd.DataFrame({"title": ["云母带", "旋转视窗"], "content": ["", ""]})
    offers = pd.DataFrame({"product": ["云母带", "PX-20带", "来图订制"], "partner": [1, 2, 3]})
    past = pd.DataFrame({"partner": [2, 3, 3], "title": ["云母带采购", "云母带", "旋转视窗"]})
    market = Market(needs, offers, None, vocabulary=VOCABULARY)
    goods = Goods.of(needs, offers, past)
    pairs = market.pairs(np.repeat([0, 1], 3), np.tile([0, 1, 2], 2))
    nan = np.nan
    np.testing.assert_array_equal(goods.fit(pairs), [1, nan, nan, 0, nan, nan])
    np.testing.assert_array_equal(goods.likely_fit(pairs), [1, 1, nan, 0, 0, nan])
    assert goods.held_words(pairs)[:3].tolist() == ["云母带", Words("疑似云母带", "presumably 云母带"), None]
