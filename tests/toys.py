"""A practice small enough to see through: colours and sizes, one rule each, two criteria."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
import pandas as pd

from matching.market import BoolArray, FloatArray, Market, Pairs
from matching.policy import Policy
from matching.practice import Criterion, Practice, Rule
from matching.records import Column, Form, Listing, Record
from matching.words import Words


class Toy(Record):
    """A toy, asked for or held."""

    name: Annotated[str, Column(("名称",), en="name")]


FORM = Form("toys", Toy, Words("玩具", "toys"), key="name")


def same_colour(pairs: Pairs) -> BoolArray:
    return np.asarray(pairs.need.colour == pairs.offer.colour)


def large_enough(pairs: Pairs) -> BoolArray:
    return np.asarray(~(pairs.offer.size < pairs.need.size))


def size_fit(pairs: Pairs) -> FloatArray:
    return np.asarray(pairs.need.size / pairs.offer.size)


def brand(pairs: Pairs) -> FloatArray:
    return np.asarray(pairs.offer.brand, float)


def no_market(*_: Listing | None) -> Market:
    raise NotImplementedError


TOYS = Practice(
    "toys",
    Words("玩具", "toys"),
    FORM,
    FORM,
    no_market,
    (
        Rule(
            "colour",
            Words("颜色", "colour"),
            same_colour,
            Words("颜色是{offer.colour}", "it is {offer.colour}"),
        ),
        Rule("size", Words("大小", "size"), large_enough, Words("小于{need.size:g}", "below {need.size:g}")),
    ),
    (
        Criterion(
            "fit",
            Words("合适", "fit"),
            size_fit,
            Words("{need.size:g}比{offer.size:g}", "{need.size:g} to {offer.size:g}"),
            0.5,
        ),
        Criterion(
            "brand",
            Words("品牌", "brand"),
            brand,
            Words("品牌{offer.brand:g}", "brand {offer.brand:g}"),
            0.25,
            "offer",
        ),
    ),
    {"fit": 2, "brand": 1},
    kernel=no_market,
)


def toy_policy() -> Policy:
    """Give the default policy of the toys."""
    return Policy.of(TOYS)


def toys(names: str, **columns: Sequence[Any]) -> pd.DataFrame:
    """Make one side: the names are ids and texts."""
    words = names.split()
    frame = pd.DataFrame({"id": words, "enterprise": words, "text": words, "partner": range(len(words))})
    plain: dict[str, Sequence[Any]] = {
        "colour": ["red"] * len(words),
        "size": [1.0] * len(words),
        "brand": [1.0] * len(words),
    }
    for name, values in (plain | columns).items():
        frame[name] = values
    return frame


def many(names: int) -> pd.DataFrame:
    """Toys that share no character with each other."""
    return toys(" ".join(chr(0x4E00 + at) for at in range(names)))
