"""A practice the library knows nothing of: Party-building instructors assigned to enterprises.

263 instructors look after 1,383 enterprises, each enterprise has exactly one, nobody more than six;
an instructor should know the district and the industry.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from matching import Column, Criterion, Form, Listing, Market, Pairs, Practice, Record, Rule, Words
from matching.assignment import allocate

DISTRICTS = ("杨舍镇", "塘桥镇", "金港镇", "锦丰镇", "乐余镇", "凤凰镇", "南丰镇", "大新镇")
INDUSTRIES = ("冶金", "纺织", "机电", "化工", "新能源", "物流")


class Company(Record):
    """An enterprise that is to have an instructor."""

    name: Annotated[str, Column(("企业名称",), en="Company")]
    district: Annotated[str, Column(("所在镇",), en="District")]
    industry: Annotated[str, Column(("行业",), en="Industry")]


class Instructor(Record):
    """An instructor, the district of the post and the industry known best."""

    name: Annotated[str, Column(("指导员",), en="Instructor")]
    district: Annotated[str, Column(("所在镇",), en="District")]
    industry: Annotated[str, Column(("熟悉行业",), en="Industry")]
    employer: Annotated[str | None, Column(("原单位",), en="Former employer")] = None


def columns(companies: Listing, instructors: Listing, *_: Listing | None) -> Market:
    """Both sides as columns, sorted by name; six enterprises fit an instructor's week."""
    needs, offers = (
        side.frame()
        .sort_values("name", ignore_index=True)
        .assign(id=lambda f: f["name"], enterprise=lambda f: f["name"])
        for side in (companies, instructors)
    )
    for side in (needs, offers):
        side["text"] = side["district"] + " " + side["industry"]
    return Market(needs, offers.assign(partner=np.arange(len(offers)), capacity=6))


def another_employer(pairs: Pairs) -> np.ndarray:
    """Nobody looks after a former employer."""
    return pairs.need.enterprise != pairs.offer.employer


def same_district(pairs: Pairs) -> np.ndarray:
    return (pairs.need.district == pairs.offer.district).astype(float)


def same_industry(pairs: Pairs) -> np.ndarray:
    return (pairs.need.industry == pairs.offer.industry).astype(float)


NOT_AGAIN = Rule(
    "employer",
    Words("回避原单位", "former employer"),
    another_employer,
    Words("曾任职于{need.enterprise}", "worked at {need.enterprise}"),
)

NEARBY = Criterion(
    "district",
    Words("同镇", "district"),
    same_district,
    Words("{offer.district}→{need.district}", "{offer.district} to {need.district}"),
    missing=0.0,
)

VERSED = Criterion(
    "industry",
    Words("懂行", "industry"),
    same_industry,
    Words("熟悉{offer.industry}", "knows {offer.industry}"),
    missing=0.0,
)

INSTRUCTORS = Practice(
    name="instructors",
    label=Words("党建指导员进企业", "instructors to enterprises"),
    demand=Form("companies", Company, Words("企业名单", "enterprises"), key="name"),
    supply=Form("instructors", Instructor, Words("指导员名单", "instructors"), key="name"),
    market=columns,
    rules=(NOT_AGAIN,),
    criteria=(NEARBY, VERSED),
    weights={"district": 2, "industry": 1},
    kernel=allocate,
)
